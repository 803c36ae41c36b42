"""The resources of the network: the catalogue, files and links, bookings."""
