"""The distribution of places."""
