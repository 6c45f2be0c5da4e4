"""What a code of a table stands for, or which code something has, on the day asked about."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import timedelta

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in, left_over, size
from assistant.tools.code_looked import ASKED, Looked, looked_up
from assistant.tools.saying import confirmed, told
from assistant.tools.table_names import tables_in
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.codes import CodeTable, Row
from knowledge.index.references import tariff_codes_in
from knowledge.index.terms import plain
from knowledge.text import Text

ROOM = 1
CHOICE = re.compile(r"还是|\bor\b")
"""Which of two codes to use is no look-up."""
MOST = 3


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the rows a question names by code or by name."""
    written = unicodedata.normalize("NFKC", asked_in(turn))
    text = plain(written)
    named = tables_in(text, shelf.library)
    looked, words = looked_up(written, named, turn, shelf)
    goods = set(turn.understood.mentions.tariff or tariff_codes_in(text))
    if goods - {each.code for each in looked} or CHOICE.search(text):
        return None
    beside = left_over(text, (*words, *named), ASKED)
    if not looked or len(looked) > MOST or size(beside) > ROOM or not _each_named(named, looked):
        return None
    said = [sentence for each in looked for sentence in _said(each, turn, shelf)]
    sure = [
        each for each in looked if each.row or _denied(shelf.library.table(each.table), each.code)
    ]
    return Worked(
        tool=TOOL.name,
        sentences=tuple(said),
        data={
            "codes": [
                f"{each.table}#{each.row.code if each.row else each.code}" for each in looked
            ],
            "since": [str(shelf.library.table(each.table).span.since or "") for each in looked],
        },
        status="answer" if sure else "abstain",
    )


def _each_named(named: dict[str, tuple[str, ...]], looked: Iterable[Looked]) -> bool:
    """Whether each table the question names has a code or a name looked up in it."""
    tables = {each.table.removesuffix("_legacy") for each in looked}
    return all(any(table in tables for table in group) for group in named.values())


def _said(each: Looked, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    table = shelf.library.table(each.table)
    if each.row is None:
        yield _missing(table, each, turn, shelf)
        return
    row, lang = each.row, turn.lang
    name, mark = _title(table), confirmed(row.status)
    full = row.more.get("full_zh", "")
    more = f"，即{full}" if full and full != row.name.zh else ""
    text = Text(
        f"{name.zh}代码 {row.code} 是“{row.name.zh}”（{row.name.en}）{more}{mark.zh}",
        f"{name.en}, code {row.code}: {row.name.en} ({row.name.zh}){mark.en}",
    )
    yield told(text, lang, f"{each.table}#{row.code}", shown=(row.code,))
    yield from _days(each, row, table, turn)


def _days(each: Looked, row: Row, table: CodeTable, turn: Turn) -> Iterator[Sentence]:
    """Whether it may be used that day, and what instead."""
    lang, span, cite = turn.lang, row.span, f"{each.table}#{row.code}"
    if each.code.upper() != row.code and each.code in row.legacy:
        since = table.span.since
        text = Text(
            f"{each.code} 是旧代码，{f'{since}起' if since else '现在'}改用 {row.code}",
            f"{each.code} is the old code; {row.code} is used {f'since {since}' if since else 'now'}",
        )
        yield told(text, lang, cite, shown=(each.code, text.said_in(lang)))
    if span.until and span.until < turn.day:
        instead = (
            Text(f"，改用 {row.successor}", f"; use {row.successor}")
            if row.successor
            else Text("", "")
        )
        over = span.until + timedelta(days=1)
        text = Text(f"它从{over}起停用{instead.zh}", f"It is out of use since {over}{instead.en}")
        yield told(text, lang, cite, shown=(text.said_in(lang),))
    elif (begins := span.since or table.span.since) and begins > turn.day:
        text = Text(
            f"它{begins}起才用，{turn.day}还不能用",
            f"It is in use since {begins}, not yet on {turn.day}",
        )
        yield told(text, lang, cite, shown=(text.said_in(lang),))
    elif span.since:
        text = Text(
            f"{span.since}起使用，{turn.day}有效", f"In use since {span.since}, valid on {turn.day}"
        )
        yield told(text, lang, cite, shown=(text.said_in(lang),))


def _missing(table: CodeTable, each: Looked, turn: Turn, shelf: Shelf) -> Sentence:
    name, code = _title(table), each.code
    if _denied(table, code):
        why = (
            Text("收录完整", "which is complete")
            if table.complete
            else Text("代码位数或写法不符", "which has no codes of that form")
        )
        text = Text(
            f"{name.zh}代码表（{why.zh}）没有 {code} 这个代码，请核对",
            f"The table of {name.en}, {why.en}, has no code {code}; check it",
        )
    else:
        text = Text(
            f"资料库的{name.zh}代码表收录不全（{table.size.replace(' of ', '/').replace('/?', '条')}），没有 {code}，不能说它不存在，请查海关公布的参数表",
            f"The table of {name.en} held here is not complete ({table.size}) and lacks {code}; it may still exist, so look it up in the tables customs publishes",
        )
    source = str(table.source)
    cites = (source,) if source in shelf.passages else ()
    return told(text, turn.lang, *cites, shown=(text.said_in(turn.lang),))


def _denied(table: CodeTable, code: str) -> bool:
    """Whether a code is certainly none; of older codes the tables do not hold all."""
    older = {(len(old), old.isdigit()) for row in table.rows for old in row.legacy}
    return (
        table.refuses(code)
        and table.refuses(code.upper())
        and (len(code), code.isdigit()) not in older
    )


def _title(table: CodeTable) -> Text:
    zh, en = (re.sub(r"\s*[(（].*?[)）]", "", each) for each in table.name)
    return Text(re.sub(r"代码表$|代码$|表$", "", zh), en)


TOOL = Tool("code_row", explicit=True, answer=answer)
