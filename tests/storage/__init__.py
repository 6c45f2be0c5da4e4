"""The database of a site."""
