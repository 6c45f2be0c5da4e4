"""Fixtures of the tests of the service."""

from tests.web.serving import address, app, client, site

__all__ = ["address", "app", "client", "site"]
