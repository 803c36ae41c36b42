"""What the bot decides: one file per subject, each verb one transaction."""
