"""Everything that can be found: the passages of a library, of the rules, and of imported texts."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import knowledge.index
from auditors import rules as rules_package
from auditors.catalogue import catalogue
from auditors.rule import Rule
from knowledge.importing import Store
from knowledge.importing.held import Held
from knowledge.importing.pieces import Piece
from knowledge.index.counting import Told
from knowledge.index.cut import cut
from knowledge.index.embedder import Embedder, shipped_embedder
from knowledge.index.index import Index
from knowledge.library import Library
from knowledge.passage import Passage
from knowledge.text import Text

SHIPPED, NONE = "shipped", "none"
HAN = re.compile(r"[\u3400-\u9fff]")
WHOLLY_CHINESE = re.compile(r"局限|(?!Wrong|Right|Limits).*[\u3400-\u9fff]")


def searchable(library: Library, texts: Store | None = None) -> Iterator[Passage]:
    """Return the passages of a library, those of the rules, and the articles of imported texts."""
    yield from cut(library)
    yield from map(_passage, catalogue().values())
    if texts is not None:
        for held in texts.held():
            yield from _articles(held, texts.pieces(held))


def index_of(
    library: Library,
    folder: Path,
    texts: Store | None = None,
    embedder: str | Embedder = SHIPPED,
    told: Told | None = None,
    *,
    store: str = "auto",
    cross_encoder: str = "",
) -> Index:
    """Open the index kept in a folder, built anew where the pack, the rules or the texts changed.

    Args:
        library: the pack.
        folder: where the index is kept.
        texts: imported texts of a site.
        embedder: what makes vectors, for the dense lane: one, or the setting that names it;
            `none` for no such lane.
        told: called with how much of a build is done, of how much.
        store: where vectors are looked up: `auto`, `scan`, `chroma`, `http://host:port`.
        cross_encoder: a model that puts the first hits in order; empty for none.

    Raises:
        OSError: the index built cannot be saved.
        PackError: a text was changed by hand, or a model is not on this machine.
    """
    means = embedder_named(embedder)
    made_from = f"{stamp(library, texts)} {means.stamp if means else ''}"
    index = Index.fresh(folder, made_from, lambda: searchable(library, texts), means, store, told)
    return _in_order(index, cross_encoder)


def served_index(folder: Path, embedder: str = SHIPPED, *, cross_encoder: str = "") -> Index:
    """Open the index kept in a folder as it is; nothing is built or written.

    Args:
        folder: where the index is kept.
        embedder: the setting of the dense lane.
        cross_encoder: a model that puts the first hits in order; empty for none.

    Raises:
        PackError: there is none, it cannot be used, or a model is not on this machine.
    """
    return _in_order(Index.open(folder, embedder_named(embedder)), cross_encoder)


def _in_order(index: Index, cross_encoder: str) -> Index:
    if not cross_encoder:
        return index
    from knowledge.index.neural import reranker_of

    return index.reranked_by(reranker_of(cross_encoder))


def embedder_named(setting: str | Embedder) -> Embedder | None:
    """The embedder a setting means; the shipped one without loading what larger models need."""
    if not isinstance(setting, str):
        return setting
    if setting == NONE:
        return None
    if setting == SHIPPED:
        return shipped_embedder()
    from knowledge.index.neural import embedder_of

    return embedder_of(setting)


def stamp(library: Library, texts: Store | None = None) -> str:
    """Return a hash of where all files lie that what can be found is made from, and of their age.

    It tells whether to look at what they say; what of it changed, the index finds out by itself.
    """
    homes = [*library.folders, *map(Path, (*rules_package.__path__, *knowledge.index.__path__))]
    homes += [texts.folder] if texts else []
    told = hashlib.sha256()
    for home in homes:
        for folder, folders, files in os.walk(home):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(files):
                held = Path(folder, name).stat()
                told.update(f"{folder}/{name}\0{held.st_size}\0{held.st_mtime_ns}\0".encode())
    return told.hexdigest()


def _articles(held: Held, pieces: Iterable[Piece]) -> Iterator[Passage]:
    """The articles of a text; its pieces together are the text, word for word."""
    start = 0
    for piece in pieces:
        if piece.place:
            yield _article(held, piece, start)
        start += len(piece.text)


def _article(held: Held, piece: Piece, start: int) -> Passage:
    """An article in its official wording, which is Chinese alone; law on its version's days."""
    title = Text(held.title, held.title)
    under = " ".join(piece.under)
    said = piece.text.strip()
    start += piece.text.index(said)
    return Passage(
        id=f"{held.id}@{held.version}#{piece.place}",
        entry=held.id,
        place=piece.place,
        kind="source",
        title=title,
        text=Text(f"{under} {said}".strip(), ""),
        names=(held.title, held.number),
        span=held.span,
        status="official",
        at=(start, start + len(said)),
    )


def _passage(rule: Rule) -> Passage:
    lines = rule.page.splitlines()
    return Passage(
        id=rule.code,
        entry=rule.code,
        place="",
        kind="rule",
        title=rule.title,
        text=Text(
            zh="\n".join(_chinese(lines)),
            en="\n".join(line for line in lines if line and not WHOLLY_CHINESE.match(line)),
        ),
        names=(rule.code, *rule.title),
        about=tuple(map(str, rule.basis)),
        span=rule.span,
        status=rule.status,
    )


def _chinese(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if HAN.search(line) and not line.startswith("Limits"))
