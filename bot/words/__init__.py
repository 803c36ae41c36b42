"""Facts become sentences, for pages, files and the command line alike."""
