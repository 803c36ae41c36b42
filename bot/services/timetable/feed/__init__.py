"""The timetable as a calendar: a file, and a secret address that can be revoked."""
