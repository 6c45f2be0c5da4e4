"""A question nobody could answer, on its way to becoming a problem entry.

A case is what its events make of it: they are only ever added, and folding them in order gives the
case as it stands.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from knowledge.text import Text

State = Literal["open", "drafted", "reviewed", "published", "closed"]
Kind = Literal[
    "opened", "asked", "drafted", "returned", "reviewed", "published", "closed", "reopened"
]

MOVES: Mapping[Kind, Mapping[State, State]] = {
    "drafted": {"open": "drafted", "drafted": "drafted"},
    "returned": {"drafted": "open", "reviewed": "open"},
    "reviewed": {"drafted": "reviewed"},
    "published": {"reviewed": "published"},
    "closed": {"open": "closed", "drafted": "closed", "reviewed": "closed"},
    "reopened": {"published": "open", "closed": "open"},
}
"""Where each kind of event leads, from the states in which it may happen."""
STATES: Mapping[State, Text] = {
    "open": Text("待处理", "open"),
    "drafted": Text("已起草", "drafted"),
    "reviewed": Text("已复核", "reviewed"),
    "published": Text("已发布", "published"),
    "closed": Text("已关闭", "closed"),
}
DONE: Mapping[Kind, Text] = {
    "opened": Text("建立", "open"),
    "asked": Text("再次提问", "ask again"),
    "drafted": Text("起草", "draft"),
    "returned": Text("退回", "return"),
    "reviewed": Text("复核", "review"),
    "published": Text("发布", "publish"),
    "closed": Text("关闭", "close"),
    "reopened": Text("重新打开", "reopen"),
}


class Refused(Exception):
    """A case cannot be moved so; carries the reason in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Event(NamedTuple):
    """One thing that befell a case."""

    case: str
    number: int
    """Its place among the events of the case, from 1."""
    moment: datetime
    actor: str
    """Who did it: a curator's name, or `assistant`."""
    kind: Kind
    data: Mapping[str, Any]
    """`drafted` holds the draft, `returned` and `closed` the reason, `published` the entry."""


class Case(NamedTuple):
    """A case as it stands after its events."""

    id: str
    state: State
    organisation: str
    lang: str
    """Of the first asker."""
    reason: Text
    """Why there was no answer."""
    nearest: tuple[str, ...]
    """Ids of the passages that came nearest."""
    asked: int
    """How often it was asked for."""
    opened: datetime
    changed: datetime
    number: int
    """Of its last event."""
    draft: Mapping[str, Any] = {}
    drafter: str = ""
    reviewer: str = ""
    entry: str = ""
    """The entry it became."""
    why: str = ""
    """Why it was returned or closed."""


def folded(events: Iterable[Event]) -> Case:
    """Return the case that events make, in their order.

    Raises:
        Refused: an event may not happen where it stands.
        ValueError: there is none, or the first does not open the case.
    """
    case: Case | None = None
    for event in events:
        case = after(case, event) if case else _opened(event)
    if case is None:
        raise ValueError("a case needs the event that opened it; read it by its id")
    return case


def after(case: Case, event: Event) -> Case:
    """Return a case after one more event.

    Raises:
        Refused: it may not happen to the case as it stands.
    """
    moved = case._replace(number=event.number, changed=event.moment)
    if event.kind == "asked":
        return moved._replace(asked=case.asked + 1)
    moved = moved._replace(state=_led_to(case, event.kind))
    match event.kind:
        case "drafted":
            return moved._replace(draft=event.data, drafter=event.actor, reviewer="", why="")
        case "reviewed":
            return _reviewed(moved, event.actor)
        case "published":
            return moved._replace(entry=str(event.data.get("entry", "")))
        case _:
            return moved._replace(reviewer="", why=str(event.data.get("why", "")))


def _opened(event: Event) -> Case:
    if event.kind != "opened":
        raise ValueError(f"the first event of {event.case} is {event.kind}; restore its events")
    data = event.data
    return Case(
        id=event.case,
        state="open",
        organisation=data["organisation"],
        lang=data["lang"],
        reason=Text(*data["reason"]),
        nearest=tuple(data["nearest"]),
        asked=1,
        opened=event.moment,
        changed=event.moment,
        number=event.number,
    )


def _led_to(case: Case, kind: Kind) -> State:
    led = MOVES.get(kind, {})
    if case.state in led:
        return led[case.state]
    do, state = DONE[kind], STATES[case.state]
    allowed = [name for name in MOVES if case.state in MOVES[name]]
    zh, en = (
        "、".join(DONE[each].zh for each in allowed),
        ", ".join(DONE[each].en for each in allowed),
    )
    raise Refused(
        Text(
            f"{case.id} 现为“{state.zh}”，不能{do.zh}；可以：{zh}",
            f"{case.id} is {state.en}, so you cannot {do.en} it; what can be done: {en}",
        )
    )


def _reviewed(case: Case, reviewer: str) -> Case:
    if reviewer == case.drafter:
        raise Refused(
            Text(
                f"{case.id} 由 {reviewer} 起草，复核须由另一人进行",
                f"{case.id} was drafted by {reviewer}; somebody else must review it",
            )
        )
    return case._replace(reviewer=reviewer)
