"""The lessons of a book: its rules, its rows of Изменения, and what people decided, reconciled."""
