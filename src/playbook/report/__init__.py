"""Floor 4: the client report: a model of sections, rendered late by several writers."""
