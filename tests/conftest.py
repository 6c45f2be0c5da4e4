"""Fixtures that several floors share."""

from tests.databases import bare, database, server, url

__all__ = ["bare", "database", "server", "url"]
