"""The programme: what is agreed with partners, the criteria of a year, the programme as one file."""
