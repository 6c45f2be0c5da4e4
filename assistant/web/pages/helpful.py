"""How often the answers made from an entry helped, as askers of one organisation said."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from assistant.storage.tables import turns

ENTRY = "entry:"


class Helped(NamedTuple):
    """What askers said of an entry."""

    yes: int
    no: int

    @property
    def share(self) -> int:
        """How many of a hundred it helped."""
        return round(100 * self.yes / (self.yes + self.no))


def helped(engine: Engine, organisation: str) -> Mapping[str, Helped]:
    """Return what was said of each entry; nothing of those nobody rated."""
    query = (
        select(turns.c.origin, turns.c.feedback, func.count())
        .where(turns.c.organisation == organisation, turns.c.feedback.in_(("yes", "no")))
        .where(turns.c.origin.startswith(ENTRY))
        .group_by(turns.c.origin, turns.c.feedback)
    )
    counted: dict[str, dict[str, int]] = {}
    with engine.execution_options(reading=True).connect() as connection:
        for origin, feedback, count in connection.execute(query):
            counted.setdefault(origin.removeprefix(ENTRY), {})[feedback] = count
    return {name: Helped(each.get("yes", 0), each.get("no", 0)) for name, each in counted.items()}
