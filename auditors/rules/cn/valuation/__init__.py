"""Rules on prices and customs value."""
