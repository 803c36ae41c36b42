"""The journal, and files sent in the chat."""
