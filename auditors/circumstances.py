"""Circumstances: what follows from a draft and the facts, worked out once and asked for by name."""

from auditors.declaration import Declaration
from knowledge.facts import Facts

CROSSES = frozenset(["actual", "actual_or_domestic"])
"""Kinds of transport modes that can carry goods over the border; 9 (other) does so where the
procedure does."""


def crossing(draft: Declaration, facts: Facts) -> bool | None:
    """Return whether the goods cross the border (实际进出境); None where that is not known.

    They do when the customs procedure is one of physical entry or exit and the mode of
    transport one that crosses.
    """
    header = draft.header
    if not header.trade_mode or not header.transport_mode:
        return None
    procedure = facts.table("trade_mode").known(header.trade_mode)
    mode = facts.table("transport_mode").known(header.transport_mode)
    if procedure is None or mode is None:
        return None
    moves = procedure.more["physical_border_crossing"] == "1"
    return moves and mode.more["entry_kind"] in CROSSES
