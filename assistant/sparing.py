"""A memory whose faults cost nobody an answer."""

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from assistant.answer import Answer
from assistant.memory import Earlier, Memory
from assistant.turn import Turn

LOG = logging.getLogger(__name__)
Result = TypeVar("Result")


class Sparing:
    """Passes everything on to a memory; each kind of fault is logged once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._faults: dict[str, str] = {}
        self._told: set[str] = set()

    @property
    def fault(self) -> str:
        """What goes wrong now; empty where all that was last done went well."""
        return next(filter(None, self._faults.values()), "")

    def earlier(self, chat: str) -> Earlier:
        """Return what was said before; nothing where it cannot be read."""
        return self._try("earlier", lambda: self._memory.earlier(chat), Earlier())

    def note(self, turn: Turn, answer: Answer) -> None:
        """Keep a finished turn where it can be kept."""
        self._try("note", lambda: self._memory.note(turn, answer), None)

    def open_case(self, turn: Turn) -> str:
        """Open a case and return its id; empty where it cannot be kept."""
        return self._try("open_case", lambda: self._memory.open_case(turn), "")

    def _try(self, what: str, work: Callable[[], Result], otherwise: Result) -> Result:
        try:
            done = work()
        except (SQLAlchemyError, OSError, ValueError) as fault:
            kind = self._faults[what] = type(fault).__name__
            if kind not in self._told:
                LOG.warning("the journal cannot be used (%s); answers go on without it", kind)
            self._told.add(kind)
            return otherwise
        self._faults[what] = ""
        return done
