"""The school's requests to its partners."""
