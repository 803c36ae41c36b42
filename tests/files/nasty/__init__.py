"""Tables as people and their programs make them, each with what must come of it in words; `make` makes them."""
