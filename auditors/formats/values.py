"""Single values: what a cell, an element or a JSON value says, read as its field's kind."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from auditors.part import CHINA, Day
from knowledge.fields import SEVERAL, FormField

LARGEST = 30
"""Powers of ten a number may have; no field of the form holds as many digits."""
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)

PEOPLES_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
PAIR = re.compile(r"\s*([^=:：,;\s]+)\s*[=:：]\s*([^,，;；\s]+)\s*")


class NotRead(Exception):
    """A value is not of its field's kind; `kind` names the trouble."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def read_value(field: FormField, raw: Any) -> Any:
    """Return a raw value as its field's kind; None where it is blank.

    Raises:
        NotRead: it is not of that kind.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return [] if field.kind in SEVERAL else None
    if isinstance(raw, bool):
        raise NotRead(field.kind)
    return _READERS[field.kind](raw)


def tidy_number(raw: str) -> str:
    """Return a number without blanks and in half-width digits.

    >>> tidy_number(" １２.5 ")
    '12.5'
    """
    return unicodedata.normalize("NFKC", raw).strip()


def plain_day(raw: str) -> str:
    """Return a day that people wrote year first as `2026-03-02`, anything else as it is.

    >>> plain_day("2026/3/2"), plain_day("2026年3月2日"), plain_day("3/2/26")
    ('2026-03-02', '2026-03-02', '3/2/26')
    """
    found = PEOPLES_DAY.fullmatch(raw.strip())
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else raw


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, datetime | date):
        return raw.isoformat()
    if isinstance(raw, int | float | Decimal):
        return _figure(raw)
    raise NotRead("text")


def _figure(raw: int | float | Decimal) -> str:
    """Write a number as a person would have typed it: 110, not 110.0."""
    if isinstance(raw, int):
        return str(raw)
    value = Decimal(repr(raw)) if isinstance(raw, float) else raw
    if not value.is_finite():
        raise NotRead("text")
    return f"{value.to_integral_value():f}" if value == value.to_integral_value() else f"{value:f}"


def _number(raw: Any) -> Decimal:
    if isinstance(raw, int | Decimal):
        value = Decimal(raw)
    elif isinstance(raw, float):
        value = Decimal(repr(raw))
    elif isinstance(raw, str) and PLAIN_NUMBER.fullmatch(tidy_number(raw)):
        value = Decimal(tidy_number(raw))
    else:
        raise NotRead("number")
    if not value.is_finite() or abs(value.adjusted()) > LARGEST:
        raise NotRead("number")
    return value


def _count(raw: Any) -> int:
    value = _number(raw)
    if value != value.to_integral_value():
        raise NotRead("count")
    return int(value)


def _date(raw: Any) -> Day:
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Day(raw.year, raw.month, raw.day)
    digits = _text(raw).strip()
    if not re.fullmatch(r"\d{8}|\d{4}-\d{2}-\d{2}", digits, re.ASCII):
        raise NotRead("date")
    try:
        return Day.fromisoformat(digits)
    except ValueError:
        raise NotRead("date") from None


def _moment(raw: Any) -> datetime:
    """A time without a zone is taken for that of China, as on the Single Window."""
    try:
        moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(_text(raw).strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotRead("moment") from None


def _listed(raw: Any) -> list[Any]:
    if isinstance(raw, list):
        return raw
    return [each for each in re.split(r"[,，;；、\s]+", _text(raw)) if each]


def _codes(raw: Any) -> list[str]:
    return [_text(each) for each in _listed(raw)]


def _counts(raw: Any) -> list[int]:
    return [_count(each) for each in _listed(raw)]


def _numbers(raw: Any) -> dict[str, Decimal]:
    """A mapping, or as text `EUR=7.8;USD=7.1`."""
    if isinstance(raw, str):
        pairs = [PAIR.fullmatch(each) for each in re.split("[,，;；]", raw) if each.strip()]
        raw = {pair[1]: pair[2] for pair in pairs if pair} if all(pairs) else None
    if not isinstance(raw, Mapping):
        raise NotRead("numbers")
    return {str(name): _number(value) for name, value in raw.items()}


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "code": _text,
    "text": _text,
    "number": _number,
    "count": _count,
    "date": _date,
    "moment": _moment,
    "codes": _codes,
    "counts": _counts,
    "texts": _codes,
    "numbers": _numbers,
}
