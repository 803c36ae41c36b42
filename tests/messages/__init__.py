"""Messages both ways."""
