"""The network's resources."""
