"""What brings the tables of a site from one version to the next."""
