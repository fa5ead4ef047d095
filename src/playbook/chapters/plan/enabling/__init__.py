"""What people must be able and want to do: training, points, procedures, forms."""
