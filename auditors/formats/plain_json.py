"""Our own JSON, both ways.

Two roads lead from bytes to a draft. Most drafts are sound, and for those `sound_json` decodes the
bytes straight into the draft. Where it has a doubt, the careful reader goes value by value and
notes what it met. Both give the same draft for the same sound bytes; the tests hold them to it.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from auditors.declaration import Declaration
from auditors.formats.building import Builder
from auditors.formats.json_text import (
    SURROGATE,
    decoded,
    of_depth,
    of_half_character,
    of_no_number,
    of_second_key,
    spot,
)
from auditors.formats.reading import Reading, Unreadable, refuse_size
from auditors.formats.sound_json import ALIASES, GROUPS, at_once
from auditors.notation import Stood
from auditors.place import Place
from knowledge.library import Library
from knowledge.text import Text

MAX_DEPTH = 40
"""Deepest nesting that is looked into; a draft has six levels."""
LONG = 19
"""From this many digits on, a whole number is read as a `Decimal`."""
LONGEST_EXPONENT = 3
LONGEST_KEY = 40
"""Signs of a key that are shown."""

TOO_DEEP = Text("嵌套过深", "nested too deeply")
NO_OBJECT = Text("最外层不是对象 {…}", "the top is no object {…}")
HALF_CHARACTER = Text(
    "文字中有不成对的代理项（半个字符）", "a text holds half a character (lone surrogate)"
)
SAMPLES = Text("改正后再试，可对照 examples/ 中的样例", "Correct it; see examples/ for a sound one")
FAULTS: Mapping[str, str] = {
    "Expecting value": "此处应有一个值",
    "Expecting ',' delimiter": "此处应有逗号",
    "Expecting ':' delimiter": "键名后应有冒号",
    "Expecting property name enclosed in double quotes": "此处应有双引号括起的键名",
    "Illegal trailing comma before end of object": "最后一项后面多了逗号",
    "Illegal trailing comma before end of array": "最后一项后面多了逗号",
    "Extra data": "结尾之后还有内容",
    "Unterminated string starting at": "引号没有闭合",
    "Invalid control character at": "文字中有未转义的控制字符",
    "Invalid \\escape": "反斜杠后的转义无效",
    "Invalid \\uXXXX escape": "\\u 转义无效",
}
"""What the standard library says of broken JSON, in Chinese."""

_ENCODER = msgspec.json.Encoder(enc_hook=str)
_NO_MESSAGE = Declaration().message


def read_json(content: bytes, library: Library, name: str = "") -> Reading:
    """Read a draft from our JSON.

    Raises:
        Unreadable: the bytes are no JSON object, or hold keys twice, NaN or a broken text.
    """
    refuse_size(content)
    if sound := at_once(content):
        return Reading(sound.draft, "json", name, Stood(pointers=sound.pointers), content)
    return carefully(content, library, name)


def carefully(content: bytes, library: Library, name: str = "") -> Reading:
    """Read a draft value by value, noting what is odd.

    Raises:
        Unreadable: there is no JSON object in these bytes.
    """
    text, encoding = decoded(content)
    raw = parse(text)
    builder = Builder(library, "json")
    if raw.pop("extras", None) is not None:
        builder.note("unknown", Place(""), "extras")
    pointers: dict[Place, str] = {}
    if isinstance(raw.get("header"), dict):
        raw["header"] = _ungrouped(raw["header"], pointers, builder)
    draft = builder.declaration(raw, encoding=encoding)
    return Reading(draft, "json", name, Stood(pointers=pointers), content)


def _ungrouped(
    header: dict[str, Any], pointers: dict[Place, str], builder: Builder
) -> dict[str, Any]:
    """Return the header with grouped fields under their own names.

    A field that is written both ways counts as written in the group.
    """
    groups = {name: held for name, held in header.items() if name in GROUPS}
    plain = {name: value for name, value in header.items() if name not in GROUPS}
    for name, (group, inner) in ALIASES.items():
        held = groups.get(group)
        if not isinstance(held, dict) or inner not in held:
            continue
        value, place = held.pop(inner), Place("header", 0, name)
        if value is None:
            continue
        if plain.get(name) is not None:
            builder.note("repeated", place, plain[name])
        plain[name] = value
        pointers[place] = f"/header/{group}/{inner}"
    return plain | {group: held for group, held in groups.items() if held and held != {}}


class _Fault(Exception):
    """Well-formed JSON that no draft may be; knows how to find the place in the text."""

    def __init__(self, says: Text, find: Callable[[str], int | None]) -> None:
        super().__init__(says.en)
        self.says = says
        self.find = find


def parse(text: str) -> dict[str, Any]:
    """Parse a JSON object strictly: no key twice, no NaN, numbers as `Decimal`.

    Raises:
        Unreadable: it is no such object; says where.
    """
    try:
        raw = json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_float=_figure,
            parse_int=_whole,
            parse_constant=_no_number,
        )
        _look_through(raw)
    except json.JSONDecodeError as fault:
        raise _no_json(Text(FAULTS.get(fault.msg, fault.msg), fault.msg), text, fault.pos) from None
    except RecursionError:
        raise _no_json(TOO_DEEP, text, of_depth(text, MAX_DEPTH)) from None
    except _Fault as fault:
        raise _no_json(fault.says, text, fault.find(text)) from None
    if not isinstance(raw, dict):
        raise _no_json(NO_OBJECT, text, len(text) - len(text.lstrip()))
    return raw


def _no_json(fault: Text, text: str, offset: int | None) -> Unreadable:
    return Unreadable(
        Text(f"不是有效的 JSON 报关单：{fault.zh}", f"This is not a JSON declaration: {fault.en}"),
        SAMPLES,
        "" if offset is None else spot(text, offset),
    )


def _look_through(raw: Any) -> None:
    """Refuse what a draft cannot hold: half a character, or things nested without end."""
    level = [raw]
    for _ in range(MAX_DEPTH + 1):
        if any(isinstance(each, str) and SURROGATE.search(each) for each in level):
            raise _Fault(HALF_CHARACTER, of_half_character)
        level = [inner for each in level for inner in _inner(each)]
    if level:
        raise _Fault(TOO_DEEP, lambda text: of_depth(text, MAX_DEPTH))


def _inner(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        times = Counter(key for key, _ in pairs)
        key = next(key for key in times if times[key] > 1)[:LONGEST_KEY]
        says = Text(f"键“{key}”在同一对象中出现两次", f'the key "{key}" stands twice in one object')
        raise _Fault(says, of_second_key)
    return read


def _whole(digits: str) -> Decimal | int:
    return int(digits) if len(digits) < LONG else Decimal(digits)


def _figure(digits: str) -> Decimal | str:
    """A number so large or small that no draft holds it stays a text, and is not read."""
    exponent = digits.lower().partition("e")[2].lstrip("+-")
    return Decimal(digits) if len(exponent) <= LONGEST_EXPONENT else digits


def _no_number(written: str) -> Any:
    raise _Fault(Text(f"{written} 不是数值", f"{written} is not a number"), of_no_number)


def write_json(draft: Declaration) -> bytes:
    """Return a draft as our JSON: canonical names, numbers as texts, two blanks of indent."""
    plain = msgspec.structs.replace(draft, schema="cn-dec/1", message=_NO_MESSAGE, extras=())
    return msgspec.json.format(_ENCODER.encode(plain), indent=2) + b"\n"
