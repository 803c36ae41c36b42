"""Decisions about questionnaires."""
