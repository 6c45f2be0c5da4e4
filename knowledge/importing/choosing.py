"""Which marks begin something: what is only referred to is left in the sentence it stands in."""

from collections.abc import Iterable, Sequence

from knowledge.importing.marks import ENDS, Mark

NEAR = 40
"""Characters a heading has at most, from its number to the article below it."""
NAMED = frozenset("的》法例定则办条款项和及与或至到、，本第照据依按")
"""What stands before the number of an article that is only named."""
OPENINGS = ("为", "根据", "依", "按照", "本", "在", "凡")
"""How the first article of a text begins, where its title runs into it."""


def articled(marks: Iterable[Mark]) -> bool:
    """Return whether a text is numbered by articles."""
    own = [mark for mark in marks if mark.kind == "article" and not mark.refers]
    first = any(mark.number == (1, 0) for mark in own)
    return first or sum(1 for mark in own if mark.at_line_start and mark.spaced) > 1


def chosen(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return the marks that begin a heading, an article or an item of the first level."""
    if articled(marks):
        own = [mark for mark in marks if mark.kind != "item"]
        return _without_contents(_Articles(text).of(own))
    found = _items([mark for mark in marks if mark.kind != "article"])
    return found if any(mark.kind == "item" for mark in found) else []


def follows(number: tuple[int, int], last: tuple[int, int]) -> bool:
    """Return whether a number comes right after another: 25 and 24-1 after 24."""
    return number in {(last[0] + 1, 0), (last[0], last[1] + 1)}


class _Articles:
    """Goes through the marks of a text with articles, mindful of what came before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = (0, 0)
        self._heading: Mark | None = None

    def of(self, marks: Sequence[Mark]) -> list[Mark]:
        found = []
        for at, mark in enumerate(marks):
            after = marks[at + 1] if at + 1 < len(marks) else None
            if self._is_heading(mark, after) if mark.kind == "heading" else self._is_article(mark):
                found.append(mark)
                self._note(mark)
        return found

    def _note(self, mark: Mark) -> None:
        self._heading = mark if mark.kind == "heading" else None
        if mark.kind == "article":
            self._last = mark.number

    def _is_heading(self, mark: Mark, after: Mark | None) -> bool:
        if mark.refers:
            return False
        if mark.at_line_start:
            return mark.spaced or mark.before in ENDS or self._runs_on(mark) or not mark.before
        if mark.spaced and (mark.before in ENDS or self._runs_on(mark)):
            return True
        first = mark.spaced and mark.number == (1, 0)
        return first and after is not None and self._near(mark, after)

    def _is_article(self, mark: Mark) -> bool:
        if mark.refers:
            return False
        due = follows(mark.number, self._last)
        ended = mark.before in ENDS or not mark.before or self._runs_on(mark)
        if mark.at_line_start:
            # a line broken in mid-sentence may begin with the number of another article
            return due or ended or self._last == (0, 0)
        forward = mark.number > self._last and mark.spaced
        bare = due and mark.spaced and mark.before not in NAMED  # behind a formula, say
        return (ended and (due or forward)) or bare or self._runs_into_title(mark)

    def _runs_on(self, mark: Mark) -> bool:
        """Return whether only the words of a heading stand between that heading and the mark."""
        return self._heading is not None and self._near(self._heading, mark)

    def _near(self, heading: Mark, mark: Mark) -> bool:
        between = self._text[heading.end : mark.start]
        return len(between) <= NEAR and not ENDS & set(between)

    def _runs_into_title(self, mark: Mark) -> bool:
        """Return whether article one begins right behind the title, as in text without lines."""
        own = self._text[max(mark.start - 5, 0) : mark.start].strip()
        opens = self._text[mark.end : mark.end + 4].lstrip().startswith(OPENINGS)
        fresh = mark.number == (1, 0) and mark.spaced
        return fresh and opens and "本" not in own and not own.endswith("》")


def _without_contents(marks: list[Mark]) -> list[Mark]:
    """Leave out a table of contents: headings before article one that come again."""
    first = next((n for n, mark in enumerate(marks) if mark.kind == "article"), len(marks))
    before = marks[:first]
    top = min((mark.rank for mark in before), default=0)
    begins = [n for n, mark in enumerate(before) if mark.rank == top and mark.number == (1, 0)]
    return marks[begins[-1] :] if len(begins) > 1 else marks


def _items(marks: Sequence[Mark]) -> list[Mark]:
    found: list[Mark] = []
    last = (0, 0)
    glued = _glued_first(marks)
    for mark in marks:
        if mark.kind == "heading":
            if mark.at_line_start and not mark.refers and (mark.spaced or mark.rank == 0):
                found.append(mark)
        elif _is_item(mark, last) or mark is glued:
            found.append(mark)
            last = mark.number
    return found


def _is_item(mark: Mark, last: tuple[int, int]) -> bool:
    if mark.at_line_start:
        return True
    after_words = mark.before in ENDS or (mark.before.isascii() and mark.before.isalpha())
    return after_words and follows(mark.number, last)


def _glued_first(marks: Sequence[Mark]) -> Mark | None:
    """Return the item one that stands right behind a title, where no other is in its place."""
    items = [mark for mark in marks if mark.kind == "item"]
    if any(mark.number == (1, 0) and _is_item(mark, (0, 0)) for mark in items):
        return None
    second = next((n for n, mark in enumerate(items) if mark.number == (2, 0) and _is_item(mark, (1, 0))), 0)  # fmt: skip
    ones = [
        mark for mark in items[:second] if mark.number == (1, 0) and mark.before not in "第唯统"
    ]
    return ones[-1] if ones else None
