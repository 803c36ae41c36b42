"""The bot of a school network: see docs/ for the house plan."""
