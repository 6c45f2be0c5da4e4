"""An import value put together from an FOB price, the freight and the insurance."""

import re
from decimal import Decimal

from assistant.tools.given import EXCHANGE, Money, Yuan, converted, money_given
from assistant.tools.working import Stage, digits
from assistant.turn import Turn
from knowledge.text import Text

PARTS = re.compile(
    r"(?P<price>fob|fca|exw|离岸价|货价|成交价|出厂价)|(?P<freight>运费|运输费|freight)"
    r"|(?P<insurance>保费|保险费|insurance)"
)
VALUE = "cn-law-tariff#24"
LABEL = Text("计税价格（货价、运费、保险费）", "Import value (price, freight, insurance)")
"""What the sum is called; its currency stands behind it."""


def landed(turn: Turn, written: str) -> Yuan | None:
    """Return the import value where price, freight and insurance are given in one currency.

    Args:
        turn: the question.
        written: it in plain spelling.
    """
    parts = _parts(money_given(turn, written), written)
    if len(parts) < len(PARTS.groupindex):
        return None
    currencies = {each.currency for each in parts.values()} - {""}
    if len(currencies) > 1:
        return None
    named = [parts[name] for name in PARTS.groupindex]
    total = sum((each.value for each in named), Decimal(0))
    expression = " + ".join(digits(each.value) for each in named)
    currency = currencies.pop() if currencies else ""
    stage = Stage(LABEL, expression, f"{digits(total)} {currency or 'CNY'}", article=VALUE)
    whole = Money(total, currency, named[0].start)
    given = converted(whole, written)
    return given._replace(stages=(stage, *given.stages))


def of_parts(given: Yuan | None) -> bool:
    """Whether a value was put together here."""
    return given is not None and any(stage.label == LABEL for stage in given.stages)


def _parts(held: list[Money], written: str) -> dict[str, Money]:
    """The amounts by what stands before each; none where something is named twice."""
    found: dict[str, Money] = {}
    labels = list(PARTS.finditer(EXCHANGE.sub(lambda each: " " * len(each[0]), written)))
    for money in sorted(held, key=lambda each: each.start):
        before = [label for label in labels if label.end() <= money.start]
        if not before or not (name := before[-1].lastgroup):
            continue
        if name in found:
            return {}
        found[name] = money
    return found
