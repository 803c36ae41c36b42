"""What the network keeps of its resources, of what is put to them, and of who has booked what."""
