"""Which few actions to take: the choice under effort and budget, and how sure it is."""
