"""Floor 5: notebooks through papermill: prepared, executed, cleaned, in their order."""
