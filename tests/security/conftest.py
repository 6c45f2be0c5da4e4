"""Fixtures of the tests of security."""

from tests.security.sites import attacked

__all__ = ["attacked"]
