"""What the bot hears: one file per subject, each reads, calls one service and shows a page."""
