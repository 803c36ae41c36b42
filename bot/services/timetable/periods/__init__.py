"""Changes of all lessons of some days at once."""
