"""What can go wrong: the register, its order and its triggers."""
