"""Second floor: what to say."""
