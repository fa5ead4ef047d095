"""Chapter 10, review: attained or not, what paid, what to copy, what next."""
