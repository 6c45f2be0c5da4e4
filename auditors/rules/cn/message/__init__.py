"""Rules on the message and the file."""
