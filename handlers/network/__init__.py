"""The network's years: how one ends, and those that are past."""
