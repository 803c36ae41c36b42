"""The network workbook: its sheets and columns, how it is read, the empty template."""
