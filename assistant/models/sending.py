"""What of a conversation may be sent to a language model.

Unless the site allows it, persons, firms, their numbers and prices are hidden behind placeholders,
and what looks like a draft is not sent at all.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from assistant.masking import PLACEHOLDER, masked

LONGEST = 400
"""Characters of a message; a longer one is a form or a document more often than a question."""
DRAFTED = re.compile(r"<\s*/?Dec\w*|<\?xml|[\"']\w{2,40}[\"']\s*:\s*[\[{\"'\d]|〔报关单草稿〕|\[draft declaration\]", re.I)  # fmt: skip
PRICED = re.compile(
    r"(?<![〔\[])(?:单价|总价|货值|价格|金额|成交价|售价|报价|完税价格|运费|保费|杂费|价值|费用|"
    r"(?<![a-z])(?:unit price|total price|price|value|amount|freight|insurance|cost|fee))"
    r"\s*(?:是|为|了|约|大概|共|is|of|was|about|[:：=])?\s*(?P<v>\d[\d,]*(?:\.\d+)?(?:[百千万亿]+)?)",
    re.I,
)
AMOUNT = re.compile(
    r"(?P<v>\d[\d,]*(?:\.\d+)?\s?[百千万亿]*)\s?(?:元|块钱|美[元金刀]|欧元|日[元币]|港[元币]|英镑|人民币|"
    r"(?:USD|CNY|RMB|EUR|JPY|HKD|GBP|dollars?|yuan|euros?)(?![a-z]))",
    re.I,
)
LONG_NUMBER = re.compile(r"(?<![\w.])(?P<v>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{5,}(?:\.\d+)?)(?![\w])")
HIDDEN = "〔数值{}〕"
HELD = re.compile(r"〔数值\d+〕")


class Sent(NamedTuple):
    """A message as it may be sent, and what stands behind its placeholders."""

    text: str
    values: Mapping[str, str]

    def restored(self, text: str) -> str:
        """Return a text with what its placeholders hide."""
        for name, value in self.values.items():
            text = text.replace(name, value)
        return text


def sent(text: str) -> Sent | None:
    """Return a message as it may be sent, or nothing where it looks like a draft.

    >>> sent("单价12.5，电话13812345678，0110 怎么报").text
    '单价〔数值1〕，电话〔电话1〕，0110 怎么报'
    """
    if len(text) > LONGEST or DRAFTED.search(text):
        return None
    given = masked(text)
    values = dict(given.values)

    def hide(found: re.Match[str]) -> str:
        return found[0].replace(found["v"], _name_of(found["v"], values))

    hidden = given.text
    for shape in (PRICED, AMOUNT, LONG_NUMBER):
        hidden = shape.sub(hide, hidden)
    return Sent(hidden, values)


def whole(text: str) -> Sent:
    """Return a message as it is: what a site allows that lets drafts be seen."""
    return Sent(text, {})


def unrestored(text: str) -> bool:
    """Return whether a text holds a placeholder that hides nothing known."""
    return bool(PLACEHOLDER.search(text) or HELD.search(text))


def _name_of(value: str, values: dict[str, str]) -> str:
    for name, held in values.items():
        if held == value:
            return name
    name = HIDDEN.format(1 + sum(map(bool, map(HELD.fullmatch, values))))
    values[name] = value
    return name
