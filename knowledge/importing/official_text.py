"""An official text as understood: what it is, since when, and its pieces."""

import hashlib
from datetime import date
from typing import NamedTuple

from knowledge.importing.normal import without_blanks
from knowledge.importing.pieces import Kind, Piece
from knowledge.text import Text


class OfficialText(NamedTuple):
    """One version of a law, regulation, order or announcement."""

    id: str
    """The instrument, `cn-gacc-2024-128`; the same for all versions of it."""
    title: str
    number: str
    issuer: str
    promulgated: date | None
    amended: tuple[date, ...]
    effective: date | None
    """The day the text itself says, or its record; None where neither does."""
    version: date
    """The day of this version: when it was last published, passed or amended."""
    since: date
    """First day on which this version is law."""
    pieces: tuple[Piece, ...]
    asked: tuple[Text, ...] = ()
    """What was not found, and what stands in for it."""
    troubles: tuple[Text, ...] = ()
    """What a person should look at: numbers missing, pages not read, records that disagree."""
    source: str = ""
    """The file it came from, with the place in it."""

    def count(self, kind: Kind) -> int:
        """Return how many pieces are of a kind."""
        return sum(1 for piece in self.pieces if piece.kind == kind)

    def hash(self) -> str:
        """Return what tells one text from another, whatever its blanks and its web page."""
        sums = hashlib.sha256()
        for piece in self.pieces:
            if piece.kind != "page":
                sums.update(without_blanks(piece.text).encode())
        return sums.hexdigest()
