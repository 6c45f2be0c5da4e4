"""Texts of the pack as they are shown: paragraphs and lists, citations as links, words marked."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from assistant.web.pages.links import of_citation
from knowledge.index.marking import Marks
from knowledge.text import Language

CITED = re.compile(r"\[([a-z]{2}-[a-z0-9-]+(?:#[\w./-]+)?|[A-Z]{2}-[A-Z]\d{3})\]")
HAN = re.compile(r"[\u3400-\u9fff]")
LISTED = re.compile(r"(?:\d+\.|[-*•])\s+")
HEADS = {
    "Wrong:": "wrong",
    "Right:": "right",
    "Limits:": "limits",
    "局限：": "limits",
}
"""What the parts of a rule's page begin with, and the class they are shown in."""


def body(text: str) -> Markup:
    """Return a text of paragraphs and lists, its citations as links; everything else escaped.

    >>> str(body("短答：<b> [cn-law-customs#24]"))
    '<p>短答：&lt;b&gt; <a class="cited" href="/law/cn-law-customs#p-24">cn-law-customs#24</a></p>'
    """
    pieces = (piece for piece in re.split(r"\n\s*\n", text.strip()) if piece.strip())
    return Markup("").join(Markup("").join(_blocks(piece.splitlines())) for piece in pieces)


def bare(text: str) -> str:
    """Return a text without its citations.

    >>> bare("不限一家。[cn-single-window-help#p52]")
    '不限一家。'
    """
    return CITED.sub("", text).strip()


def page(text: str, lang: Language) -> Markup:
    """Return the page of a rule: its reasons, what is wrong, what is right, what it cannot see."""
    made = []
    for line in _joined(text):
        if not _is_for(line, lang):
            continue
        name = next((shown for head, shown in HEADS.items() if line.startswith(head)), "")
        kind = Markup(' class="{}"').format(name) if name else Markup("")
        made.append(Markup("<p{}>{}</p>").format(kind, _linked(_headed(line, lang))))
    return Markup("\n").join(made)


def marked(text: str, marks: Marks | None) -> Markup:
    """Return a text with the sentence that bears out most and its words marked.

    >>> str(marked("<i>净重</i>", Marks((3, 5), ((3, 5),))))
    '&lt;i&gt;<span class="borne"><mark>净重</mark></span>&lt;/i&gt;'
    """
    if marks is None:
        return escape(text)
    start, end = marks.sentence
    said = Markup("").join(_words(text, start, end, [tuple(each) for each in marks.words]))
    borne = Markup('<span class="borne">{}</span>').format(said)
    return escape(text[:start]) + borne + escape(text[end:])


def _words(text: str, start: int, end: int, words: list[tuple[int, ...]]) -> Iterator[Markup]:
    at = start
    for first, last in words:
        if at <= first < last <= end:
            yield escape(text[at:first])
            yield Markup("<mark>{}</mark>").format(text[first:last])
            at = last
    yield escape(text[at:end])


def _blocks(lines: list[str]) -> Iterator[Markup]:
    """The lines of a paragraph; those that are numbered become a list."""
    plain = [line for line in lines if not LISTED.match(line)]
    listed = [LISTED.sub("", line, count=1) for line in lines if LISTED.match(line)]
    if plain:
        yield Markup("<p>{}</p>").format(Markup("<br>").join(map(_linked, plain)))
    if listed:
        items = Markup("").join(Markup("<li>{}</li>").format(_linked(line)) for line in listed)
        yield Markup("<ol>{}</ol>").format(items)


def _linked(line: str) -> Markup:
    made, at = Markup(""), 0
    for found in CITED.finditer(line):
        made += escape(line[at : found.start()]) + Markup(
            '<a class="cited" href="{}">{}</a>'
        ).format(of_citation(found[1]), found[1])
        at = found.end()
    return made + escape(line[at:])


def _is_for(line: str, lang: Language) -> bool:
    """Whether a line is in a language; what is wrong and right is in both."""
    if line.startswith(("Wrong:", "Right:")):
        return True
    if lang == "zh":
        return bool(HAN.search(line)) and not line.startswith("Limits:")
    return line.startswith("Limits:") or not HAN.match(line)


def _headed(line: str, lang: Language) -> str:
    """A line that begins in the reader's language."""
    if lang == "zh":
        return line.replace("Wrong:", "错误示例：", 1).replace("Right:", "正确示例：", 1)
    return line


def _joined(text: str) -> Iterator[str]:
    """The paragraphs of a rule's page: a line that goes on another is one with it."""
    held = ""
    for line in [*text.splitlines(), ""]:
        begins = any(line.startswith(head) for head in HEADS)
        if held and (not line.strip() or begins):
            yield held
            held = ""
        held = f"{held} {line.strip()}".strip() if line.strip() else held
