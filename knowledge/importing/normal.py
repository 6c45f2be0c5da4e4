"""Characters made alike: full-width digits, blanks of every kind, characters nobody sees."""

import re
import unicodedata
from collections.abc import Iterable

BLANKS = re.compile(r"\s+")


def _look_alikes() -> Iterable[tuple[int, str]]:
    """Radicals and compatibility ideographs, which PDF files hold in place of real characters."""
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAD9)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            yield code, plain


_TABLE: dict[int, str] = {
    **dict.fromkeys((*range(9), *range(14, 32), *range(127, 160)), ""),
    **dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF), ""),
    **dict.fromkeys((0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), "\n"),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    **dict(_look_alikes()),
}
_STRANGE = re.compile("[" + "".join(map(re.escape, map(chr, _TABLE))) + "]+")


def normal(text: str) -> str:
    r"""Return the text with plain digits, plain blanks and nothing unseen.

    >>> normal("第２４条\u3000净重\x00")
    '第24条 净重'
    """
    return _STRANGE.sub(lambda run: run[0].translate(_TABLE), text.replace("\r\n", "\n"))


def lines_of(text: str) -> list[str]:
    """Return the lines that hold something, without the blanks around them."""
    return [line for line in map(str.strip, normal(text).split("\n")) if line]


def without_blanks(text: str) -> str:
    """Return the text with all blanks left out, to compare it by."""
    return BLANKS.sub("", text)
