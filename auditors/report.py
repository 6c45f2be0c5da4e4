"""The report (审核报告): findings by place, what could not be judged, and what broke."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from auditors.declaration import Declaration
from auditors.finding import Fix, Severity
from auditors.notation import Stood
from auditors.place import Place
from auditors.rule import Profile, Rule
from knowledge.library import Library
from knowledge.text import Text

WEIGHTS: tuple[Severity, ...] = ("error", "warning", "info")


class Found(NamedTuple):
    """A finding with its places worked out."""

    rule: Rule
    severity: Severity
    message: Text
    places: tuple[Place, ...]
    """The place it speaks of, then others that have a part in it."""
    found: str
    expected: str
    fixes: tuple[Fix, ...]
    """Each with its place worked out."""


class Skipped(NamedTuple):
    """A rule that could not judge, and why."""

    code: str
    why: Text


class Broken(NamedTuple):
    """A rule that failed and was set aside."""

    code: str
    fault: str


class Report(NamedTuple):
    """What an audit found; `complete` only when no rule broke and the draft could be read."""

    draft: Declaration
    name: str
    """Name of the file or message audited; empty where there is none."""
    day: date
    profile: Profile
    findings: tuple[Found, ...]
    skipped: tuple[Skipped, ...]
    broken: tuple[Broken, ...]
    readable: bool
    versions: Mapping[str, str]
    stood: Stood
    library: Library

    @property
    def complete(self) -> bool:
        """Whether every rule in force was run or is listed as skipped."""
        return self.readable and not self.broken

    @property
    def summary(self) -> dict[str, int]:
        """How many findings of each severity."""
        counted = Counter(found.severity for found in self.findings)
        return {weight: counted[weight] for weight in WEIGHTS}

    def worst(self) -> Severity | None:
        """Return the gravest severity found, or nothing."""
        return next((weight for weight in WEIGHTS if self.summary[weight]), None)
