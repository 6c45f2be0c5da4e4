"""The journal: one append-only table of what was asked and answered.

Whoever reads it sees masked text alone. What was said word for word is sealed beside it, so that
conversations go on and an answer can be made again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Engine, RowMapping, and_, delete, insert, select, update

from assistant.answer import Answer
from assistant.audits import pasted
from assistant.masking import masked
from assistant.memory import Earlier
from assistant.noting import DRAFT, LONGEST, chat_key, readable_question, row_of
from assistant.storage.sealing import Seal, Unsealable
from assistant.storage.tables import counts, turns
from assistant.turn import Question, Said, Turn
from knowledge.curation.store import Asked, Cases
from knowledge.text import Text

REMEMBERED = 6
"""Messages of a conversation that are remembered, the asker's and ours."""


class Sealed(msgspec.Struct, frozen=True):
    """A turn word for word."""

    question: Question
    answer: msgspec.Raw
    """The bytes that went out."""


class Kept(NamedTuple):
    """A turn of the journal, unsealed."""

    question: Question
    answer: bytes
    """As it went out, as JSON."""
    origin: str
    case: str
    versions: Mapping[str, str]


class Journal:
    """Turns and cases of one organisation and channel, in a database."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        versions: Mapping[str, str] | None = None,
        *,
        organisation: str = "local",
        channel: str = "cli",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        self._seal = seal
        self._versions = dict(versions or {})
        self._here = {"organisation": organisation, "channel": channel}
        self._now = now
        self.cases = Cases(engine, now)

    def within(self, organisation: str, channel: str) -> "Journal":
        """Return the journal of another organisation or channel in the same database."""
        return Journal(
            self._engine,
            self._seal,
            self._versions,
            organisation=organisation,
            channel=channel,
            now=self._now,
        )

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def earlier(self, chat: str) -> Earlier:
        """Return what was said before in a chat, and never in another; nothing where it has no id."""
        if not chat:
            return Earlier()
        query = select(turns.c.sealed).where(self._of_chat(chat)).order_by(turns.c.id.desc())
        with self._reading.connect() as connection:
            rows = connection.execute(query.limit(REMEMBERED // 2)).scalars().all()
        held = self._unsealed(rows)
        if not held:
            return Earlier()
        answers = [msgspec.json.decode(each.answer, type=Answer) for each in held]
        pairs = zip(reversed(held), reversed(answers), strict=True)
        said = (message for each, answer in pairs for message in _messages(each.question, answer))
        findings = (each.question.findings for each in held)
        return Earlier(tuple(said), answers[0], next(filter(None, findings), ()))

    def note(self, turn: Turn, answer: Answer) -> None:
        """Keep a finished turn; returns once it is safe on disk.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it cannot be written.
        """
        content = msgspec.json.encode(answer)
        sealed = msgspec.json.encode(Sealed(turn.question, msgspec.Raw(content)))
        row = row_of(turn, answer) | self._here
        row |= {
            "moment": self._now(),
            "sealed": self._seal.seal(sealed),
            "answer_hash": self._seal.hash(content),
            "versions": self._versions,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(turns).values(row))

    def open_case(self, turn: Turn) -> str:
        """Open a case for a turn nobody could answer, and return its id.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it cannot be written.
        """
        known = masked(turn.question.text[:LONGEST]).values
        reason = turn.reason or Text("", "")
        asked = Asked(
            wording=readable_question(turn, standing_alone=True),
            lang=turn.lang,
            chat=chat_key(turn.question.chat),
            reason=Text(masked(reason.zh, known).text, masked(reason.en, known).text),
            nearest=tuple(hit.passage.id for hit in turn.hits[:REMEMBERED]),
            **self._here,
        )
        return self.cases.open_case(asked)

    def kept(self, trace: str) -> Kept | None:
        """Return a turn by its trace, or nothing where there is none.

        Raises:
            Unsealable: it was sealed with another key.
        """
        query = select(turns).where(turns.c.trace == trace).order_by(turns.c.id.desc()).limit(1)
        with self._reading.connect() as connection:
            row = connection.execute(query).mappings().first()
        return self._kept(row) if row else None

    def rate(self, trace: str, feedback: str) -> bool:
        """Keep what somebody thought of an answer; whether there was such an answer."""
        mine = and_(turns.c.trace == trace, self._mine())
        with self._engine.begin() as connection:
            done = connection.execute(update(turns).where(mine).values(feedback=feedback))
            return done.rowcount > 0

    def forget(self, chat: str) -> int:
        """Remove all that was said in a chat and return how many turns; their counts stay."""
        removed = self._remove(self._of_chat(chat))
        self.cases.forget(chat=chat_key(chat), **self._here)
        self._wipe()
        return removed

    def expire(self, days: int) -> int:
        """Remove the turns older than some days and return how many; their counts stay."""
        old = turns.c.moment < self._now() - timedelta(days=days)
        with self._reading.connect() as connection:
            if connection.execute(select(turns.c.id).where(old).limit(1)).first() is None:
                return 0
        removed = self._remove(old)
        self._wipe()
        return removed

    def _remove(self, which: ColumnElement[bool]) -> int:
        known = ("organisation", "kind", "status", "lang")
        query = select(turns.c.moment, *(turns.c[name] for name in known)).where(which)
        with self._engine.begin() as connection:
            rows = connection.execute(query)
            many = Counter((moment.date(), *rest) for moment, *rest in rows)
            told = [
                dict(zip(("day", *known), key, strict=True)) | {"turns": number}
                for key, number in sorted(many.items())
            ]
            if told:
                connection.execute(insert(counts), told)
            return connection.execute(delete(turns).where(which)).rowcount

    def _wipe(self) -> None:
        """Overwrite what was removed in the log of SQLite, too."""
        if self._engine.dialect.name == "sqlite":
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def _mine(self) -> ColumnElement[bool]:
        return and_(*(turns.c[name] == value for name, value in self._here.items()))

    def _of_chat(self, chat: str) -> ColumnElement[bool]:
        return and_(self._mine(), turns.c.chat == chat_key(chat))

    def _kept(self, row: RowMapping) -> Kept:
        held = msgspec.json.decode(self._seal.unseal(row["sealed"]), type=Sealed)
        return Kept(
            held.question, bytes(held.answer), row["origin"], row["case_id"], row["versions"]
        )

    def _unsealed(self, rows: Iterable[bytes]) -> list[Sealed]:
        """The turns that this key opens; with another key a conversation begins anew."""
        try:
            return [msgspec.json.decode(self._seal.unseal(row), type=Sealed) for row in rows]
        except (Unsealable, msgspec.DecodeError):
            return []


def _messages(question: Question, answer: Answer) -> tuple[Said, Said]:
    """What was said and answered; of a pasted draft only that it was one."""
    said = DRAFT.said_in(answer.lang) if pasted(question.text) else question.text[:LONGEST]
    return Said("user", said), Said("assistant", answer.text)
