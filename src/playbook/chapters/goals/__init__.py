"""What to aim at: needs, benchmark, baselines, goal cards, interim targets (chapter 01)."""
