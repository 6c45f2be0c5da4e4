"""Our own JSON, both ways.

Two roads lead from bytes to a draft. Most drafts are sound, and for those `msgspec` decodes the
bytes straight into the draft. Where a quick look at the bytes shows that something may be odd,
or the decoder refuses, the careful reader goes value by value and notes what it met. Both give
the same draft for the same sound bytes; the tests hold them to it.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from auditors.declaration import Declaration, Header, Message
from auditors.formats.building import Builder
from auditors.formats.reading import Reading, Unreadable, refuse_size
from auditors.notation import Stood
from auditors.place import Place
from knowledge.library import Library
from knowledge.text import Text

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
MAX_DEPTH = 40


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


def _day(kind: type, written: str) -> Any:
    if len(written) not in {8, 10}:
        raise ValueError(written)
    return kind.fromisoformat(written)  # type: ignore[attr-defined]


_PLAIN = msgspec.json.Decoder(Declaration, dec_hook=_day)
_GROUPED = msgspec.json.Decoder(_Document, dec_hook=_day)


_NO_MESSAGE = Declaration().message
_ENCODER = msgspec.json.Encoder(enc_hook=str)

_ODD_ESCAPES = re.compile(rb"\\(?:u(?:0|20|3000|feff|ff1|d[89ab])|[bfnrt])", re.IGNORECASE)

_DIGITS = bytes(48 if 48 <= sign <= 57 else sign for sign in range(256))
"""Maps every digit to 0, so that one search finds `1_000`."""


def read_json(content: bytes, library: Library, name: str = "") -> Reading:
    """Read a draft from our JSON.

    Raises:
        Unreadable: the bytes are no JSON object, or hold keys twice, NaN or a broken text.
    """
    refuse_size(content)
    if draft := _at_once(content):
        return Reading(draft, "json", name, source=content)
    return _carefully(content, library, name)


def _at_once(content: bytes) -> Declaration | None:
    """Decode sound bytes; None where they need the careful reader."""
    if b"\\" in content and _ODD_ESCAPES.search(content):
        return None
    try:
        draft = _PLAIN.decode(content)
    except (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError):
        return _grouped(content)
    return None if _foreign(draft) or _differs(content, draft) else draft


def _grouped(content: bytes) -> Declaration | None:
    """Decode sound bytes that write some fields as groups."""
    try:
        document = _GROUPED.decode(content)
    except (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError):
        return None
    return None if _foreign(document) or _differs(content, document) else _flat(document)


def _foreign(draft: Declaration) -> bool:
    """Whether the bytes held a block that only readers write."""
    return draft.message is not _NO_MESSAGE or bool(draft.extras)


def _differs(content: bytes, document: Declaration) -> bool:
    """Whether the document written anew lacks something the bytes had.

    A key that stood twice is missing a colon, `1_000` its underscore, and a full-width figure
    its wide digits. Empty lists and nulls are written by people and not by the encoder, and are
    allowed for; colons within texts stand in both. A doubt costs the careful road and no more.
    """
    anew = _ENCODER.encode(document)
    colons = content.count(b":") - anew.count(b":")
    if colons and colons != _empties(content, anew):
        colons -= content.count(b"null") - anew.count(b"null")
        if colons != _empties(content, anew):
            return True
    if not content.isascii() and b"\\" not in content and _wide(content) != _wide(anew):
        return True
    return content.count(b"_") != anew.count(b"_") and b"0_0" in content.translate(_DIGITS)


def _empties(content: bytes, anew: bytes) -> int:
    """How many empty lists and blocks stand in the bytes and not in them anew."""
    lists = content.count(b"[") - anew.count(b"[")
    return lists + content.count(b"{") - anew.count(b"{")


def _wide(content: bytes) -> int:
    return len(content) - len(content.decode())


def _flat(document: _Document) -> Declaration:
    """Return the draft with grouped fields under their own names."""
    header = {name: getattr(document.header, name) for name in Header.__struct_fields__}
    for name, (group, inner) in ALIASES.items():
        held = getattr(document.header, group)
        if held is not None and getattr(held, inner) is not None:
            header[name] = getattr(held, inner)
    blocks = {name: getattr(document, name) for name in Declaration.__struct_fields__}
    return Declaration(**(blocks | {"header": Header(**header)}))


def _carefully(content: bytes, library: Library, name: str) -> Reading:
    raw = parse(decoded(content)[0])
    builder = Builder(library, "json")
    encoding = decoded(content)[1]
    pointers: dict[Place, str] = {}
    header = raw.get("header")
    if isinstance(header, dict):
        raw["header"] = _ungrouped(header, pointers)
    draft = builder.declaration(raw, encoding=encoding)
    return Reading(draft, "json", name, Stood(pointers=pointers), content)


def _ungrouped(header: dict[str, Any], pointers: dict[Place, str]) -> dict[str, Any]:
    groups = {name: held for name, held in header.items() if name in GROUPS}
    plain = {name: value for name, value in header.items() if name not in GROUPS}
    for name, (group, inner) in ALIASES.items():
        held = groups.get(group)
        if isinstance(held, dict) and inner in held:
            plain[name] = held.pop(inner)
            pointers[Place("header", 0, name)] = f"/header/{group}/{inner}"
    left = {group: held for group, held in groups.items() if held and held != {}}
    return plain | left


def decoded(content: bytes) -> tuple[str, str | None]:
    """Return the text of a file, and its encoding where it is not UTF-8.

    Raises:
        Unreadable: it is neither UTF-8 nor GB18030.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), None if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        Text("文件既不是 UTF-8 也不是 GB18030 编码", "The file is neither UTF-8 nor GB18030"),
        Text("另存为 UTF-8 后再试", "Save it as UTF-8 and try again"),
        code="CN-M005",
    )


def parse(text: str) -> dict[str, Any]:
    """Parse a JSON object strictly: no key twice, no NaN, numbers as `Decimal`.

    Raises:
        Unreadable: it is no such object; says where.
    """
    try:
        raw = json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise _no_json(f"{fault.msg}", where) from None
    except RecursionError:
        raise _no_json("nested too deeply", "") from None
    if not isinstance(raw, dict):
        raise _no_json(f"the top is {type(raw).__name__}, not an object", "line 1")
    if _surrogate.search(text) or any(map(_lone, _texts(raw))):
        raise _no_json("a text holds half a character (lone surrogate)", "")
    return raw


_surrogate = re.compile("[\ud800-\udfff]")


def _lone(text: str) -> bool:
    return bool(_surrogate.search(text))


def _texts(raw: Any) -> list[str]:
    if isinstance(raw, str):
        return [raw]
    if isinstance(raw, dict):
        return [text for pair in raw.items() for each in pair for text in _texts(each)]
    return [text for each in raw for text in _texts(each)] if isinstance(raw, list) else []


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        twice = next(key for key in read if sum(key == each for each, _ in pairs) > 1)
        raise _no_json(f'the key "{twice[:40]}" stands twice in one object', "")
    return read


def _whole(digits: str) -> Decimal | int:
    return int(digits) if len(digits) < 19 else Decimal(digits)


def _no_constant(written: str) -> Any:
    raise _no_json(f"{written} is not a number", "")


def _no_json(fault: str, where: str) -> Unreadable:
    return Unreadable(
        Text(f"不是有效的 JSON 报关单：{fault}", f"This is not a JSON declaration: {fault}"),
        Text("改正后再试，可对照 examples/ 中的样例", "Correct it; see examples/ for a sound one"),
        where,
    )


def write_json(draft: Declaration) -> bytes:
    """Return a draft as our JSON: canonical names, numbers as texts, two blanks of indent."""
    plain = msgspec.structs.replace(draft, schema="cn-dec/1", message=Message(), extras=())
    written = msgspec.json.format(_ENCODER.encode(plain), indent=2)
    return written + b"\n"
