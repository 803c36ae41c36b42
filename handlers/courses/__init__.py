"""The catalogue of courses."""
