"""With what: the budget, its presets, and vendors."""
