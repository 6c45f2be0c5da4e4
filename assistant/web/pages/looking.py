"""A draft looked at on the page: audited as it was sent, or as it was edited since."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from assistant.web.pages.editing import Edited, edited
from assistant.web.pages.travelling import Sent
from assistant.web.problems import Problem
from auditors.auditing import audited
from auditors.engine import audit, day_of
from auditors.formats import read, write
from auditors.formats.reading import Form, Unreadable
from auditors.mending import Change, Mended, change_of, mended
from auditors.place import Place
from auditors.render import pieces
from auditors.render.audited import Audited
from auditors.rule import Profile
from knowledge.library import Library
from knowledge.text import Language

RENDERINGS = ("xlsx", "sarif", "json", "html", "md", "junit", "text")
ENDINGS = {"junit": "xml", "text": "txt"}


class Wish(NamedTuple):
    """How a draft is to be audited."""

    as_of: date | None
    profile: Profile


class Looked(NamedTuple):
    """A draft, its report, and what was typed since it was sent."""

    sent: Sent
    wish: Wish
    audited: Audited
    edited: Edited | None
    changes: tuple[Change, ...] = ()
    """What was mended on request."""
    left_out: tuple[Place, ...] = ()
    """Filled fields that the draft's own form has no room for."""


def look(sent: Sent, wish: Wish, posted: Iterable[tuple[str, str]], library: Library) -> Looked:
    """Return the report of a draft with what was typed into its form."""
    first = audited(sent.content, library, sent.name, as_of=wish.as_of, profile=wish.profile)
    if first.reading is None:
        return Looked(sent, wish, first, None)
    made = edited(first.reading.draft, posted, library)
    if not made.typed:
        return Looked(sent, wish, first, made)
    facts = library.on(day_of(made.draft, wish.as_of))
    report = audit(made.draft, facts, wish.profile, name=sent.name, stood=first.reading.stood)
    return Looked(sent, wish, Audited(report, first.reading._replace(draft=made.draft)), made)


def fixed(held: Looked, library: Library) -> Looked:
    """Return the draft with every safe change made, in its own form, and looked at again.

    Raises:
        Problem: its workbook cannot be written again.
    """
    ready = _written_through(held, library)
    assert ready.reading
    made = _mended(ready, ready.reading.form, held.sent.name)
    sent = Sent(made.written.content, held.sent.name)
    unread = held.edited.unread if held.edited else {}
    again = look(sent, held.wish, [(str(place), raw) for place, raw in unread.items()], library)
    changes = tuple(change_of(each, ready.report) for each in made.applied)
    return again._replace(changes=changes, left_out=made.written.left_out)


def draft_as(held: Looked, form: Form, library: Library, *, fix: bool) -> bytes:
    """Return the draft in a form, with every safe change made where that is wanted.

    Raises:
        Problem: its workbook cannot be written again.
    """
    ready = _written_through(held, library)
    assert ready.reading
    if fix:
        return _mended(ready, form, held.sent.name).written.content
    if form == ready.reading.form and (form == "xlsx" or not _typed(held)):
        return ready.reading.source
    return write(ready.reading.draft, library, form).content


def report_as(held: Looked, rendering: str, lang: Language) -> bytes:
    """Return the report in one of `RENDERINGS`."""
    return b"".join(pieces(rendering, [held.audited], lang, single=True))


def _written_through(held: Looked, library: Library) -> Audited:
    """A report whose reading is of a file that holds what was typed; a workbook keeps its sheets."""
    reading = held.audited.reading
    assert reading
    if reading.form != "xlsx" or not _typed(held):
        return held.audited
    content = _workbook(held, library)
    again = read(content, library, held.sent.name, "xlsx")
    report = held.audited.report
    facts = library.on(report.day)
    report = audit(again.draft, facts, report.profile, name=report.name, stood=again.stood)
    return Audited(report, again)


def _workbook(held: Looked, library: Library) -> bytes:
    from auditors.formats.workbook_mending import mended as in_the_workbook

    reading, made = held.audited.reading, held.edited
    assert reading
    assert made
    values: dict[str | Place, Any] = {place: made.values.get(place) for place in made.typed}
    try:
        own = in_the_workbook(reading, values)
    except Unreadable as fault:
        raise Problem("invalid", fault.says) from None
    return own or write(made.draft, library, "xlsx").content


def _mended(ready: Audited, form: Form, name: str) -> Mended:
    try:
        return mended(ready, form, name)
    except Unreadable as fault:
        raise Problem("invalid", fault.says) from None


def _typed(held: Looked) -> bool:
    return bool(held.edited and held.edited.typed)
