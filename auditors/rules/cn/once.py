"""Work on the goods items that several rules ask for, done once for each draft."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from auditors.declaration import Item

Rest = TypeVarTuple("Rest")
Answer = TypeVar("Answer")


def once(
    work: Callable[[tuple[Item, ...], *Rest], Answer],
) -> Callable[[tuple[Item, ...], *Rest], Answer]:
    """Make a function of the items remember its answer, for as long as it is asked for the same.

    The rules of a draft run one after another and ask with the very same items. These are told
    apart by identity, since to compare them one by one would cost as much as the work; and they
    are held, so that no others can come to stand in their place.
    """
    latest: tuple[tuple[Item, ...], object, Answer] | None = None

    @wraps(work)
    def remembered(items: tuple[Item, ...], *rest: *Rest) -> Answer:
        nonlocal latest
        held = latest  # looked at once: another thread may put its own there meanwhile
        if held is not None and held[0] is items and held[1] == rest:
            return held[2]
        answer = work(items, *rest)
        latest = items, rest, answer
        return answer

    return remembered
