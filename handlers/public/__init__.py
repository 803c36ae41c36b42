"""The network's public pages: their link, and its square to print."""
