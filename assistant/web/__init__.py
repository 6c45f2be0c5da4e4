"""The service: HTTP API and pages."""
