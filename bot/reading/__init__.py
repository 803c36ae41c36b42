"""Files as people make them, read."""
