"""Rules on the parties of a declaration."""
