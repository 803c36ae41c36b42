"""Places that fell free."""
