"""Applications: a family's."""
