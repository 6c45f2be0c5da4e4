"""Amounts a message gives: money in words and codes, shares, weights, times, and bare figures."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.turn import Amount
from assistant.understanding.measures import AFTER, SCALES, SIGNS, UNITS
from assistant.understanding.phrases import Place
from knowledge.numerals import number_of

FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
SPOKEN = r"[零〇一二两三四五六七八九十百千]+"
SPOKEN_ON = r"\d千百十万亿.,一二三四五六七八九票天个月年号日折倍成%周条批小位"
"""What a figure behind 万 goes on with where it is one of its own: `8万6千`, `8万1票`."""
WORDS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        1,
    )
} | {"thirty": 30, "sixty": 60, "ninety": 90}
VALUE = re.compile(
    r"(?:货值|价值|完税价格|计税价格|价格|税款|总价|单价|金额|税率|汇率|税额|运费|保费|关税|滞纳|数量|毛重|净重|"
    r"(?<![a-z])(?:value|price|amount|duty|rate|freight|insurance|cif|fob|total|worth|weight))"
    r"[\s:是为约共有了大概of=]{0,8}$"
)
"""What a bare figure follows when it is an amount."""
SHARE = re.compile(r"([百千万])分之\s*([零〇一二三四五六七八九十百千\d.]+)")
SHARES = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
PERMILLE = re.compile(r"(\d+(?:\.\d+)?)\s*([‰‱])")
YEARS = re.compile(r"(?:19|20)\d\d")
MOST = 40
"""Amounts of a message that are looked at."""


class Given(NamedTuple):
    """An amount and where it stands."""

    amount: Amount
    place: Place


class Amounts:
    """Reads amounts; made once from the words for currencies."""

    def __init__(self, currencies: Iterable[tuple[str, str]]) -> None:
        """Learn the words: pairs of a word in lower case and the currency's code."""
        units = [(word.replace("_", " "), u) for u, said in UNITS.items() for word in said.split()]
        money = {word: code for word, code in currencies if len(word) > 1} | SIGNS
        self._units = {**money, **dict(units)}
        before = _either(word for word in money if word not in AFTER)
        scale = rf"(?:\s?(?:{_either(SCALES)})(?![a-z]))?"
        spelt = _either(WORDS)
        self._shape = re.compile(
            rf"(?:(?P<b>(?<![a-z]){before})\s?)?(?<![\d.#第号a-z-])(?<!\d[.,])"
            rf"(?P<x>{FIGURE}|{SPOKEN}|(?<![a-z])(?:{spelt})(?=[\s-][a-z]))(?P<xs>{scale})"
            rf"(?:\s?(?:-|~|到|至|to|或|—)\s?(?P<y>{FIGURE}|{SPOKEN})(?P<ys>{scale}))?"
            rf"(?:(?P<more>(?<=[万亿千百])[一二两三四五六七八九1-9])(?![{SPOKEN_ON}]))?"
            rf"(?:[\s-]?(?:多|来|余)?(?P<u>{_either(self._units)})(?:(?<=[a-z])(?![a-z])|(?<![a-z])))?"
        )

    def read(self, said: str, low: str) -> list[Given]:
        """Return the amounts of a text, in the order they stand."""
        found = [*_shares(said, low), *self._given(said, low)]
        found.sort(key=lambda each: each.place.start)
        return _joined(found[:MOST])

    def _given(self, said: str, low: str) -> Iterator[Given]:
        for found in self._shape.finditer(low):
            unit = self._unit(found)
            if unit is None or not self._meant(found, low, unit):
                continue
            ends = [(found["x"], found["xs"] or found["ys"] or "", found.start(), found.end("xs"))]
            if found["y"]:
                ends.append((found["y"], found["ys"] or "", found.start("y"), found.end()))
            for number, (figure, scale, start, end) in enumerate(ends):
                last = number == len(ends) - 1
                value = _value(figure, scale.strip(), found["more"] if last else None)
                stop = found.end() if last else end
                if value is not None:
                    words = said[start:stop].strip()
                    yield Given(Amount(_plain(value), unit, words), Place(start, stop))

    def _unit(self, found: re.Match[str]) -> str | None:
        after, before = found["u"], found["b"]
        if after and before and after in SIGNS:
            return self._units[after]
        if before:
            return self._units[before]
        return self._units[after] if after else ""

    def _meant(self, found: re.Match[str], low: str, unit: str) -> bool:
        """Whether a figure is an amount, and neither a year, a code, nor part of a word."""
        figure, scale = found["x"], found["xs"]
        spoken = not figure[0].isdigit() and figure not in WORDS
        if unit in ("years", "weeks") and (
            YEARS.fullmatch(figure) or low.startswith("前", found.end())
        ):
            return not YEARS.fullmatch(figure)
        if spoken and unit in ("pieces", "packages", "m", "m3", "") and not scale:
            return False
        if (
            unit == "m3"
            and found["u"] == "方"
            and low.startswith(("面", "式", "案", "便"), found.end())
        ):
            return False
        if unit:
            return True
        if scale.strip() in ("w", "k", "m") and not figure[0].isdigit():
            return False
        if scale.strip():
            return not (spoken and low.startswith(("一", "能"), found.end()))
        bare = figure.replace(",", "")
        if VALUE.search(low[max(0, found.start() - 20) : found.start()]):
            return not spoken and not low.startswith(("号", "条", "位"), found.end())
        return "," in figure or (5 <= len(bare.partition(".")[0]) <= 7 and bare[0] != "0")


def _joined(found: list[Given]) -> list[Given]:
    """Amounts spoken in two pieces as one: 两万 and 五千块."""
    whole: list[Given] = []
    for each in found:
        last = whole[-1] if whole else None
        if last and last.place.end == each.place.start and _goes_on(last.amount, each.amount):
            value = Decimal(last.amount.value) + Decimal(each.amount.value)
            said = last.amount.said + each.amount.said
            place = Place(last.place.start, each.place.end)
            whole[-1] = Given(Amount(_plain(value), each.amount.unit, said), place)
        else:
            whole.append(each)
    return whole


def _goes_on(one: Amount, other: Amount) -> bool:
    """Whether the second figure is the rest of the first: 五千 behind 两万, and no count of its own."""
    return one.said[-1] in "万亿千" and any(sign in other.said for sign in "千百十零")


def _shares(said: str, low: str) -> Iterator[Given]:
    for found in SHARE.finditer(low):
        value = _number(found[2])
        if value is not None:
            yield _percent(value * SHARES[found[1]], said, found)
    for found in PERMILLE.finditer(low):
        yield _percent(Decimal(found[1]) * SHARES["千" if found[2] == "‰" else "万"], said, found)


def _percent(value: Decimal, said: str, found: re.Match[str]) -> Given:
    place = Place(*found.span())
    return Given(Amount(_plain(value), "percent", said[place.start : place.end]), place)


def _value(figure: str, scale: str, more: str | None) -> Decimal | None:
    value = _number(figure)
    if value is None:
        return None
    step = SCALES.get(scale, 1)
    value *= step
    if more and (digit := number_of(more)) is not None and step >= 10:
        value += Decimal(digit) * step / 10
    return value


def _number(figure: str) -> Decimal | None:
    bare = figure.replace(",", "")
    if bare in WORDS:
        return Decimal(WORDS[bare])
    if re.fullmatch(r"\d+(\.\d+)?", bare):
        return Decimal(bare)
    number = number_of(bare)
    return None if number is None else Decimal(number)


def _plain(value: Decimal) -> str:
    """A number without an exponent, and without zeros behind its point."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
