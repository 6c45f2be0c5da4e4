"""What a tool is: an answer that is worked out, not found."""

from collections.abc import Callable
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.turn import Turn, Worked


class Tool(NamedTuple):
    """A way to work out an answer."""

    name: str
    """`late_fee`; stands in the answer and in the journal."""
    explicit: bool
    """Whether it speaks only where the question names its matter outright (a rule code, an article
    number, an amount); such a tool is asked before the published problems, the others after."""
    answer: Callable[[Turn, Shelf], Worked | None]
    """Returns what was worked out, or nothing where the question is not for this tool."""
