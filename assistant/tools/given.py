"""What a question gives a calculation: days, money in yuan, an exchange rate."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assistant.tools.working import Stage, digits, to_fen, yuan
from assistant.turn import Turn
from knowledge.index.terms import plain
from knowledge.text import Text

CNY = "CNY"
CURRENCY = re.compile(r"[A-Z]{3}")
EXCHANGE = re.compile(
    r"(?:汇率|exchange rate|rate of exchange|exchange)[^\d.]{0,12}(\d+(?:\.\d+)?)(?!\d*%)"
)
NOW = re.compile(r"现在|目前|今天|今日|至今|到今|\b(?:now|today|still)\b")
FIRST_YEAR, LAST_YEAR = 1987, 2100
"""Years between which a day is taken for a day of a shipment; the Customs Law is of 1987."""
NEAR = 14
"""Characters that may stand between an amount and the word that says what it is."""
CONVERSION = "cn-gacc-order-272#13"


class Money(NamedTuple):
    """An amount of money, and where it stands in the plain text; -1 where it is not found."""

    value: Decimal
    currency: str
    """Empty where the question names none."""
    start: int


class Yuan(NamedTuple):
    """An amount in yuan, or what is missing for one."""

    value: Decimal | None
    missing: Text | None = None
    stages: tuple[Stage, ...] = ()
    note: Text | None = None
    """What was taken for granted."""
    start: int = -1


def days_given(turn: Turn) -> list[date]:
    """Return the days a question names, each once, the earliest first; 现在 and `now` are today."""
    named = set(turn.understood.mentions.days)
    if len(named) == 1 and NOW.search(plain(turn.understood.text)):
        named.add(turn.question.day)
    return sorted(day for day in named if FIRST_YEAR <= day.year <= LAST_YEAR)


def money_given(turn: Turn, written: str) -> list[Money]:
    """Return the money a question names and the figures without a unit, an exchange rate left out."""
    rate = EXCHANGE.search(written)
    found, after = [], 0
    for amount in turn.understood.mentions.amounts:
        start = written.find(plain(amount.said), after)
        after = max(after, start)
        of_rate = rate is not None and rate.start() <= start < rate.end()
        is_money = not amount.unit or CURRENCY.fullmatch(amount.unit)
        if is_money and not of_rate:
            found.append(Money(Decimal(amount.value), amount.unit, start))
    return found


def in_yuan(
    turn: Turn, written: str, label: re.Pattern[str], without: Iterable[Decimal] = ()
) -> Yuan | None:
    """Return the amount a label stands at, or the only one, in yuan; nothing where none is given.

    Args:
        turn: the question.
        written: it in plain spelling.
        label: what the amount is called.
        without: amounts that are something else.
    """
    others = set(without)
    held = [each for each in money_given(turn, written) if each.value not in others]
    held = [each for each in held if each.currency] or held
    if not held:
        return None
    named = [each for each in held if _labelled(each, written, label)]
    if len(named or held) > 1:
        return Yuan(None, WHICH)
    return converted((named or held)[0], written)


def _labelled(money: Money, written: str, label: re.Pattern[str]) -> bool:
    before = written[max(0, money.start - NEAR) : max(0, money.start)]
    return money.start >= 0 and label.search(before) is not None


def converted(money: Money, written: str) -> Yuan:
    """Return an amount in yuan at the exchange rate of the question, or what is missing for it."""
    if money.currency == CNY:
        return Yuan(money.value, start=money.start)
    if not money.currency:
        return Yuan(money.value, note=AS_YUAN, start=money.start)
    rate = EXCHANGE.search(written)
    if rate is None:
        return Yuan(None, _no_rate(money.currency))
    value = to_fen(money.value * Decimal(rate[1]))
    label = Text(f"{money.currency} 折合人民币", f"{money.currency} in yuan")
    expression = f"{digits(money.value)} × {digits(Decimal(rate[1]))}"
    stage = Stage(label, expression, yuan(value), article=CONVERSION)
    return Yuan(value, stages=(stage,), start=money.start)


AS_YUAN = Text("金额未注明币种，按人民币计算。", "No currency was given; taken as yuan.")
WHICH = Text("有几个金额，请说明哪一个是计税的金额", "say which of the amounts is the base")


def _no_rate(currency: str) -> Text:
    return Text(
        f"{currency} 兑人民币的计征汇率（上月第三个星期三的中间价），或者人民币金额",
        f"the duty rate of exchange for {currency} (central parity of the third Wednesday of the"
        " month before), or the amount in yuan",
    )
