"""A draft that travels with its page: packed into the form, and nowhere kept on the way."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error
from typing import NamedTuple

from assistant.web.problems import Problem
from knowledge.text import Text

LOST = Text(
    "页面里的草稿不完整，请重新选择文件", "The draft in this page is damaged: choose the file again"
)
TOO_LARGE = Text("文件过大", "The file is too large")


class Sent(NamedTuple):
    """A file as it was sent."""

    content: bytes
    name: str

    def __repr__(self) -> str:
        return f"Sent(bytes={len(self.content)})"


def packed(content: bytes) -> str:
    """Return bytes as a form carries them."""
    return b64encode(zlib.compress(content, 6)).decode()


def unpacked(text: str, largest: int) -> bytes:
    """Return the bytes a form carried.

    >>> unpacked(packed(b"<DecMessage/>"), 100)
    b'<DecMessage/>'

    Raises:
        Problem: they are damaged, or more than allowed.
    """
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(b64decode(text, validate=True), largest + 1)
    except (Error, ValueError, zlib.error):
        raise Problem("invalid", LOST) from None
    if len(content) > largest:
        raise Problem("too_large", TOO_LARGE)
    if not reader.eof:
        raise Problem("invalid", LOST)
    return content
