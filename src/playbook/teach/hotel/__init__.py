"""The synthetic teaching case ``data/hotel``: a chain of 14 hotels with a planted truth."""
