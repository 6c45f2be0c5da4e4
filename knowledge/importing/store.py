"""Imported texts of a site: every version of every instrument, by the days it is law.

`texts/<instrument>/<version day>.json` holds a text, `texts/index.json` tells what there is. A
text counts from the moment the index names it, so a crash in between leaves the store as it was.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import PackError
from knowledge.importing.differing import Difference, difference
from knowledge.importing.held import Held, pieces_of, record_of
from knowledge.importing.index_file import INDEX, Index, Taken
from knowledge.importing.official_text import OfficialText
from knowledge.importing.pieces import Piece
from knowledge.importing.store_files import read_json, sole_writer, write_json

FOLDER = "texts"


class Wording(NamedTuple):
    """What a place of an instrument says on a day."""

    held: Held
    place: str
    text: str
    under: tuple[str, ...]
    """Headings it stands under, the outermost first."""


class Store:
    """The imported texts in the folder of a site."""

    def __init__(self, site: Path) -> None:
        self.folder = site / FOLDER
        self._pieces = lru_cache(maxsize=32)(self._read)

    def held(self) -> tuple[Held, ...]:
        """Return every version of every instrument, by id and day.

        Raises:
            PackError: the index was changed by hand.
        """
        return Index.of(self.folder / INDEX).held()

    def on(self, day: date) -> tuple[Held, ...]:
        """Return the versions that are law on a day, by id."""
        return tuple(held for held in self.held() if held.span.covers(day))

    def versions(self, instrument: str) -> tuple[Held, ...]:
        """Return the versions of an instrument, the oldest first."""
        return tuple(held for held in self.held() if held.id == instrument)

    def pieces(self, held: Held) -> tuple[Piece, ...]:
        """Return a version whole.

        Raises:
            PackError: its file is missing or was changed by hand.
        """
        return self._pieces(held.file, held.hash)

    def article(self, instrument: str, place: str, day: date) -> Wording | None:
        """Return what an article, paragraph or item says on a day: `24`, `24.2`, `24.2.1`."""
        held = self._on(instrument, day)
        for piece in self.pieces(held) if held else ():
            said = piece.text.strip() if piece.place == place else piece.part(place)
            if held and said is not None:
                return Wording(held, place, said, piece.under)
        return None

    def diff(self, instrument: str, day_a: date, day_b: date) -> Difference | None:
        """Return what changed from one day to another; nothing where no version is held for one."""
        before, after = self._on(instrument, day_a), self._on(instrument, day_b)
        if before is None or after is None:
            return None
        return difference(self.pieces(before), self.pieces(after))

    def keep(self, texts: Sequence[OfficialText], *, replace: bool = False) -> list[Taken]:
        """Store texts and return what became of each; the index is written once, at the end.

        Args:
            texts: what to store.
            replace: whether a text takes the place of another one of the same law and day.

        Raises:
            OSError: the folder cannot be written to; the store is as it was.
            PackError: the index was changed by hand.
        """
        with sole_writer(self.folder):
            index = Index.of(self.folder / INDEX)
            taken = [index.take(text, replace=replace) for text in texts]
            for each in taken:
                if each.outcome == "stored" and each.held:
                    write_json(self.folder / each.held.file, record_of(each.text))
            if any(each.outcome == "stored" for each in taken):
                write_json(self.folder / INDEX, index.record())
            for file in index.left:
                (self.folder / file).unlink(missing_ok=True)
        return taken

    def judge(self, texts: Iterable[OfficialText], *, replace: bool = False) -> list[Taken]:
        """Return what would become of texts, without writing anything."""
        index = Index.of(self.folder / INDEX)
        return [index.take(text, replace=replace) for text in texts]

    def _on(self, instrument: str, day: date) -> Held | None:
        return next((held for held in self.versions(instrument) if held.span.covers(day)), None)

    def _read(self, file: str, known: str) -> tuple[Piece, ...]:
        record = read_json(self.folder / file)
        try:
            if record["hash"] != known:
                raise PackError(file, "it is not the text the index names", "Import the text again")
            return pieces_of(record)
        except (KeyError, TypeError, ValueError) as fault:
            raise PackError(
                file, f"it cannot be understood ({fault})", "Import the text again"
            ) from None
