"""Everything that can be found: the passages of a library, of the rules, and of imported texts."""

import hashlib
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
from knowledge.index.cut import cut
from knowledge.index.index import Index
from knowledge.library import Library
from knowledge.passage import Passage
from knowledge.text import Text

HAN = re.compile(r"[\u3400-\u9fff]")
WHOLLY_CHINESE = re.compile(r"局限|(?!Wrong|Right|Limits).*[\u3400-\u9fff]")


def searchable(library: Library, texts: Store | None = None) -> Iterator[Passage]:
    """Return the passages of a library, those of the rules, and the articles of imported texts."""
    yield from cut(library)
    yield from map(_passage, catalogue().values())
    if texts is not None:
        for held in texts.held():
            yield from (_article(held, piece) for piece in texts.pieces(held) if piece.place)


def index_of(library: Library, folder: Path, texts: Store | None = None) -> Index:
    """Open the index kept in a folder, built anew where the pack, the rules or the texts changed.

    Raises:
        OSError: the index built cannot be saved.
        PackError: a text was changed by hand.
    """
    return Index.fresh(folder, stamp(library, texts), lambda: searchable(library, texts))


def stamp(library: Library, texts: Store | None = None) -> str:
    """Return a hash of all files that what can be found is made from."""
    homes = [*library.folders, *map(Path, (*rules_package.__path__, *knowledge.index.__path__))]
    homes += [texts.folder] if texts else []
    told = hashlib.sha256()
    for home in homes:
        for file in sorted(home.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                content = file.read_bytes()
                told.update(f"{file.relative_to(home)}\0{len(content)}\0".encode())
                told.update(content)
    return told.hexdigest()


def _article(held: Held, piece: Piece) -> Passage:
    """An article in its official wording, which is Chinese alone; law on its version's days."""
    title = Text(held.title, held.title)
    under = " ".join(piece.under)
    return Passage(
        id=f"{held.id}@{held.version}#{piece.place}",
        entry=held.id,
        place=piece.place,
        kind="source",
        title=title,
        text=Text(f"{under} {piece.text.strip()}".strip(), ""),
        names=(held.title, held.number),
        span=held.span,
        status="official",
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
