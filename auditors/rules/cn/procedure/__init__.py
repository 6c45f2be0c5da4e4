"""Rules on the logic of customs procedures."""
