"""Fixtures of the tests of access."""

from tests.access.site import access, clock

__all__ = ["access", "clock"]
