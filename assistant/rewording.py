"""Whether a sentence worded anew says no more and nothing else than what it cites.

Beyond what every sentence must stand (`bearing_out`), each clause of it is looked up by itself: a
figure keeps its bound (within, from, before, above), a duty stays a duty, a "not" stays a "not",
and nothing is slipped in beside words that are borne out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assistant.bearing_out import LISTED, fault_of
from assistant.citing import said_by
from assistant.shelf import Shelf
from assistant.turn import Sentence, Turn
from assistant.understanding.message import HIDDEN
from knowledge.index.terms import plain, terms

FLOOR, CLAUSE_FLOOR = 0.6, 0.6
"""Smallest shares of the terms of a sentence, and of each clause, that what it cites must hold."""
LEAST_TERMS = 3
"""A clause of fewer says too little to be looked up."""
BY_TWO = 2
"""A clause may join what stands in so many clauses of its sources."""
WHOLE = 0.7
"""Share of the terms of a source's clause from which on a clause says all of it."""
ALIKE = 0.5
"""A clause of the source is what a clause says anew, where it holds this share of its terms."""
BESIDE = 7
"""Characters on either side of a figure in which its bound stands."""
CLAUSE = re.compile(r"[，,；;。！？!?:\n]+(?!\d)|\.(?=\s|$)")
NUMERALS = re.compile(
    r"[二三四五六七八九十百千万亿两半倍]+[\u3400-\u9fff]?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|million|billion|half|double|twice|triple|quarter|"
    r"third|dozen)\b"
)
MARKUP = re.compile(r"https?:|www\.|\w\.(?:com|cn|net|org|io)\b|\w@\w|[*#`|<>{}]|]\(|微信|qq")
LATIN = re.compile(r"[a-z][a-z'-]+")
COUNTED = re.compile(r"\s*([\u3400-\u9fff]|[a-z]+|[%‰‱])")
"""What a figure counts: the sign or word behind it."""
LED_BY = re.compile(r"([\u3400-\u9fff]|[a-z]+)[\s.]*$")
"""What leads to a figure that nothing follows."""
FIGURE = re.compile(r"\d+(?:[.,/-]\d+)*")
"""A day is one figure, and so is a range."""
SHORTENED = 0.2
"""How much less a clause around a figure may share with the one of the source that has it."""
HAN = re.compile(r"[\u3400-\u9fff]")
NEUTRAL = re.compile(
    r"无纸化|无论|不论|不管|是否|能否|可否|不同|不锈钢|不动产|非贸|不仅|不但|不只|不一定|未来|不断|"
    r"有没有|要不要|能不能|是不是|可不可以|需不需要|not only|no\. ?\d|whether or not|notif\w+|note\w*"
)
"""What looks like a "not" and is none."""
NOT = re.compile(
    r"不|无|未|非|免|勿|禁|没|拒|除外|\b(?:not|no|never|none|without|cannot|nor|neither|unless|except|"
    r"exempt\w*|forbidden|prohibit\w*|waive\w*|free of)\b|n't\b"
)
DUTY = re.compile(
    r"应当|应该|必须|须(?!知)|需要|需(?!求)|得当|应(?=[在于向按当由将如当依]|$)|\b(?:must|shall|has to|have to|required?|"
    r"obliged|needs? to)\b"
)
CANNOT = re.compile(r"不能|不可以?|不允许|不得|可能|\b(?:may|can) ?not\b")
CHOICE = re.compile(r"可以|可(?!否)|允许|能|自愿|\b(?:may|can|might|allowed|optional|free to)\b")
_BOUND = re.compile(
    r"(?P<within>内|不超过|不多于|不晚于|至多|最多|最迟|\b(?:within|at most|up to|(?:no|not) more than|"
    r"(?:do(?:es)? )?not exceed\w*|(?:no|not) later than)\b)"
    r"|(?P<above>以上|不少于|不低于|不早于|至少|最少|超过|超出|高于|大于|多于|满|\b(?:above|over|(?:no|not) less than|"
    r"(?:no|not) earlier than|at least|more than|later than|exceed\w*)\b)"
    r"|(?P<below>以下|不足|不满|低于|小于|少于|未满|\b(?:below|under|less than|fewer than|earlier than)\b)"
    r"|(?P<before>前|\b(?:before|prior|ahead|earlier|by)\b)"
    r"|(?P<since>起|后|\b(?:from|after|since|starting|following|later)\b)"
    r"|(?P<ordinal>第|\d(?:st|nd|rd|th)\b)"
)
"""What bounds a figure; where two begin at one place, the first named holds."""
TIMES = frozenset(("before", "since"))


def fault_of_rewording(
    said: Sentence, composed: Sequence[Sentence], turn: Turn, shelf: Shelf
) -> str:
    """Return why a sentence is not what its sources and the composed answer say; empty where it is.

    Args:
        said: the sentence worded anew.
        composed: the sentences it words.
        turn: the turn it answers.
        shelf: where cited places are read.
    """
    if fault := fault_of(said, turn, shelf, FLOOR):
        return fault
    source = plain("\n".join(said_by(place, shelf, turn.day) for place in said.cites))
    held = [_Clause(each) for each in _clauses(source)]
    text = LISTED.sub("", said.text)
    own = [_Clause(each) for each in _clauses(plain(text))]
    faults = (
        _strange(text, source, turn.lang),
        *(_of_clause(clause, held) for clause in own),
        *(_unbound(clause, held) for clause in own),
        _of_answer(text, composed),
    )
    return next(filter(None, faults), "")


class _Clause:
    """A clause in plain spelling, and what it says of duties."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms = frozenset(terms(text))
        bare = NEUTRAL.sub(" ", text)
        self.denies = len(NOT.findall(bare))
        self.binds = bool(DUTY.search(bare))
        self.leaves = bool(CHOICE.search(CANNOT.sub(" ", bare)))
        self.bounds = frozenset(each.lastgroup for each in _BOUND.finditer(text)) & TIMES

    def share_in(self, other: "_Clause") -> float:
        return len(self.terms & other.terms) / max(1, len(self.terms))


def nearest(said: str, composed: Sequence[Sentence]) -> Sentence | None:
    """Return the composed sentence that shares most terms with a text."""
    own = set(terms(plain(said)))
    shared = [len(own.intersection(terms(plain(each.text)))) for each in composed]
    return composed[shared.index(max(shared))] if any(shared) else None


def _clauses(text: str) -> Iterator[str]:
    return (piece.strip() for piece in CLAUSE.split(text) if piece and piece.strip())


def _strange(text: str, source: str, lang: str) -> str:
    """What no answer may hold unless its source does: marks, addresses, numerals, other tongues."""
    bare = plain(text)
    if HIDDEN.search(text):
        return "it holds hidden characters"
    if (HAN.search(bare) is None) == (lang == "zh"):
        return "it is in another language"
    shapes: Iterable[re.Pattern[str]] = (MARKUP, NUMERALS, *([LATIN] if lang == "zh" else [HAN]))
    new = sorted({word for shape in shapes for word in shape.findall(bare) if word not in source})
    return f"no source has: {', '.join(new)}" if new else ""


def _of_clause(clause: _Clause, held: Sequence[_Clause]) -> str:
    """Whether a clause stands in the sources at all, and with the same yes, no, must or may."""
    if len(clause.terms) < LEAST_TERMS:  # "yes", "no": too short to be worded anew
        same = any(clause.text == other.text for other in held)
        return "" if same else f"no source says: {clause.text}"
    near = sorted(held, key=lambda other: -clause.share_in(other))[:BY_TWO]
    every = frozenset().union(*(other.terms for other in near))
    if len(clause.terms & every) < CLAUSE_FLOOR * len(clause.terms):
        return f"no source bears out: {clause.text}"
    best = max((clause.share_in(other) for other in held), default=0.0)
    alike = [other for other in held if clause.share_in(other) >= max(ALIKE, best - 0.1)]
    if not alike:
        denied = any(other.denies for other in near)
        return f"no source denies this: {clause.text}" if clause.denies and not denied else ""
    if all(not clause.bounds <= other.bounds for other in alike):
        return f"its sources say before or after otherwise: {clause.text}"
    if not any(_denies_alike(clause, other) for other in alike):
        return f"its sources say yes or no otherwise: {clause.text}"
    if clause.binds and all(other.leaves and not other.binds for other in alike):
        return f"its sources leave this open: {clause.text}"
    if clause.leaves and all((other.binds or other.denies) and not other.leaves for other in alike):
        return f"its sources demand this: {clause.text}"
    return ""


def _denies_alike(clause: _Clause, other: _Clause) -> bool:
    """Whether both say yes, or both no; what says only a part may deny less often."""
    if clause.denies == other.denies:
        return True
    return 0 < clause.denies < other.denies and other.share_in(clause) < WHOLE


def _unbound(clause: _Clause, held: Sequence[_Clause]) -> str:
    """Whether a figure stands in no source, or counts or is bound otherwise than there."""
    for number, beside, bounds in _figures(clause.text):
        known = [
            (near, own)
            for other in held
            if clause.share_in(other) >= CLAUSE_FLOOR - SHORTENED
            for same, near, own in _figures(other.text)
            if same == number
        ]
        if not any(beside == near and _fits(bounds, own) for near, own in known):
            return f"its sources do not say {number} like this: {clause.text}"
    return ""


def _fits(bounds: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a figure is bound as in its source; of several bounds some may be left out."""
    return bounds <= own and bool(bounds) == bool(own)


def _figures(text: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The figures of a clause: each with the word beside it, and what bounds it on which side."""
    reach = BESIDE if HAN.search(text) else 2 * BESIDE
    for found in FIGURE.finditer(text):
        before = _BOUND.finditer(text[max(0, found.start() - reach) : found.start()])
        after = _BOUND.finditer(text[found.end() : found.end() + reach])
        named = [f"<{each.lastgroup}" for each in before] + [f">{each.lastgroup}" for each in after]
        beside = COUNTED.match(text, found.end()) or LED_BY.search(text[: found.start()])
        yield found[0].replace(",", ""), beside[1] if beside else "", frozenset(named)


def _of_answer(text: str, composed: Sequence[Sentence]) -> str:
    """Whether a sentence words one of the answer, with no figure that the answer has not."""
    meant = nearest(text, composed)
    if meant is None:
        return "it words no sentence of the answer"
    counted = Counter(each[0] for each in _figures(plain(LISTED.sub("", text))))
    for sentence in composed:
        counted -= Counter(each[0] for each in _figures(plain(sentence.text)))
    if counted:
        return f"the answer does not say {', '.join(sorted(counted))}, or not as often"
    return ""
