"""Step two: what the shelf holds that the question may be about, in force on its day."""

from assistant.contrast import contrary
from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.turn import Step, Turn
from knowledge.index.index import Hit

LOOKED_AT = 12
"""How many passages the later steps look at."""
SILENT = frozenset(("greeting", "thanks", "misuse", "outside", "nothing"))
"""Kinds of message that nothing is looked up for."""


def _of_the_other(hit: Hit, turn: Turn) -> bool:
    """Whether an entry answers for the opposite of what is asked: CIF for FOB, export for import."""
    it = hit.passage
    return it.kind in ("problem", "measure") and contrary(asked_in(turn), (*it.title, *it.asked))


def retrieve(shelf: Shelf) -> Step:
    """Build the step."""

    def step(turn: Turn) -> Turn:
        if turn.understood.kind in SILENT:
            return turn
        # the index knows the other names of things itself; put beside, they would part words
        hits = shelf.index.find(asked_in(turn), turn.day, limit=LOOKED_AT)
        return turn._replace(hits=tuple(hit for hit in hits if not _of_the_other(hit, turn)))

    return step
