"""Goal tree: who must deliver what, and does it add up."""
