"""What reads strangers' tables in a process of its own; knows nothing of the bot, so that it starts in hundredths of a second."""
