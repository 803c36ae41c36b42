"""Papers and reports."""
