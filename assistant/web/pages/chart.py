"""Findings counted by family and severity, and the bars they are drawn as."""

from collections import Counter
from typing import NamedTuple

from auditors.catalogue import FAMILY_ORDER
from auditors.finding import Severity
from auditors.report import WEIGHTS, Report
from auditors.rule import FAMILIES
from knowledge.text import Text

WIDTH, LABEL, ROW = 340, 118, 26
"""Of the drawing, of the names on its left, and the height of a row."""


class Bar(NamedTuple):
    """The findings of one severity in a family."""

    severity: Severity
    found: int
    start: float
    length: float


class Row(NamedTuple):
    """A family."""

    family: str
    name: Text
    total: int
    top: int
    bars: tuple[Bar, ...]


class Chart(NamedTuple):
    """What is drawn."""

    rows: tuple[Row, ...]
    width: int
    height: int
    left: int


def chart_of(report: Report) -> Chart:
    """Return the findings of a report as bars, one row a family that has any."""
    counted = Counter((found.rule.family, found.severity) for found in report.findings)
    totals = Counter(found.rule.family for found in report.findings)
    families = [family for family in FAMILY_ORDER if totals[family]]
    most = max(totals.values(), default=1)
    rows = []
    for number, family in enumerate(families):
        bars = _bars({weight: counted[family, weight] for weight in WEIGHTS}, most)
        rows.append(Row(family, FAMILIES[family], totals[family], number * ROW, bars))
    return Chart(tuple(rows), WIDTH, max(len(rows), 1) * ROW, LABEL)


def _bars(counts: dict[Severity, int], most: int) -> tuple[Bar, ...]:
    unit, start, bars = (WIDTH - LABEL - 30) / most, float(LABEL), []
    for severity, count in counts.items():
        if count:
            bars.append(Bar(severity, count, round(start, 1), round(count * unit - 1, 1)))
            start += count * unit
    return tuple(bars)
