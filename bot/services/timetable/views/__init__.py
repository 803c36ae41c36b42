"""The timetable as somebody sees it: some days, a month to pick from, what the staff narrow it to."""
