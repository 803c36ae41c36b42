"""Letters: posted, paced, carried."""
