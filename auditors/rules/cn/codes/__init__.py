"""Rules on the validity of codes."""
