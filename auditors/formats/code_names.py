"""What people write where a code belongs: the code, its name, or both."""

import re
from typing import NamedTuple

from knowledge.codes import CodeTable, code_and_name
from knowledge.fields import FormField
from knowledge.text import Text

DIRECTIONS = {"I": Text("进口", "Import"), "E": Text("出口", "Export")}
YES_OR_NO = {"0": Text("否", "No"), "1": Text("是", "Yes")}
IDEOGRAPH = re.compile("[\u3400-\u9fff]")


class Meaning(NamedTuple):
    """What was written, understood."""

    value: str | None
    """What the field is to hold; None where several codes may be meant."""
    notes: tuple[tuple[str, str], ...] = ()
    """Lists of the message block to note it in, and what each says it was read as."""


def few_codes(field: FormField) -> dict[str, Text]:
    """Return the codes of a field that has so few that no table lists them."""
    if field.name == "ie_flag":
        return DIRECTIONS
    return YES_OR_NO if field.name.endswith("_flag") and not field.table else {}


def by_table(table: CodeTable, written: str) -> Meaning:
    """Return what was meant by a code, a name, or `代码-名称`."""
    text = written.strip()
    if table.known(text):
        return Meaning(written)
    code, name = code_and_name(text)
    if not name or is_name(table, text):
        return _one_of(table.resolve(text), written)
    return _both(table, written, code, name)


def is_name(table: CodeTable, text: str) -> bool:
    """Return whether a text is, as a whole, the name of a code."""
    word = text.casefold()
    return any(word in map(str.casefold, (*row.name, *row.aliases)) for row in table.rows)


def _one_of(meant: tuple[str, ...], written: str, *also: tuple[str, str]) -> Meaning:
    if not meant:
        return Meaning(written, also)
    if len(meant) > 1:
        return Meaning(None, (*also, ("ambiguous", ",".join(meant))))
    digits = written.strip()
    lost = digits.isdigit() and meant[0].lstrip("0") == digits.lstrip("0")
    return Meaning(meant[0], (*also, ("lost_zeros" if lost else "named", meant[0])))


def _both(table: CodeTable, written: str, code: str, name: str) -> Meaning:
    """A code and a name in one cell: the code counts, the name confirms it or disagrees."""
    by_code, by_name = table.resolve(code), table.resolve(name)
    if not by_code and not (table.shape and table.shape.fullmatch(code)):
        return _one_of(by_name, written)
    if by_code and set(by_code) & set(by_name):
        return _one_of(tuple(each for each in by_code if each in by_name), written)
    disagreeing = (("disagreeing", ",".join(by_name)),) if by_name else ()
    return _one_of(by_code or (code,), written, *disagreeing)


def by_field(field: FormField, written: str) -> Meaning:
    """Return what was meant where no table lists the codes."""
    text = written.strip()
    few = few_codes(field)
    code, name = code_and_name(text)
    for each, names in few.items():
        if text.casefold() in map(str.casefold, names) or (name and code == each):
            return Meaning(each, (("named", each),))
    return _without_name(field, written, code, name) if name and not few else Meaning(written)


def _without_name(field: FormField, written: str, code: str, name: str) -> Meaning:
    """Take the code of `DEU061-汉堡`; `26-AB-123456` is a number of its own and stays whole."""
    if field.shape:
        whole = re.fullmatch(field.shape, written.strip())
        parted = bool(re.fullmatch(field.shape, code)) and not whole
    else:
        parted = bool(IDEOGRAPH.search(name))
    return Meaning(code, (("named", code),)) if parted else Meaning(written)
