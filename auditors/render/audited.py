"""What a renderer is given: a report and the file it speaks of."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from auditors.formats.reading import Reading
from auditors.report import Report
from knowledge.text import Language


class Audited(NamedTuple):
    """A report and the reading behind it; no reading where the file could not be read."""

    report: Report
    reading: Reading | None = None


Renderer = Callable[[Iterable[Audited], Language], Iterator[str]]
"""Renders reports one by one, as they come, so that a thousand files take no more memory than one."""
