"""What every block of a declaration is made of."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    Day = date
else:

    class Day(date):
        """A day of the form: read from `2026-03-02` and from the interface's `20260302`."""


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
