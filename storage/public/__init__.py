"""The network's public pages."""
