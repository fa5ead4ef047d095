"""When: network, working days, buffers and simulated finish dates."""
