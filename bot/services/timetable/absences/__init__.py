"""Absences announced beforehand."""
