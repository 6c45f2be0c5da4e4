"""Which supervision documents a commodity code needs: not known until a tariff is imported."""

import re
from collections.abc import Iterator

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.tools.saying import confirmed, told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.index.references import LICENCE, tariff_codes_in
from knowledge.index.terms import plain
from knowledge.text import Text

DOCUMENTS = re.compile(
    r"监管证件|监管条件|许可证|许可证件|(?:什么|哪些|啥|哪种|要|需要)证(?!明)|[0-9a-z]证|批文|法检|检验检疫(?:条件|类别)|"
    r"licen[cs]e|permit|supervision (?:document|condition|certificate)|certificates? (?:is|are|do|does)|what certificates?|which certificates?"
)
HEADING = re.compile(
    r"(?<![\d.])(?:税号|税则号列?|编码|商品编码|hs(?: ?code)?|heading|code)?\s*(\d{4})(?=\s*(?:的|要|需|进口|出口|什么|有|是否|need|require|[,，?？]|$))"
)
MISSING = Text(
    "还没有导入税则，查不到 {} 的监管证件，不能说它要证或不要证",
    "No tariff has been imported yet, so the supervision documents of {} cannot be looked up; nothing is said on whether it needs any",
)
WAY_OUT = Text(
    "导入当年税则（含监管条件）后即可查：declarant import tariff 文件；在此之前请查海关公布的税则查询或打 12360",
    "Import the year's tariff with its supervision conditions: declarant import tariff FILE; until then use the tariff inquiry of customs or call 12360",
)


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return that the table is missing and how it gets in, and what licences named in it are."""
    text = plain(asked_in(turn))
    goods = _goods(turn, text)
    if not goods or not DOCUMENTS.search(text) or turn.understood.kind == "audit":
        return None
    listed = Text("、".join(goods), ", ".join(goods)).said_in(turn.lang)
    missing = Text(*(each.format(listed) for each in MISSING))
    return Worked(
        tool=TOOL.name,
        sentences=(
            told(missing, turn.lang, shown=goods),
            *_licences(turn, shelf),
            told(WAY_OUT, turn.lang, shown=("12360",)),
        ),
        data={"goods": list(goods), "missing": "tariff"},
        status="abstain",
    )


def _goods(turn: Turn, text: str) -> tuple[str, ...]:
    named = turn.understood.mentions.tariff or tariff_codes_in(text)
    codes = {each.partition("#")[2] for each in turn.understood.mentions.codes}
    years = {str(day.year) for day in turn.understood.mentions.days}
    return named or tuple(code for code in HEADING.findall(text) if code not in years | codes)[:1]


def _licences(turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    """What the licences are that the question names by code."""
    codes = [
        each.partition("#")[2]
        for each in turn.understood.mentions.codes
        if each.startswith("licence#")
    ]
    codes += LICENCE.findall(asked_in(turn))
    rows = shelf.library.on(turn.day).codes("licence")
    for code in dict.fromkeys(codes):
        if row := rows.get(code):
            mark = confirmed(row.status)
            text = Text(
                f"监管证件代码 {row.code} 是{row.name.zh}{mark.zh}",
                f"Supervision document code {row.code} is {row.name.en}{mark.en}",
            )
            yield told(text, turn.lang, f"licence#{row.code}", shown=(row.code,))


TOOL = Tool("supervision", explicit=True, answer=answer)
