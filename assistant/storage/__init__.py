"""The database of a site: how it is opened, its tables, and what brings them up to date."""
