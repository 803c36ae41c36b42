"""Applications: a family's, and the coordinator's queue."""
