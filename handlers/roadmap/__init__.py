"""The roadmap's tasks."""
