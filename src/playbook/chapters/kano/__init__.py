"""KANO: which needs are must-be, one-dimensional or attractive, and how sure that is."""
