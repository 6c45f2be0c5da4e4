"""The screen: what the field tables alone can tell of a value.

Blank where it must be filled, ill-formed, too long, untidy, unreadable, or refused by its code
table: all that is data of the form, checked by one compiled pass over the draft. What the pass
finds odd is looked at again, slowly, by `auditors.scrutiny`.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from auditors.declaration import Declaration
from auditors.names import PARTS
from knowledge.fields import SEVERAL, Block, FormField
from knowledge.library import Library

Odd = Callable[[FormField, int, Any], None]
PLACEHOLDERS = frozenset(
    [
        *("TBD", "tbd", "TBC", "tbc", "TBA", "tba", "XXX", "xxx", "XXXX", "xxxx", "N/A", "n/a"),
        *("待定", "待补", "待补充", "待填", "待确认", "测试", "暂无"),
    ]
)
"""Words that stand for a value still to come."""

UNTIDY = "not v or v.strip() is not v or not v.isprintable()"
"""True of a text that is empty, has blanks at an end, or holds a control character."""

BLOCKS = ("header", *PARTS, "sign")
SINGLE = ("header", "sign")


class Screen(NamedTuple):
    """The compiled pass; calls odd(field, part, value) for each value worth a second look."""

    run: Callable[[Declaration, Odd], None]
    text: str


@lru_cache(maxsize=8)
def screen(library: Library) -> Screen:
    """Return the pass over the fields of a library, compiled once."""
    room: dict[str, Any] = {"PLACEHOLDERS": PLACEHOLDERS}
    lines = ["def run(d, odd):"]
    for block in BLOCKS:
        lines += _walk(library, library.fields[block], room)
    text = "\n".join(lines)
    exec(compile(text, "<screen>", "exec"), room)  # noqa: S102 (our own text)
    return Screen(room["run"], text)


def _walk(library: Library, block: Block, room: dict[str, Any]) -> list[str]:
    checks = [line for field in block.fields.values() for line in _check(library, field, room)]
    if not checks:
        return []
    if block.id in SINGLE:
        return [f"    p = d.{block.id}", "    n = 0", *(f"    {line}" for line in checks)]
    start = f"    for n, p in enumerate(d.{block.id}, 1):"
    return [start, *(f"        {line}" for line in checks)]


def _check(library: Library, field: FormField, room: dict[str, Any]) -> Iterator[str]:
    doubts = list(_doubts(library, field, room))
    if not doubts and not field.need:
        return
    name = f"f{len(room)}"
    room[name] = field
    filled = "v" if field.kind in SEVERAL else "v is not None"
    yield f"v = p.{field.name}"
    if doubts:
        yield f"if {filled}:"
        if field.kind == "number":
            yield "    s = str(v)"
        yield f"    if {' or '.join(doubts)}: odd({name}, n, v)"
        if field.need:
            yield f"else: odd({name}, n, None)"
    else:
        yield f"if not ({filled}): odd({name}, n, None)"


def _doubts(library: Library, field: FormField, room: dict[str, Any]) -> Iterator[str]:
    """Expressions that are true of any value the slow look might object to."""
    if field.kind == "number" and field.format:
        yield from _number_doubts(field)
    elif field.kind == "count" and field.format:
        yield f"not 0 <= v < {10 ** field.digits[0]}"
    elif field.kind in {"code", "text"}:
        yield from _text_doubts(library, field, room)
    elif field.kind == "codes" and field.lookup:
        yield f"not {_known(library, field, room)}.issuperset(v)"


def _number_doubts(field: FormField) -> Iterator[str]:
    """A whole number short enough is plain at one glance; most are."""
    whole, decimals = field.digits
    bound = f"1{'0' * whole}"
    sign = "" if field.signed else "not '0' <= s[0] <= '9' or "
    odd = (
        f"{sign}'E' in s or 'N' in s or 'I' in s",
        f"'.' in s[:-{decimals + 1}]",
        f"len(s) > {whole} and not -{bound} < v < {bound}",
    )
    yield f"not (s.isdigit() and len(s) <= {whole}) and ({' or '.join(odd)})"


def _text_doubts(library: Library, field: FormField, room: dict[str, Any]) -> Iterator[str]:
    if field.table and field.lookup:
        yield f"v not in {_known(library, field, room)}"
        return
    if field.shape:
        pattern = f"m{len(room)}"
        room[pattern] = re.compile(field.shape, re.ASCII).fullmatch
        yield f"not {pattern}(v)"
        return
    if field.kind == "code":
        yield f"not (v.isascii() and v.isalnum()) and ({UNTIDY} or not v.isascii())"
    else:
        yield UNTIDY
    if field.required == "R":
        yield "v in PLACEHOLDERS"
    if field.length:
        yield f"len(v) > {field.length}"


def _known(library: Library, field: FormField, room: dict[str, Any]) -> str:
    """The codes a table has ever had: whether one is in force is for the dated rules to say.

    A code of the table that lacks the shape of its field is left to the slow look too.
    """
    name = f"t_{field.table}_{field.name}"
    codes = (row.code for row in library.table(field.table).rows)
    shaped = re.compile(field.shape or ".*", re.ASCII | re.DOTALL)
    room[name] = frozenset(code for code in codes if shaped.fullmatch(code))
    return name
