"""Messages both ways: who may write to whom, writing, reading, the log of the coordinator."""
