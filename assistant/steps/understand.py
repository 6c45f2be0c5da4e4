"""The first step: what was asked, in which language, and what it names."""

from collections.abc import Callable

from assistant.turn import Question, Understood
from assistant.understanding.reading import reader
from knowledge.library import Library


def understand(library: Library) -> Callable[[Question], Understood]:
    """Return what makes a question understood with the names of a library."""
    return reader(library).understood
