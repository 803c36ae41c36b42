"""The resources of the network."""
