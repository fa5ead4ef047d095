"""Pilot evaluation: did it lift the measure by more than the threshold set before."""
