"""Every rule, one folder a country and a family, one file a rule."""
