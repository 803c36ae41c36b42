"""Questionnaires: their questions to the database."""
