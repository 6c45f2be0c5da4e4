"""Days as they are typed and shown."""

from datetime import date

from assistant.web.problems import Problem
from assistant.web.reading import FIRST, LAST
from knowledge.text import Text

NO_DAY = Text("日期应写作 2026-11-21 这样", "Write the day as 2026-11-21")


def day_typed(written: str) -> date | None:
    """Return the day somebody typed; nothing where the field is empty.

    Raises:
        Problem: it is no day between 1950 and 2099.
    """
    if not written.strip():
        return None
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        raise Problem("invalid", NO_DAY) from None
    if not FIRST <= day <= LAST:
        raise Problem("invalid", NO_DAY)
    return day
