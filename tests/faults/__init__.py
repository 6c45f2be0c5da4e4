"""Faults: the single slips a broker makes, and the rules one of which must speak of each.

A fault takes a sound draft and gives changes as a sheet of cases writes them, with the place that
must be named; it gives nothing where the draft has no room for that slip. `python -m tests.faults`
tries every fault on every sound draft and prints what no rule noticed.

Some of these faults are only partly within reach (two modes of transport whose papers look alike,
an IMO number that lost a digit, quantity and price changed about) and count as missed where they
are. Slips that leave a draft as sound as it was are no faults here: another tariff line, another
firm, an import of Chinese origin, or one bound abroad, needs data or rules that are not there.
"""

from tests.faults import (  # each takes its faults
    carriage,
    charges,
    dates,
    fields,
    mistaken,
    parties,
    procedure,
    quantities,
)
from tests.faults.trying import FACTS, FAULTS, HOME, UNJUDGED, drafts, report_of, tried

__all__ = [
    "FACTS",
    "FAULTS",
    "HOME",
    "UNJUDGED",
    "carriage",
    "charges",
    "dates",
    "drafts",
    "fields",
    "mistaken",
    "parties",
    "procedure",
    "quantities",
    "report_of",
    "tried",
]
