"""Papers and pictures: templates and their renderers."""
