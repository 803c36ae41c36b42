"""Readers of journal files, one per format, all giving the same Entry rows."""
