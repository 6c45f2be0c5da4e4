"""A finding of the report talked about: "第二条怎么改？", "why the third?"."""

import re

from assistant.shelf import Shelf
from assistant.tools.tool import Tool
from assistant.turn import Noted, Sentence, Turn, Worked
from knowledge.numerals import number_of
from knowledge.text import Text

ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
CHINESE = re.compile(r"第\s*([一二三四五六七八九十百\d]+)\s*(?:条|个|项|处)")
ENGLISH = re.compile(
    rf"\b(?:{'|'.join(ORDINALS)}|last)\b|\b(?:finding|error|number|no\.?|#)\s*(\d{{1,3}})\b",
    re.IGNORECASE,
)
WHICH = Text("报告里没有第 {} 条，共 {} 条。", "The report has no finding {}; there are {}.")
HOW = Text("怎么改：{}", "How to put it right: {}")


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Explain the finding of the last report that a question points at."""
    findings = turn.question.findings
    number = _number(turn.question.text, len(findings)) if findings else None
    if number is None or turn.understood.mentions.laws:
        return None
    if not 0 < number <= len(findings):
        said = WHICH.said_in(turn.lang).format(number, len(findings))
        return Worked("finding", (Sentence(said, (), (said,)),), status="clarify")
    return _explained(findings[number - 1], turn, shelf)


def _explained(each: Noted, turn: Turn, shelf: Shelf) -> Worked:
    shown = (*each.message, *each.label, *each.fix, str(each.number))
    cites = (each.code, *(place for place in each.basis if place in shelf.passages))
    head = f"{each.number}. {each.label.said_in(turn.lang)}: {each.message.said_in(turn.lang)}"
    said = [Sentence(head, cites, shown)]
    if fix := each.fix.said_in(turn.lang):
        said.append(Sentence(HOW.said_in(turn.lang).format(fix), cites, shown))
    if law := _law(each, turn, shelf):
        said.append(law)
    return Worked("finding", tuple(said), {"number": each.number, "code": each.code})


def _law(finding: Noted, turn: Turn, shelf: Shelf) -> Sentence | None:
    """What the first article of its basis says."""
    passage = next((shelf.passages[each] for each in finding.basis if each in shelf.passages), None)
    if passage is None:
        return None
    title, text = passage.title.said_in(turn.lang), passage.text.said_in(turn.lang)
    return Sentence(f"{title} {passage.place}: {text}", (passage.id,))


def _number(text: str, held: int) -> int | None:
    if found := CHINESE.search(text):
        return int(found[1]) if found[1].isdigit() else number_of(found[1])
    if found := ENGLISH.search(text):
        word = found[0].lower()
        if found[1]:
            return int(found[1])
        return held if word == "last" else ORDINALS.index(word) + 1
    return None


TOOL = Tool("finding", explicit=True, answer=answer)
