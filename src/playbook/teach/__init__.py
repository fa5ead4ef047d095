"""Teaching: the cases, the exercises, the class."""
