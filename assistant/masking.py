"""Names, numbers and prices of a text behind placeholders: what may be read of a question later.

What the law says stays as it is: articles, announcements, commodity codes, trade modes, days.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assistant.masking_names import HAN, Private, private_names
from assistant.masking_numbers import private_numbers
from knowledge.text import Language, Text

LABELS = {
    "mail": Text("邮箱", "e-mail"),
    "phone": Text("电话", "phone"),
    "person": Text("姓名", "name"),
    "company": Text("单位", "company"),
    "address": Text("地址", "address"),
    "credit": Text("信用代码", "credit code"),
    "customs": Text("企业海关编码", "customs registration"),
    "identity": Text("证件号", "identity no."),
    "declaration": Text("报关单号", "declaration no."),
    "record": Text("备案号", "record no."),
    "document": Text("单证号", "document no."),
    "container": Text("箱号", "container no."),
    "plate": Text("车牌", "plate"),
    "account": Text("账号", "account"),
    "number": Text("号码", "number"),
    "amount": Text("金额", "amount"),
}
"""What stands behind a placeholder."""
_ZH = "|".join(each.zh for each in LABELS.values())
_EN = "|".join(re.escape(each.en) for each in LABELS.values())
PLACEHOLDER = re.compile(
    rf"〔(?P<zh>{_ZH})(?P<a>\d+)(?:…\w{{1,4}})?〕|\[(?P<en>{_EN}) (?P<b>\d+)(?:…\w{{1,4}})?\]"
)
PASSES = 8
"""How often a text is looked through for what the pass before left."""
PLAIN_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Full-width signs as the plain ones; a text keeps its length."""


class Masked(NamedTuple):
    """A text that may be read, and what stands behind its placeholders."""

    text: str
    values: Mapping[str, str]
    """What each placeholder hides, as it was written."""

    def restored(self, text: str) -> str:
        """Return a text with what its placeholders hide."""
        return PLACEHOLDER.sub(lambda found: self.values.get(found[0], found[0]), text)


def masked(text: str, known: Mapping[str, str] | None = None) -> Masked:
    """Return a text with placeholders for persons, firms, their numbers and prices.

    Args:
        text: what was said; placeholders in it stay as they are.
        known: placeholders given before in the same turn, and what each hides.

    >>> masked("联系人：张伟，电话13812345678，商品编码8471300000").text
    '联系人：〔姓名1〕，电话〔电话1〕，商品编码8471300000'
    >>> masked("Invoice of USD 12,000 from Acme Trading Co., Ltd.").text
    'Invoice of [amount 1] from [company 1]'
    """
    held = _once(text, known or {})
    for _ in range(PASSES):
        again = _once(held.text, held.values)
        if again.text == held.text:
            break
        held = again
    return held


def _once(text: str, known: Mapping[str, str]) -> Masked:
    """A text masked once; what overlapped something surer may still be there, cut shorter."""
    names = _Names(text, known)
    pieces: list[str] = []
    at = 0
    for each in _apart(text):
        pieces += [text[at : each.start], names.of(each, text[each.start : each.end])]
        at = each.end
    return Masked("".join([*pieces, text[at:]]), names.values)


def _apart(text: str) -> list[Private]:
    """What is private, in order; where two overlap, the one found first."""
    plain = text.translate(PLAIN_WIDTH)
    taken = [False] * len(text)
    for found in PLACEHOLDER.finditer(plain):
        taken[found.start() : found.end()] = [True] * len(found[0])
    held: list[Private] = []
    for each in _found(plain):
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = [True] * (each.end - each.start)
            held.append(each)
    return sorted(held)


def _found(plain: str) -> Iterator[Private]:
    yield from private_numbers(plain)
    yield from private_names(plain)


class _Names:
    """Gives out placeholders: one a value, numbered by kind."""

    def __init__(self, text: str, known: Mapping[str, str]) -> None:
        self.values = dict(known)
        self._lang: Language = "zh" if HAN.search(text) else "en"
        self._held = {value: name for name, value in known.items()}
        self._used = _numbers_used([text, *known])

    def of(self, each: Private, value: str) -> str:
        if value not in self._held:
            name = self._next(each)
            self._held[value] = name
            self.values[name] = value
        return self._held[value]

    def _next(self, each: Private) -> str:
        number = self._used[each.kind] = self._used.get(each.kind, 0) + 1
        label = LABELS[each.kind].said_in(self._lang)
        kept = f"…{each.keep}" if each.keep else ""
        return f"〔{label}{number}{kept}〕" if self._lang == "zh" else f"[{label} {number}{kept}]"


def _numbers_used(texts: Iterable[str]) -> dict[str, int]:
    """The highest number of each kind among placeholders that stand already."""
    kinds = {word: kind for kind, label in LABELS.items() for word in label}
    used: dict[str, int] = {}
    for found in (each for text in texts for each in PLACEHOLDER.finditer(text)):
        kind = kinds[found["zh"] or found["en"]]
        used[kind] = max(used.get(kind, 0), int(found["a"] or found["b"]))
    return used
