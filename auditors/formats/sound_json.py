"""The quick road: sound JSON, straight from the bytes into a draft.

`msgspec` decodes without a word on the way, and forgives what a draft must not hold in silence:
a key that stands twice, `" 12 "`, `1_000`, `NaN` or full-width digits where a number stands. So
the bytes are looked at once more. Whatever raises a doubt is left to the careful reader, which
costs time and no more.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from inspect import get_annotations
from typing import Any, NamedTuple, get_args

import msgspec

from auditors.declaration import Container, Declaration, Header, Item
from auditors.part import Part
from auditors.place import Place

ALIASES: Mapping[str, tuple[str, str]] = {
    "fee_mark": ("fee", "mark"),
    "fee_rate": ("fee", "rate"),
    "fee_curr": ("fee", "currency"),
    "insur_mark": ("insurance", "mark"),
    "insur_rate": ("insurance", "rate"),
    "insur_curr": ("insurance", "currency"),
    "other_mark": ("other_charges", "mark"),
    "other_rate": ("other_charges", "rate"),
    "other_curr": ("other_charges", "currency"),
    "special_relation_flag": ("promise", "special_relation"),
    "price_effect_flag": ("promise", "price_effect"),
    "royalty_flag": ("promise", "royalty"),
    "formula_price_flag": ("promise", "formula_price"),
    "provisional_price_flag": ("promise", "provisional_price"),
}
"""Fields that may also be written as a group: `"fee": {"mark": "3", …}`."""

GROUPS = frozenset(group for group, _ in ALIASES.values())

UNSCREENED = ("documents", "transit", "risk", "context")
"""The blocks that no screen looks at; permits, which stand within items, are another."""


def _figures(kind: type) -> list[str]:
    return [name for name, hint in get_annotations(kind).items() if Decimal in get_args(hint)]


FIGURES = frozenset(["rate", *(name for kind in Part.__subclasses__() for name in _figures(kind))])
"""Fields that hold numbers."""


class Sound(NamedTuple):
    """A draft as decoded, and where its grouped fields stood."""

    draft: Declaration
    pointers: Mapping[Place, str] = {}


def at_once(content: bytes) -> Sound | None:
    """Decode sound bytes; None where they need the careful reader.

    A text of the header, an item or a container that is blank stays as it stood; the screen
    takes it for blank, as in a draft made by a program.
    """
    if b"\\" in content and _ODD_ESCAPES.search(content):
        return None
    try:
        raw = _PLAIN.decode(content)
        document = _converted(raw)
        if _foreign(document) or _odd(content, raw):
            return None
    except (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError):
        return None
    return _flat(document) if isinstance(document, _Document) else Sound(document)


class _Charge(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    mark: str | None = None
    rate: Decimal | None = None
    currency: str | None = None


class _Promise(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    special_relation: str | None = None
    price_effect: str | None = None
    royalty: str | None = None
    formula_price: str | None = None
    provisional_price: str | None = None


class _GroupedHeader(Header, frozen=True, kw_only=True):
    fee: _Charge | None = None
    insurance: _Charge | None = None
    other_charges: _Charge | None = None
    promise: _Promise | None = None


class _Document(Declaration, frozen=True, kw_only=True):
    header: _GroupedHeader = _GroupedHeader()


msgspec.convert({}, _Document)  # while no other thread can: see `Declaration`


def _day(kind: type, written: Any) -> Any:
    """Read a day; weeks and ordinals, which the standard library reads too, are refused."""
    if not isinstance(written, str) or not written.replace("-", "").isdigit():
        raise ValueError(written)
    if len(written) not in {8, 10}:
        raise ValueError(written)
    return kind.fromisoformat(written)  # type: ignore[attr-defined]  # `Day` is the only kind


_READ_DAY: Any = lru_cache(maxsize=4096)(_day)
"""The days of a season come again in every draft."""

_PLAIN = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder()
_NOTHING = Declaration()
_HEADER, _ITEM, _CONTAINER = map(_figures, (Header, Item, Container))

_PLAIN_SIGNS = b'0123456789.,"[]nul'
"""What a list of numbers is written with, `null` for the blank ones among them; other numbers of
letters (NaN, Infinity, 1E3) hold some that are not here."""

_ODD_ESCAPES = re.compile(rb"\\u(?:003|d[89a-f])", re.IGNORECASE)
"""Escaped colons, which would spoil the count of keys, and halves of a character."""


def _converted(raw: Any) -> Declaration:
    try:
        return msgspec.convert(raw, Declaration, dec_hook=_READ_DAY)
    except msgspec.ValidationError:
        return msgspec.convert(raw, _Document, dec_hook=_READ_DAY)


def _foreign(draft: Declaration) -> bool:
    """Whether the bytes held a block that only readers write."""
    return draft.message is not _NOTHING.message or bool(draft.extras)


def _odd(content: bytes, raw: Mapping[str, Any]) -> bool:
    """Whether a key stands twice, a number is oddly written or a text no screen sees is blank."""
    header, items = raw.get("header") or {}, raw.get("items") or ()
    figures = [header.get(name) for name in _HEADER]
    figures += [item.get(name) for item in items for name in _ITEM]
    figures += [each.get(name) for each in raw.get("containers") or () for name in _CONTAINER]
    inner = [header[name] for name in GROUPS if name in header]
    inner += [item["goods_limits"] for item in items if "goods_limits" in item]
    others = inner + [raw[name] for name in UNSCREENED if name in raw]
    return (
        _blank_within(others, figures)
        or _odd_figures(figures)
        or _holds_a_key_twice(content, raw, others)
    )


def _blank_within(others: list[Any], figures: list[Any]) -> bool:
    """Whether a text is blank somewhere; the numbers that are met are added to the others."""
    for value in others:  # which grows on the way
        pairs = value.items() if type(value) is dict else (("", each) for each in value or ())
        for name, each in pairs:
            if name in FIGURES:
                figures += each.values() if type(each) is dict else (each,)
            if type(each) is dict or type(each) is list:
                others.append(each)
            elif type(each) is str and not each.strip():
                return True
    return False


def _odd_figures(figures: list[Any]) -> bool:
    """Whether a number is written with more than digits, a sign and a point between digits."""
    written = _ENCODER.encode(figures).translate(None, b"+-")
    return bool(written.translate(None, _PLAIN_SIGNS)) or b'".' in written or b'."' in written


def _holds_a_key_twice(content: bytes, raw: Mapping[str, Any], others: list[Any]) -> bool:
    """Whether the values lack a key that the bytes had: then they lack its colon too.

    Mostly there are just the colons behind the keys. Where texts hold some too, the values are
    written out again to count them.
    """
    colons = content.count(b":")
    return colons != _keys(raw, others) and colons != _ENCODER.encode(raw).count(b":")


def _keys(raw: Mapping[str, Any], others: list[Any]) -> int:
    """How many keys there are: of the draft, of each block or its parts, and within these."""
    held = [raw, *others]
    for name, block in raw.items():
        if type(block) is list:
            held += block
        elif name not in UNSCREENED:
            held.append(block)
    return sum([len(each) for each in held if type(each) is dict])


def _flat(document: _Document) -> Sound | None:
    """Return the draft with grouped fields under their own names; None where one has both."""
    header = {name: getattr(document.header, name) for name in Header.__struct_fields__}
    pointers: dict[Place, str] = {}
    for name, place, value in _grouped(document.header):
        if header[name] is not None:
            return None
        header[name] = value
        pointers[Place("header", 0, name)] = place
    blocks = {name: getattr(document, name) for name in Declaration.__struct_fields__}
    return Sound(Declaration(**(blocks | {"header": Header(**header)})), pointers)


def _grouped(header: _GroupedHeader) -> Iterator[tuple[str, str, Any]]:
    for name, (group, inner) in ALIASES.items():
        held = getattr(header, group)
        if held is not None and (value := getattr(held, inner)) is not None:
            yield name, f"/header/{group}/{inner}", value
