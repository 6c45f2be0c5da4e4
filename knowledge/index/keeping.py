"""The index in a file: what it holds, written and read."""

import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, overload

import msgspec
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackError
from knowledge.index.counting import Counted, Told, count, hash_of
from knowledge.index.facets import Facets, facets_of
from knowledge.index.lexical import Words, by_term, inverted
from knowledge.index.naming import names_of
from knowledge.index.wordings import Wordings, wordings_of
from knowledge.passage import Passage

NAME = "passages.npz"
SHAPE = "2"
"""Raised when the file or the terms in it change; older files are then built anew."""
REMEDY = "Build it: declarant knowledge build / 请重建：declarant knowledge build"


UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(zipfile.BadZipFile, msgspec.MsgspecError),
)
"""What reading a file that is no index, or half of one, may raise."""

_PASSAGE = msgspec.json.Decoder(Passage)
_PASSAGE.decode(b'["","","","term",["",""],["",""]]')
# Types are worked out now: doing so in two threads at once is not safe.


class Passages(Sequence[Passage]):
    """Passages as they are kept, each decoded when it is asked for."""

    def __init__(self, content: bytes, ends: NDArray[np.int64]) -> None:
        self.content = content
        self.ends = ends

    @classmethod
    def of(cls, encoded: Sequence[bytes]) -> "Passages":
        """Return passages that are encoded already."""
        return cls(b"".join(encoded), np.cumsum([len(each) for each in encoded], dtype=np.int64))

    @overload
    def __getitem__(self, number: int) -> Passage: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, number: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(len(self))[number])
        number = range(len(self))[number]
        start = int(self.ends[number - 1]) if number else 0
        passage: Passage = _PASSAGE.decode(self.content[start : int(self.ends[number])])
        return passage

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[Passage]:
        return (self[number] for number in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Passages) and self.content == other.content

    __hash__ = None  # type: ignore[assignment]


class Kept(NamedTuple):
    """What is kept of passages."""

    passages: Passages
    facets: Facets
    words: Words
    wordings: Wordings
    names: bytes
    """`Names`, encoded; they are needed with the first question only."""


def made(
    passages: Sequence[Passage], old: Counted | None = None, told: Told | None = None
) -> tuple[Kept, Counted]:
    """Return what is kept of passages, and their count; terms counted before are taken over."""
    encoded = [msgspec.json.encode(passage) for passage in passages]
    hashes = np.frombuffer(b"".join(map(hash_of, encoded)), np.uint8).reshape(-1, 16)
    counted = count(passages, hashes, old, told)
    words = inverted(counted)
    kept = Kept(
        passages=Passages.of(encoded),
        facets=facets_of(passages),
        words=words,
        wordings=wordings_of(passages, words.vocabulary),
        names=msgspec.json.encode(names_of(passages)),
    )
    return kept, counted


def write(folder: Path, kept: Kept, counted: Counted) -> Path:
    """Write what is kept to a folder and return its file.

    Raises:
        OSError: it cannot be written.
    """
    file = folder / NAME
    with file.open("wb") as opened:
        np.savez(opened, **_arrays(kept, counted))
        opened.flush()
        os.fsync(opened.fileno())
    return file


def load(folder: Path) -> Kept:
    """Read what is kept in a folder.

    Raises:
        PackError: there is nothing, it is of another version, or it is damaged.
    """
    with _opened(folder / NAME) as held:
        return Kept(
            passages=Passages(held["passages"].tobytes(), held["ends"]),
            facets=_facets(held),
            words=Words(
                {term: number for number, term in enumerate(_lines(held["vocabulary"]))},
                *(held[f"words.{name}"] for name in Words._fields[1:]),
            ),
            wordings=Wordings(*(held[f"wordings.{name}"] for name in Wordings._fields)),
            names=held["names"].tobytes(),
        )


def load_counted(folder: Path) -> Counted:
    """Read the count of what is kept in a folder.

    Raises:
        PackError: there is nothing, it is of another version, or it is damaged.
    """
    with _opened(folder / NAME) as held:
        docs, starts = held["words.docs"], held["words.starts"]
        order = np.argsort(docs, kind="stable")
        size = len(held["ends"])
        numbers = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
        return Counted(
            vocabulary=_lines(held["vocabulary"]),
            starts=np.concatenate(([0], np.cumsum(np.bincount(docs, minlength=size)))),
            terms=numbers[order],
            times=held["times"][order],
            flags=held["words.flags"][order],
            titles=held["words.titles"],
            hashes=held["hashes"],
        )


def _facets(held: Mapping[str, NDArray[Any]]) -> Facets:
    arrays: dict[str, Any] = {name: held[f"facets.{name}"] for name in Facets._fields}
    for name in ("status_names", "jurisdiction_names"):
        arrays[name] = tuple(_lines(arrays[name]))
    return Facets(**arrays)


@contextmanager
def _opened(file: Path) -> Iterator[Mapping[str, NDArray[Any]]]:
    """The arrays of a file, read as they are asked for."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            if str(held["shape"]) != SHAPE:
                raise PackError(file, "it was written by another version", REMEDY)
            yield held
    except FileNotFoundError:
        raise PackError(file, "there is no index", REMEDY) from None
    except UNREADABLE as fault:
        raise PackError(file, f"the index cannot be read: {fault}", REMEDY) from None


def _arrays(kept: Kept, counted: Counted) -> dict[str, Any]:
    """The arrays of the file by name; the same passages always give the same bytes."""
    arrays: dict[str, Any] = {
        "shape": np.array(SHAPE),
        "passages": np.frombuffer(kept.passages.content, np.uint8),
        "ends": kept.passages.ends,
        "vocabulary": _joined(kept.words.vocabulary),
        "times": counted.times[by_term(counted)],
        "hashes": counted.hashes,
        "names": np.frombuffer(kept.names, np.uint8),
    }
    arrays |= {f"words.{name}": getattr(kept.words, name) for name in Words._fields[1:]}
    arrays |= {f"wordings.{name}": array for name, array in kept.wordings._asdict().items()}
    for name, facet in kept.facets._asdict().items():
        arrays[f"facets.{name}"] = _joined(facet) if isinstance(facet, tuple) else facet
    return arrays


def _joined(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("".join(f"{line}\n" for line in lines).encode(), np.uint8)


def _lines(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n")[:-1]
