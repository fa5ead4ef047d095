"""Key actions: which ones, when, by whom, with what money, at what risk, and what people need."""
