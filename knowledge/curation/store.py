"""Cases in a database: events are added, and a case is read by folding them."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select
from sqlalchemy.exc import IntegrityError

from knowledge.curation.cases import Case, Event, Kind, Refused, after, folded
from knowledge.curation.tables import case_events, case_wordings
from knowledge.text import Text

ASSISTANT = "assistant"
"""The actor where no person acts."""
FORGOTTEN = "forgotten"
"""Why a case is closed whose every wording was removed."""
TRIES = 8
"""How often an event is added anew where another writer was quicker."""
ID_LENGTHS = (10, 16, 32)
NO_WORD = re.compile(r"[\W_]+")


class Asked(NamedTuple):
    """A question nobody could answer, masked."""

    wording: str
    lang: str
    organisation: str
    channel: str
    chat: str
    reason: Text
    nearest: tuple[str, ...] = ()
    """Ids of the passages that came nearest."""


class Cases:
    """The cases in a database."""

    def __init__(
        self, engine: Engine, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now

    def open_case(self, asked: Asked) -> str:
        """Open a case and return its id; the same words of the same organisation ask for it again."""
        return self._again(lambda connection: self._opened(connection, asked))

    def add(self, case: str, kind: Kind, actor: str, data: Mapping[str, Any], seen: int) -> Case:
        """Add an event and return the case after it.

        Args:
            case: its id.
            kind: what happens.
            actor: who does it.
            data: what belongs to it.
            seen: the number of the last event the actor knew of.

        Raises:
            KeyError: there is no such case.
            Refused: it may not happen, or somebody else was quicker.
        """
        try:
            with self._engine.begin() as connection:
                held = _folded(case, _held(connection, case))
                if held.number != seen:
                    raise _changed(case)
                event = Event(case, seen + 1, self._now(), actor, kind, data)
                moved = after(held, event)
                _write(connection, event, held.organisation)
                return moved
        except IntegrityError:
            raise _changed(case) from None

    def case(self, id: str) -> Case:
        """Return a case as it stands.

        Raises:
            KeyError: there is no such case.
        """
        with self._reading.connect() as connection:
            return _case(connection, id)

    def events(self, id: str) -> tuple[Event, ...]:
        """Return what befell a case, in order."""
        with self._reading.connect() as connection:
            return tuple(_events(connection, id))

    def cases(self, organisation: str) -> tuple[Case, ...]:
        """Return the cases of an organisation, those asked for most first."""
        query = select(case_events).where(case_events.c.organisation == organisation)
        query = query.order_by(case_events.c.case_id, case_events.c.number)
        with self._reading.connect() as connection:
            events = [_event(row) for row in connection.execute(query).mappings()]
        held = [folded(each) for _, each in groupby(events, key=lambda event: event.case)]
        return tuple(sorted(held, key=lambda case: (-case.asked, case.opened, case.id)))

    def wordings(self, id: str) -> tuple[str, ...]:
        """Return the wordings of a case, each once, the first asked first."""
        query = select(case_wordings.c.wording).where(case_wordings.c.case_id == id)
        with self._reading.connect() as connection:
            said = connection.execute(query.order_by(case_wordings.c.id)).scalars()
            return tuple(dict.fromkeys(said))

    def forget(self, organisation: str, channel: str, chat: str) -> int:
        """Remove the wordings that came from a chat and return how many; a case left bare is closed."""
        table = case_wordings
        here = (table.c.organisation == organisation, table.c.channel == channel)
        with self._engine.begin() as connection:
            named = select(table.c.case_id).where(*here, table.c.chat == chat).distinct()
            touched = sorted(connection.execute(named).scalars())
            removed = connection.execute(delete(table).where(*here, table.c.chat == chat))
            for name in touched:
                self._close_bare(connection, name)
            return removed.rowcount

    def _again(self, work: Callable[[Connection], str]) -> str:
        """Do a piece of work anew where another writer took its number."""
        for _ in range(TRIES - 1):
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except IntegrityError:
                continue
        with self._engine.begin() as connection:
            return work(connection)

    def _opened(self, connection: Connection, asked: Asked) -> str:
        key = key_of(asked)
        for length in ID_LENGTHS:
            name = f"c-{key[:length]}"
            events = _held(connection, name)
            if events and events[0].data["key"] != key:
                continue  # another question whose hash begins alike
            if events:
                self._ask_again(connection, folded(events), asked)
            else:
                _write(connection, self._first(name, key, asked), asked.organisation)
            _keep_wording(connection, name, asked)
            return name
        raise ValueError(f"two questions have the hash {key}; this cannot happen by chance")

    def _first(self, id: str, key: str, asked: Asked) -> Event:
        data = {
            "key": key,
            "organisation": asked.organisation,
            "channel": asked.channel,
            "lang": asked.lang,
            "reason": list(asked.reason),
            "nearest": list(asked.nearest),
        }
        return Event(id, 1, self._now(), ASSISTANT, "opened", data)

    def _ask_again(self, connection: Connection, case: Case, asked: Asked) -> None:
        kinds: list[Kind] = ["asked"]
        if case.state == "closed" and case.why == FORGOTTEN:
            kinds.insert(0, "reopened")
        said = {"channel": asked.channel, "lang": asked.lang}
        for number, kind in enumerate(kinds, start=case.number + 1):
            event = Event(case.id, number, self._now(), ASSISTANT, kind, said)
            _write(connection, event, case.organisation)

    def _close_bare(self, connection: Connection, id: str) -> None:
        left = select(case_wordings.c.id).where(case_wordings.c.case_id == id).limit(1)
        case = _folded(id, _held(connection, id))
        if connection.execute(left).first() or case.state != "open":
            return
        event = Event(id, case.number + 1, self._now(), ASSISTANT, "closed", {"why": FORGOTTEN})
        _write(connection, event, case.organisation)


def key_of(asked: Asked) -> str:
    """Return the hash by which the same words of the same organisation are known."""
    plain = NO_WORD.sub("", unicodedata.normalize("NFKC", asked.wording).casefold())
    told = f"{asked.organisation}\0{plain or asked.wording}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[: ID_LENGTHS[-1]]


def _case(connection: Connection, id: str) -> Case:
    return _folded(id, list(_events(connection, id)))


def _folded(id: str, events: list[Event]) -> Case:
    if not events:
        raise KeyError(id)
    return folded(events)


def _held(connection: Connection, name: str) -> list[Event]:
    """The events of a case, to which nobody else adds until we are done."""
    first = select(case_events.c.number).where(case_events.c.case_id == name)
    connection.execute(first.where(case_events.c.number == 1).with_for_update()).all()
    return list(_events(connection, name))


def _events(connection: Connection, id: str) -> Iterator[Event]:
    query = select(case_events).where(case_events.c.case_id == id).order_by(case_events.c.number)
    return (_event(row) for row in connection.execute(query).mappings())


def _event(row: RowMapping) -> Event:
    kind: Kind = row["kind"]
    return Event(row["case_id"], row["number"], row["moment"], row["actor"], kind, row["data"])


def _write(connection: Connection, event: Event, organisation: str) -> None:
    row = event._asdict() | {"case_id": event.case, "organisation": organisation}
    del row["case"]
    row["data"] = dict(event.data)
    connection.execute(insert(case_events).values(row))


def _keep_wording(connection: Connection, id: str, asked: Asked) -> None:
    row = {
        "case_id": id,
        "organisation": asked.organisation,
        "channel": asked.channel,
        "chat": asked.chat,
        "wording": asked.wording,
    }
    held = select(case_wordings.c.id)
    for name, value in row.items():
        held = held.where(case_wordings.c[name] == value)
    if connection.execute(held.limit(1)).first() is None:
        connection.execute(insert(case_wordings).values(row | {"lang": asked.lang}))


def _changed(case: str) -> Refused:
    return Refused(
        Text(
            f"{case} 刚被他人改动，请重新打开后再操作",
            f"{case} was changed by somebody else just now; open it again first",
        )
    )
