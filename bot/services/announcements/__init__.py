"""Announcements: what staff tell many at once."""
