"""Passages counted into terms; those counted before are taken over, by the hash of their content."""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from knowledge.index.terms import terms
from knowledge.passage import Passage

TITLE, NAME, ASKED, BODY = 3.0, 1.5, 2.0, 1.0
"""What one occurrence counts in a title, another name, a question asked, and the body."""
LAW = 1.0
"""What one counts in the title of a law: it stands over every article and tells them not apart."""
EIGHTHS = 8
"""Occurrences are counted in eighths of one, so that sums are exact."""
TITLE_ZH, TITLE_EN, HELD = 1, 2, 4
"""Where a term stands: in the title in Chinese or English; anywhere."""
MOST = 2**16 - 1
STEP = 500
"""Passages between two tellings how far the counting is."""
Told = Callable[[int, int], None]
"""Called with how many passages are done, and how many there are."""


class Counted(NamedTuple):
    """Terms by passage: those of passage *n* are `terms[starts[n]:starts[n + 1]]`."""

    vocabulary: list[str]
    """The terms in order; `terms` holds their places in it."""
    starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    times: NDArray[np.uint16]
    """What the occurrences of a term in a passage count, in eighths."""
    flags: NDArray[np.uint8]
    titles: NDArray[np.uint16]
    """How many terms each title has, in Chinese and in English."""
    hashes: NDArray[np.uint8]
    """The hash of each passage's content, a row of bytes."""


class Taken(NamedTuple):
    """Where the counts of each passage come from."""

    kept: NDArray[np.intp]
    """The passage's number in the older count; -1 where it is counted now."""
    new: int
    changed: int
    removed: int


def hash_of(content: bytes) -> bytes:
    """Return the hash of a passage's content."""
    return hashlib.blake2b(content, digest_size=16).digest()


def count(
    passages: Sequence[Passage],
    hashes: NDArray[np.uint8],
    old: Counted | None = None,
    told: Told | None = None,
) -> Counted:
    """Return passages counted; from an older count come those whose hash it holds.

    What is returned is the same with an older count and without.
    """
    old = old or empty()
    kept = kept_from(old.hashes, hashes)
    known = {term: number for number, term in enumerate(old.vocabulary)}
    fresh = _fresh([passages[n] for n in np.flatnonzero(kept < 0).tolist()], known, told)
    lengths = np.empty(len(passages), np.int64)
    begins = np.empty(len(passages), np.int64)
    for chosen, source, rows in (
        (kept >= 0, old.starts, kept[kept >= 0]),
        (kept < 0, fresh.starts + len(old.terms), np.arange(len(fresh.starts) - 1)),
    ):
        lengths[chosen] = np.diff(source)[rows]
        begins[chosen] = source[:-1][rows]
    titles = np.empty((len(passages), 2), np.uint16)
    titles[kept >= 0], titles[kept < 0] = old.titles[kept[kept >= 0]], fresh.titles
    starts = np.concatenate(([0], np.cumsum(lengths)))
    rows = np.repeat(begins - starts[:-1], lengths) + np.arange(starts[-1])
    numbers = np.concatenate((old.terms, fresh.terms))[rows]
    vocabulary, places = _ordered(list(known), numbers)
    return Counted(
        vocabulary=vocabulary,
        starts=starts,
        terms=places[numbers],
        times=np.concatenate((old.times, fresh.times))[rows],
        flags=np.concatenate((old.flags, fresh.flags))[rows],
        titles=titles,
        hashes=hashes,
    )


def kept_from(old: NDArray[np.uint8], hashes: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return where each hash stood among older ones, -1 where it did not."""
    before = {row.tobytes(): number for number, row in enumerate(old)}
    return np.array([before.get(row.tobytes(), -1) for row in hashes], np.intp)


def empty() -> Counted:
    """Return a count of nothing."""
    return Counted(
        *([], np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint16)),
        *(np.zeros(0, np.uint8), np.zeros((0, 2), np.uint16), np.zeros((0, 16), np.uint8)),
    )


def _ordered(known: list[str], numbers: NDArray[np.int32]) -> tuple[list[str], NDArray[np.int32]]:
    """The terms used, in order, and the place of each known term among them."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(known))).tolist()
    used.sort(key=known.__getitem__)
    places = np.zeros(len(known), np.int32)
    places[used] = np.arange(len(used), dtype=np.int32)
    return [known[number] for number in used], places


def _fresh(passages: Sequence[Passage], known: dict[str, int], told: Told | None) -> Counted:
    """Count passages anew; terms are numbered as they come, after those known."""
    numbers, packed, lengths = array("i"), array("I"), array("q", [0])
    titles = array("H")
    for done, passage in enumerate(passages):
        held, both = _counted(passage)
        numbers.extend([known.setdefault(term, len(known)) for term in held])
        packed.extend(held.values())
        lengths.append(len(held))
        titles.extend(both)
        if told and done % STEP == 0:
            told(done, len(passages))
    if told:
        told(len(passages), len(passages))
    both_of = np.array(packed, np.uint32)
    return Counted(
        vocabulary=[],
        starts=np.cumsum(np.array(lengths, np.int64)),
        terms=np.array(numbers, np.int32),
        times=np.minimum(both_of >> 3, MOST).astype(np.uint16),
        flags=(both_of & 7).astype(np.uint8),
        titles=np.array(titles, np.uint16).reshape(-1, 2),
        hashes=np.zeros((0, 16), np.uint8),
    )


def _counted(passage: Passage) -> tuple[dict[str, int], tuple[int, int]]:
    """What each term counts, eighths and flags packed, and how many terms each title has."""
    held: dict[str, int] = {}
    said: list[tuple[float, Iterable[str]]] = [
        (BODY, terms("\n".join((*passage.text, passage.place)))),
        (ASKED, terms("\n".join(passage.asked))),
    ]
    law = passage.kind == "source"
    said += [(TITLE if not law else LAW, _brief(title)) for title in dict.fromkeys(passage.title)]
    others = (name for name in passage.names if not (law and name in passage.title))
    said += [(NAME if not law else LAW, _brief(name)) for name in others]
    for weight, found in said:
        packed = int(weight * EIGHTHS) << 3
        for term in found:
            held[term] = held.get(term, HELD) + packed
    zh, en = (dict.fromkeys(_brief(title)) for title in passage.title)
    for flag, title in ((TITLE_ZH, zh), (TITLE_EN, en)):
        for term in title:
            held[term] |= flag
    return held, (len(zh), len(en))


@lru_cache(maxsize=8_192)
def _brief(text: str) -> tuple[str, ...]:
    """The terms of a title or name; those of a law stand over each of its articles."""
    return tuple(terms(text))


def encoded(passage: Passage) -> bytes:
    """Return a passage as it is kept and hashed."""
    return msgspec.json.encode(passage)
