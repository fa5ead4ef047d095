"""SERVQUAL: gaps, reliability, importance and drivers of service quality."""
