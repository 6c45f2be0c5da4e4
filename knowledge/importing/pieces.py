"""What a text is cut into: pieces that together are the whole text, and the parts of each."""

from typing import Literal, NamedTuple

from knowledge.text import Text

Kind = Literal["preamble", "heading", "article", "text", "annex", "closing", "page"]
"""What a piece is.

preamble: what stands before the first article; heading: of a part, chapter or section;
article: an article (条), or a numbered item (一、) of an announcement; text: a text without
numbers; annex: an annex, up to its first numbered piece; closing: signature, day and list of
annexes; page: what a web page adds to the text.
"""


class Part(NamedTuple):
    """A paragraph, item or sub-item (款、项、目) of an article: where it stands in its text."""

    place: str
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of the text, word for word."""

    kind: Kind
    place: str
    """`24` for an article, `120-1` for 第一百二十条之一, `annex-1/3` within an annex."""
    text: str
    under: tuple[str, ...] = ()
    """Headings it stands under, the outermost first."""
    parts: tuple[Part, ...] = ()
    """Parts in order; together they are the text of an article."""

    def part(self, place: str) -> str | None:
        """Return the text of a paragraph or item with what belongs to it, or nothing."""
        held = [part for part in self.parts if f"{part.place}.".startswith(f"{place}.")]
        return self.text[held[0].start : held[-1].end].strip() if held else None


class Cut(NamedTuple):
    """A text cut into pieces, and what a person should look at."""

    pieces: tuple[Piece, ...]
    troubles: tuple[Text, ...] = ()
    """Numbers missing, doubled or out of order."""

    def count(self, kind: Kind) -> int:
        """Return how many pieces are of a kind."""
        return sum(1 for piece in self.pieces if piece.kind == kind)
