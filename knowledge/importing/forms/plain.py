"""Plain text: a line is a paragraph, unless the lines were broken at the width of a page."""

from knowledge.importing.decoding import decode
from knowledge.importing.normal import lines_of
from knowledge.importing.raw import RawText, Reading
from knowledge.importing.unwrapping import looks_wrapped, unwrapped


def read_plain(content: bytes, file: str) -> Reading:
    """Return the one text a plain file holds.

    Raises:
        Refused: its encoding is not read.
    """
    lines = lines_of(decode(content, file))
    return Reading((RawText(tuple(unwrapped(lines) if looks_wrapped(lines) else lines)),))
