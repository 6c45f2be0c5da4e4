"""An earlier question with things exchanged for those a later message names."""

import re
from collections.abc import Sequence

from assistant.understanding.message import Message, message
from assistant.understanding.phrases import Place
from assistant.understanding.slots import Slot

EXPORTS = {
    "进口": "出口",
    "进境": "出境",
    "import": "export",
    "imports": "exports",
    "imported": "exported",
    "importing": "exporting",
}
OPPOSITE = EXPORTS | {other: one for one, other in EXPORTS.items()}
SAME = {"day": ("day", "year"), "year": ("year", "day")}
"""Kinds that may stand for one another."""
FIGURE = re.compile(r"^[$¥€£\s\d.,零一二三四五六七八九十百千万亿两kwm]+")


def exchange(before: Message, earlier: Sequence[Slot], slots: Sequence[Slot]) -> Message | None:
    """Return the earlier question with things exchanged for new ones of their kind; nothing without."""
    changes: dict[Place, str] = {}
    done: list[Place] = []
    for new in slots:
        old = [slot for slot in earlier if slot.kind in SAME.get(new.kind, (new.kind,))]
        if new.kind == "amount":
            old = [slot for slot in old if _of_a_sort(new, slot)]
        if new.place in done or not old:
            continue
        done.append(new.place)
        meant = old[0] if new.kind == "term" else old[-1]
        for slot in old:
            if slot.value == meant.value or new.kind == "direction":
                changes.setdefault(slot.place, _instead(new, slot))
    return _changed(before, changes) if changes else None


def _of_a_sort(new: Slot, old: Slot) -> bool:
    """Whether two amounts count the same: money and money, days and days."""
    one, other = (slot.amount.unit if slot.amount else "" for slot in (new, old))
    return one == other or all(not unit or unit.isupper() for unit in (one, other))


def _instead(new: Slot, old: Slot) -> str:
    """What is written in an old thing's stead."""
    if new.kind == "direction":
        same = (new.said[0] in "出eE") == (old.said[0] in "出eE")
        return old.said if same else OPPOSITE.get(old.said.lower(), new.said)
    if new.amount and not new.amount.unit:
        return new.said + FIGURE.sub("", old.said)
    if old.said.startswith("by ") and not new.said.startswith("by "):
        return f"by {new.said}"
    return new.said


def _changed(before: Message, changes: dict[Place, str]) -> Message:
    said, reached, pieces = before.said, 0, []
    for place in sorted(changes):
        if place.start >= reached:
            pieces += [said[reached : place.start], changes[place]]
            reached = place.end
    return message("".join(pieces) + said[reached:])
