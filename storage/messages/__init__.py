"""Questions about messages both ways: threads, their letters, who may write to whom."""
