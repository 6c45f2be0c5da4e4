"""What differs between two days in the imported text of an instrument, sentence by sentence."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from assistant.shelf import Shelf
from assistant.tools.saying import shortened, told
from assistant.turn import Sentence
from knowledge.changes import Days
from knowledge.importing.differing import Change, Difference
from knowledge.importing.held import Held
from knowledge.importing.pieces import Piece
from knowledge.text import Language, Text

MOST, MOST_CHARACTERS = 3, 90
LISTED = 12


def differences(law: str, days: Days, lang: Language, shelf: Shelf) -> Iterator[Sentence]:
    """Yield what an imported text says otherwise on the last day than before the first one."""
    if shelf.texts is None:
        return
    before = days.first - timedelta(days=1)
    found = shelf.texts.diff(law, before, days.last)
    if found is None or not any(found):
        return
    held = {
        day: next(each for each in shelf.texts.versions(law) if each.span.covers(day))
        for day in (before, days.last)
    }
    yield _counted(found, held[days.last], lang)
    for change in found.changed[:MOST]:
        yield _changed(change, held[before], held[days.last], lang, shelf)


def _counted(found: Difference, held: Held, lang: Language) -> Sentence:
    told_of = [
        (Text("修改", "changed"), [each.after for each in found.changed]),
        (Text("新增", "added"), found.added),
        (Text("删去", "removed"), found.removed),
        (Text("条号变动", "renumbered"), [each.after for each in found.moved]),
    ]
    zh = "；".join(
        f"{name.zh}{len(pieces)}条（{_places(pieces, '、')}）" for name, pieces in told_of if pieces
    )
    en = "; ".join(
        f"{len(pieces)} {name.en} ({_places(pieces, ', ')})" for name, pieces in told_of if pieces
    )
    shown = tuple(each.place for _, pieces in told_of for each in pieces)
    counts = tuple(str(len(pieces)) for _, pieces in told_of)
    return told(
        Text(f"《{held.title}》：{zh}", f"{held.title}: {en}"),
        lang,
        shown=(*shown, *counts, held.title),
    )


def _places(pieces: Sequence[Piece], sign: str) -> str:
    listed = [each.place for each in pieces[:LISTED]]
    return sign.join([*listed, *(["…"] if len(pieces) > LISTED else [])])


def _changed(change: Change, old: Held, new: Held, lang: Language, shelf: Shelf) -> Sentence:
    was, now = (shortened(each.text, MOST_CHARACTERS) for each in change)
    text = Text(f"原：{was} 现：{now}", f"Before: {was} Now: {now}")
    ids = (
        f"{old.id}@{old.version}#{change.before.place}",
        f"{new.id}@{new.version}#{change.after.place}",
    )
    known = tuple(each for each in ids if each in shelf.passages)
    return told(text, lang, *known, shown=() if len(known) == len(ids) else (was, now))
