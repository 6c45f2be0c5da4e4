"""Rules on weights, quantities and units."""
