"""Any sequence of what people, the clock and workbooks do to enrollment, and what must hold after every step."""
