"""Circumstances: what follows from a draft and the facts, worked out once and asked for by name."""

from auditors.declaration import Declaration
from knowledge.facts import Facts

CROSSING_TRANSPORT = frozenset("23456GL9")
"""Modes that can carry goods over the border; 9 (other) does so where the procedure does."""


def crossing(draft: Declaration, facts: Facts) -> bool | None:
    """Return whether the goods cross the border (实际进出境); None where that is not known.

    They do when the customs procedure is one of physical entry or exit and the mode of
    transport one that crosses.
    """
    header = draft.header
    if not header.trade_mode or not header.transport_mode:
        return None
    mode = facts.table("trade_mode").known(header.trade_mode)
    if mode is None or not facts.table("transport_mode").known(header.transport_mode):
        return None
    moves = mode.more["physical_border_crossing"] == "1"
    return moves and header.transport_mode in CROSSING_TRANSPORT
