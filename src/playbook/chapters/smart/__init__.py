"""Chapter 02, smart (SMART 检查): is each goal specific, measurable, achievable, relevant, timed, owned."""
