"""Rules on means of transport, bills and ports."""
