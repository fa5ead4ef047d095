"""Chapter 02, smart (SMART 检查): specific, measurable, achievable, relevant, timed, owned?"""
