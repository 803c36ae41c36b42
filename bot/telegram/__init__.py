"""Everything that touches aiogram's objects outside handlers."""
