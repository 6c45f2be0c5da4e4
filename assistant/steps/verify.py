"""Step four: say only what the cited places bear out."""

from assistant.bearing_out import FLOOR, fault_of
from assistant.shelf import Shelf
from assistant.turn import Step, Turn
from assistant.wording import NOT_BORNE_OUT


def verify(shelf: Shelf, floor: float = FLOOR) -> Step:
    """Build the step.

    Args:
        shelf: where cited places are read.
        floor: smallest share (0 to 1) of a sentence's terms that what it cites must hold.
    """

    def step(turn: Turn) -> Turn:
        if turn.origin.startswith("fixed:") or not turn.sentences:
            return turn
        faults = [(said, fault_of(said, turn, shelf, floor)) for said in turn.sentences]
        kept = tuple(said for said, fault in faults if not fault)
        dropped = tuple((said.text, fault) for said, fault in faults if fault)
        turn = turn._replace(sentences=kept, dropped=(*turn.dropped, *dropped))
        if kept:
            return turn
        return turn._replace(status="abstain", reason=NOT_BORNE_OUT, confidence=0.0)

    return step
