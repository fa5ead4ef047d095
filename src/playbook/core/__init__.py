"""Floor 0: records, text, tables in, sections, figures, statistics. Knows no chapter."""
