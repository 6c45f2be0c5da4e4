"""Chinese numerals, as articles, chapters and days are counted by."""

from functools import lru_cache

DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
SIGNS = "0-9零〇○一二三四五六七八九十百千两"
"""What a numeral is written with, for a class of characters."""


@lru_cache(maxsize=4096)
def number_of(written: str) -> int | None:
    """Return the number a numeral stands for, or nothing where it is none.

    >>> number_of("一百二十"), number_of("二〇二四"), number_of("24"), number_of("百十")
    (120, 2024, 24, None)
    """
    text = written.replace(" ", "")
    if text.isascii():
        return int(text) if text.isdigit() else None
    if all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    return _spoken(text)


def _spoken(text: str) -> int | None:
    total, digit, below = 0, None, 10_000
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
            continue
        unit = UNITS.get(sign)
        if unit is None or unit >= below or (digit is None and (unit, total) != (10, 0)):
            return None
        total, digit, below = total + unit * (1 if digit is None else digit), None, unit
    return total + (digit or 0)


def numeral(number: int) -> str:
    """Return a number below ten thousand as it is spoken.

    >>> numeral(12), numeral(102), numeral(120)
    ('十二', '一百零二', '一百二十')
    """
    said, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        zero = zero or (digit == 0 and bool(said))
        if digit:
            said += ("零" if zero and said else "") + "零一二三四五六七八九"[digit] + sign
            zero = False
    return said.removeprefix("一") if said.startswith("一十") else said or "零"
