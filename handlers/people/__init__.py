"""Who is in: the door, invitations, consent, settings, one's data, whom to call."""
