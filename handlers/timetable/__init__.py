"""The week: a family's, a teacher's, and its changes."""
