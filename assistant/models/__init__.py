"""Language models: optional, never trusted."""
