"""A finding (审核发现): something to look at, where it stands, and how to put it right."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from auditors.place import Place
from knowledge.text import Text

Severity = Literal["error", "warning", "info"]
SILENT = Text("", "")

Value = str | int | Decimal | date | tuple[str, ...] | tuple[int, ...] | None


class Fix(NamedTuple):
    """One change that would settle a finding; never made without being asked for and listed."""

    kind: Literal["safe", "suggested"]
    """safe: one certain change, the same whoever makes it; suggested: a person decides."""
    where: str | Place
    """A field of the part the rule looks at, or a place elsewhere."""
    value: Value
    """What to write there; None empties the field, or drops the part where no field is named."""


def safe(where: str | Place, value: Value) -> Fix:
    """Return a change that may be made by machine on request."""
    return Fix("safe", where, value)


def suggested(where: str | Place, value: Value) -> Fix:
    """Return a change that a person must confirm."""
    return Fix("suggested", where, value)


class Finding(NamedTuple):
    """What one rule has to say of one place."""

    where: str | Place
    """A field of the part the rule looks at, or a place elsewhere."""
    says: Text
    """What is wrong, with the figures, naming fields by their label on the form."""
    do: Text = SILENT
    """What to do next."""
    also: tuple[str | Place, ...] = ()
    """Other places that have a part in it."""
    expected: str = ""
    """What should stand there, where that is known."""
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    """Set only where this finding weighs otherwise than its rule."""


Said = Finding | list[Finding] | None
"""What a check may return: nothing, one finding, or several."""
