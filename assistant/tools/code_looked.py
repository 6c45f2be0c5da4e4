"""Which rows of the code tables a question names: by code, by name, or by both."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.shelf import Shelf
from assistant.tools.asking import left_over
from assistant.turn import Turn
from knowledge.codes import CodeTable, Row
from knowledge.index.references import CODE, LICENCE
from knowledge.index.terms import plain
from knowledge.library import Library

ASKED = (
    r"代码表?|编码|编号|代号|代表|表示|意思|含义|对应|名称|指的?|填|写|选|几号?|多少|哪一?个|哪里|哪儿|数字|字母|进口|出口|报关单?|海关|里面?|中|证(?!书)|号|应|用|还|能|"
    r"现在|目前|有效|停用|存在|没有|有|吗|不|叫|做|为|属于|以前|原来|旧|老|新|改成|改为|换成|变成|后来|分别|对吗|对吧|对不对|吧|是不是|没错|没记错|栏|享惠|(?:办结)?放行[前后]",
    r"\b(?:codes?|mean|means|meaning|stands?|stand for|represent|number|no|called|which|chinese|china|customs|declaration|"
    r"use|used|valid|exist|exists|still|there|name|look up|lookup|tell|me|about|row|table|types?|any|digit|letter|"
    r"old|older|former|formerly|new|now|changed|become|became|right|correct|on|entry|isn't it)\b",
)
CODED = re.compile(r"代码|编码|代号|\bcodes?\b")
SURE = re.compile(r"对吗|对吧|对不对|是不是|没错|没记错|吧|\bright\b|\bcorrect\b|isn't it")
"""Somebody says which row it is and wants to be sure."""
WHICH = re.compile(r"哪一?个|分别是|\bwhich\b")
LITTLE = frozenset(
    [
        "what",
        "is",
        "what's",
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "on",
        "and",
        "or",
        "to",
        "as",
        "with",
    ]
)


class Looked(NamedTuple):
    """A code looked up in a table; the row is missing where the table has none."""

    table: str
    code: str
    row: Row | None


def looked_up(
    written: str, named: Mapping[str, tuple[str, ...]], turn: Turn, shelf: Shelf
) -> tuple[list[Looked], list[str]]:
    """Return the rows a question names and the words it names them with.

    Args:
        written: the question as it is written.
        named: the tables it names.
        turn: what was understood of it.
        shelf: holds the tables.
    """
    text = plain(written)
    looked, words = _by_code(written, named, turn, shelf)
    if looked and SURE.search(text):
        others = [each for each in _by_mention(turn, shelf) if each not in looked]
        looked = [*looked, *others] if looked[0].row else (others or looked)
    if not looked:
        looked, words = _by_name(text, named, shelf)
    if not looked and (CODED.search(text) or (named and WHICH.search(text))):
        looked, words = _by_mention(turn, shelf), CODE.findall(written)
    called = [name for each in looked if each.row for name in _called(each.row)]
    return looked, [*words, *called]


def _by_mention(turn: Turn, shelf: Shelf) -> list[Looked]:
    """The rows a question was understood to name, in words or by code."""
    held = [each.partition("#") for each in turn.understood.mentions.codes]
    every = shelf.library.tables()
    return [
        Looked(table, code, shelf.library.table(table).known(code))
        for table, _, code in held
        if table in every
    ]


def _called(row: Row) -> Iterator[str]:
    for word in (*row.name, row.more.get("full_zh", ""), *row.aliases):
        yield word
        yield re.sub(r"\s*[(（].*$", "", word)


def _by_code(
    written: str, named: Mapping[str, tuple[str, ...]], turn: Turn, shelf: Shelf
) -> tuple[list[Looked], list[str]]:
    tables = tuple(dict.fromkeys(table for group in named.values() for table in group))
    told = {each.partition("#")[2] for each in turn.understood.mentions.codes}
    like = (c for c in CODE.findall(written) if _like_a_code(c) or c in told)
    codes = list(dict.fromkeys((*LICENCE.findall(written), *like)))
    coded = bool(CODED.search(plain(written)))
    found = [each for code in codes for each in _in_tables(code, tables, shelf, coded=coded)]
    if not tables:
        found = [each for each in _by_mention(turn, shelf) if each.code in codes]
    return found, codes


def _like_a_code(word: str) -> bool:
    return any(sign.isdigit() for sign in word) or (word.isupper() and len(word) <= 3)


def _in_tables(
    code: str, tables: tuple[str, ...], shelf: Shelf, *, coded: bool
) -> Iterator[Looked]:
    """The rows of a code; of none, the first table where it is said to be a code or looks it."""
    every = [*tables, *(f"{t}_legacy" for t in tables if f"{t}_legacy" in shelf.library.tables())]
    rows = [
        Looked(name, code, table.known(found))
        for name in every
        if (table := shelf.library.table(name)) and (found := _code_of(table, code))
    ]
    if rows:
        yield from rows[:1]
    elif tables and (coded or any(_shaped(table, code, shelf) for table in tables)):
        fits = (table for table in tables if _shaped(table, code, shelf))
        yield Looked(next(fits, tables[0]), code, None)


def _shaped(table: str, code: str, shelf: Shelf) -> bool:
    shape = shelf.library.table(table).shape
    return bool(shape and shape.fullmatch(code))


def _code_of(table: CodeTable, written: str) -> str:
    """The code as the table has it: as written, in capitals, or what replaced an older one."""
    for code in (written, written.upper()):
        if table.known(code):
            return code
    older = [row.code for row in table.rows if written in row.legacy]
    return older[0] if len(older) == 1 else ""


def _by_name(
    text: str, named: Mapping[str, tuple[str, ...]], shelf: Shelf
) -> tuple[list[Looked], list[str]]:
    """Rows named in words: `美元的币制代码`, `USA code`."""
    if not CODED.search(text):
        return [], []
    tables = tuple(dict.fromkeys(table for group in named.values() for table in group))
    rest = left_over(text, named, ASKED).strip(" ?？!。.,，:：“”\"'")
    word = rest.removeprefix("是").removesuffix("是").strip()
    if not word:
        return [], []
    held = _rows_called(shelf.library, named=bool(tables)).get(_key(word), ())
    found = [(table, code) for table, code in held if not tables or table in tables]
    rows = [Looked(name, code, shelf.library.table(name).known(code)) for name, code in found]
    return rows, [word]


@lru_cache(maxsize=4)
def _rows_called(library: Library, *, named: bool) -> Mapping[str, list[tuple[str, str]]]:
    """Tables and codes by what their rows are called in plain spelling.

    A code counts as a name too where no table is named: `USA code`.
    """
    called: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table in library.tables():
        for row in library.table(table).rows:
            own = (*_called(row), "" if named else row.code)
            for word in {_key(plain(word)) for word in own if word}:
                called[word].append((table, row.code))
    return called


def _key(word: str) -> str:
    """A name for looking up; an English one without its plurals and little words, in any order."""
    if not word.isascii():
        return "".join(word.split())
    own = (each for each in re.findall(r"[a-z0-9]+", word) if each not in LITTLE)
    return " ".join(sorted(each.rstrip("s") or each for each in own))
