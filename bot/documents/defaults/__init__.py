"""Default templates by paper, each made by a script."""
