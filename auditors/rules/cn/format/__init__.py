"""Rules on format and completeness."""
