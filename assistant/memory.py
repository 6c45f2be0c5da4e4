"""What a desk remembers of its conversations."""

from typing import NamedTuple, Protocol

from assistant.answer import Answer
from assistant.turn import Noted, Said, Turn


class Earlier(NamedTuple):
    """What was said before in a chat."""

    history: tuple[Said, ...] = ()
    last: Answer | None = None
    findings: tuple[Noted, ...] = ()
    """Those of the report last talked about."""


class Memory(Protocol):
    """Keeps turns, and opens a case for a question nobody could answer."""

    def earlier(self, chat: str) -> Earlier:
        """Return what was said before in a chat, and never in another."""

    def note(self, turn: Turn, answer: Answer) -> None:
        """Keep a finished turn; returns once it is safe."""

    def open_case(self, turn: Turn) -> str:
        """Open a case for a turn nobody could answer, and return its id; empty where none is kept."""


class NoMemory:
    """Remembers nothing."""

    def earlier(self, chat: str) -> Earlier:
        """Return an empty past."""
        return Earlier()

    def note(self, turn: Turn, answer: Answer) -> None:
        """Keep nothing."""

    def open_case(self, turn: Turn) -> str:
        """Open none."""
        return ""
