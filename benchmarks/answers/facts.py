"""Whether an answer holds a fact, in any of its wordings; numbers compare by value."""

import re
import unicodedata

from benchmarks.answers.content import Content, content_of

HAN = re.compile(r"[\u3400-\u9fff]")
BARE = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
"""A number that is no code: `50`, `0.46`, but not `0110`."""
FIGURE = re.compile(
    r"\d{4}-\d\d-\d\d|[百千万]分之.|(?:CNY |RMB |USD )?[\d,.]+ ?"
    r"(?:个?工作日|[日天年元%‰]|个月|小时|千克|万?美?元|days?|months?|years?|hours?|working days)?"
)
"""A day, a share, or a number with its unit."""


def missing(facts: tuple[tuple[str, ...], ...], text: str, year: int) -> tuple[str, ...]:
    """Return the facts that a text does not hold, each by its wordings.

    >>> missing((("14日", "14 days"), ("24 hours",)), "within fourteen days, 14 days", 2026)
    ('24 hours',)
    """
    said, content = folded(text), content_of(text, year)
    return tuple(
        " / ".join(wordings)
        for wordings in facts
        if not any(holds(said, content, wording, year) for wording in wordings)
    )


def holds(said: str, content: Content, wording: str, year: int) -> bool:
    """Return whether a folded text with its content says a wording.

    A number counts wherever its value stands, a figure or a day where it stands with its unit in
    either language; other words count as written.
    """
    if BARE.fullmatch(wording):
        return content.bears(content_of(wording, year)) or spells(said, wording)
    if FIGURE.fullmatch(wording):
        told = content_of(wording, year)
        return told.figures <= content.figures and told.days <= content.days
    return spells(said, folded(wording))


def spells(said: str, wording: str) -> bool:
    """Return whether a folded text has a folded wording, neither within a longer number or word.

    A Latin word of six letters or more may go on: `complet` stands for completed and completing.

    >>> spells("enter no, not a blank", "no"), spells("notes", "no"), spells("填10", "填1")
    (True, False, False)
    >>> spells(folded("没有 123 这个代码"), "没有")
    True
    """
    stem = len(wording) > 5 and wording.isascii() and wording.isalpha()
    before = r"(?<![a-z0-9])(?<!\d\.)" if wording[0].isascii() else ""
    after = r"(?!\.?\d)" if wording[-1].isdigit() else r"(?![a-z0-9])"
    if stem or not wording[-1].isascii():
        after = ""
    return re.search(f"{before}{re.escape(wording)}{after}", said) is not None


def folded(text: str) -> str:
    """Return a text in lower case and half width; between Chinese signs without blanks."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", plain)
