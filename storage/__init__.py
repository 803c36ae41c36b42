"""What the bot remembers: tables, one file of questions per subject, the inbox and the outbox."""
