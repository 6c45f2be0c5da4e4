"""What every block of a declaration is made of."""

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    Day = date
else:

    class Day(date):
        """A day of the form: read from `2026-03-02` and from the interface's `20260302`."""


CHINA = timezone(timedelta(hours=8))
"""The time of the Single Window and of customs; China has no other."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment that says its zone."""


class Part(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
):
    """A block of the form; an empty field is None, never an empty string."""
