"""Building an index in its folder: what did not change is taken over, then all is switched at once."""

import tempfile
import weakref
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.errors import PackError
from knowledge.index import keeping
from knowledge.index.counting import Counted, Told, empty, kept_from
from knowledge.index.dense import Vectors
from knowledge.index.embedder import Embedder
from knowledge.index.generations import CURRENT, Pointer, aside, serving, switch
from knowledge.index.keeping import Kept
from knowledge.passage import Passage


class Changes(NamedTuple):
    """How many passages a build took over, and how many it made anew."""

    kept: int
    new: int
    changed: int
    removed: int
    broken: str = ""
    """What was damaged and could not be taken over."""


class Served(NamedTuple):
    """What an index serves from: a generation in a folder, or memory alone."""

    kept: Kept
    stamp: str
    vectors: Vectors | None = None
    changes: Changes | None = None
    """What the build changed, where there was one."""


class Making(NamedTuple):
    """What is to be made, and how."""

    stamp: str
    passages: Callable[[], Iterable[Passage]]
    embedder: Embedder | None = None
    """What makes vectors, for the dense lane."""
    store: str = "auto"
    """Where the vectors are looked up."""
    told: Told | None = None
    """Called with how much is done, of how much."""


class Older(NamedTuple):
    """What was built before, as far as it can be taken over."""

    generation: str = ""
    counted: Counted = empty()
    ids: tuple[str, ...] = ()
    vectors: Vectors | None = None
    broken: str = ""
    """What was damaged."""


def in_memory(making: Making) -> Served:
    """Return an index that is kept in no folder; its vectors go with the process."""
    passages = tuple(making.passages())
    kept, counted = keeping.made(passages, told=_stages(making.told, 2 if making.embedder else 1))
    vectors = None
    if making.embedder is not None:
        folder = tempfile.TemporaryDirectory(prefix="declarant-")
        vectors = _vectors(Path(folder.name), passages, counted, Older(), making)
        weakref.finalize(vectors, folder.cleanup)
    return Served(kept, making.stamp, vectors)


def opened(folder: Path, embedder: Embedder | None) -> Served:
    """Open what serves in a folder.

    Raises:
        PackError: nothing does, or it cannot be used.
    """
    pointer = serving(folder)
    generation = folder / pointer.generation
    vectors = Vectors.open(generation, embedder) if embedder else None
    return Served(keeping.load(generation), pointer.stamp, vectors)


def refreshed(folder: Path, making: Making) -> Served:
    """Return what serves in a folder, built where it was made from something else.

    Raises:
        OSError: it cannot be saved; what served still does.
    """
    try:
        if serving(folder).stamp == making.stamp:
            return opened(folder, making.embedder)
    except PackError:
        pass
    return _remade(folder, making)


def _remade(folder: Path, making: Making) -> Served:
    older = _older(folder, making.embedder)
    passages = tuple(making.passages())
    told = _stages(making.told, 2 if making.embedder else 1)
    kept, counted = keeping.made(passages, older.counted, told)
    changes = _changes(older, counted, passages)
    if _same(older, counted, making.embedder):
        generation = folder / older.generation
        vectors = older.vectors
    else:
        with aside(folder) as generation:
            keeping.write(generation, kept, counted)
            vectors = _vectors(generation, passages, counted, older, making)
    switch(folder, Pointer(generation.name, making.stamp))
    return Served(kept, making.stamp, vectors, changes)


def _vectors(
    generation: Path, passages: Sequence[Passage], counted: Counted, older: Older, making: Making
) -> Vectors | None:
    if making.embedder is None:
        return None
    hashes = [row.tobytes().hex() for row in counted.hashes]
    told = _stages(making.told, 2, 1)
    return Vectors.build(
        generation, passages, hashes, making.embedder, older.vectors, making.store, told
    )


def _older(folder: Path, embedder: Embedder | None) -> Older:
    """What serves now; nothing, and why, where it cannot be used."""
    if not (folder / CURRENT).exists():
        return Older()
    try:
        pointer = serving(folder)
        generation = folder / pointer.generation
        counted = keeping.load_counted(generation)
        ids = tuple(passage.id for passage in keeping.load(generation).passages)
        older = Older(pointer.generation, counted, ids)
    except PackError as fault:
        return Older(broken=str(fault))
    try:
        return older._replace(vectors=Vectors.open(generation, embedder) if embedder else None)
    except PackError as fault:
        return older._replace(broken=str(fault))


def _same(older: Older, counted: Counted, embedder: Embedder | None) -> bool:
    """Whether what serves holds just these passages already, in this order."""
    there = bool(older.generation) and np.array_equal(older.counted.hashes, counted.hashes)
    return there and (embedder is None or older.vectors is not None)


def _changes(older: Older, counted: Counted, passages: Sequence[Passage]) -> Changes:
    before, now = set(older.ids), {passage.id for passage in passages}
    kept = kept_from(older.counted.hashes, counted.hashes) >= 0
    fresh = [passages[number].id for number in np.flatnonzero(~kept).tolist()]
    new = sum(name not in before for name in fresh)
    removed = len(before - now)
    return Changes(int(kept.sum()), new, len(fresh) - new, removed, older.broken)


def _stages(told: Told | None, stages: int, stage: int = 0) -> Told | None:
    """Tell one of several stages as a share of all."""
    if told is None:
        return None
    return lambda done, whole: told(stage * whole + done, stages * whole)
