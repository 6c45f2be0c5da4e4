"""What a term of the field means: its name in both languages, its other names, its code."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.tools.saying import confirmed, told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.glossary import Term
from knowledge.index.terms import plain
from knowledge.library import Library
from knowledge.text import Text

POLITE = r"^(?:请问一?下?|问一?下|那)?"
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        POLITE
        + r"(?:什么叫做|什么是|什么叫|啥是|啥叫|何谓|何为|解释一?下?)(?P<what>.+?)(?:的意思)?$",
        POLITE + r"(?P<what>.+?)(?:到底|究竟)?"
        r"(?:是什么(?:东西|意思|单据|文件)?|是啥(?:东西|意思)?|什么意思|啥意思|指的?是?什么|是指什么|"
        r"的?英文(?:是什么|怎么说))$",
        r"^(?:please )?(?:what(?:'s| is| are)|define|explain|meaning of|what is meant by)"
        r"(?: the meaning of)?(?: an?| the)? (?P<what>.+?)(?: in chinese| in english)?$",
        r"^what (?:does|do) (?:an? |the )?(?P<what>.+?) (?:mean|stand for)$",
        r"^(?P<what>.+?) (?:meaning|definition)$",
    )
)
EDGES = " ?？!！。.,，“”\"'「」《》呢啊呀吗"
BRACKETED = re.compile(r"\s*[(（].*$")
MOST_NAMES, SUGGESTED, NEAR = 5, 2, 0.1


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return what a term is, where the question asks for a term of the glossary and no more."""
    asked = _asked(asked_in(turn))
    term = _by_name(shelf.library).get(asked) if asked else None
    if term is None or turn.understood.kind == "audit":
        return None
    return Worked(
        tool=TOOL.name,
        sentences=tuple(_said(term, turn, shelf)),
        data={"term": term.name.zh},
        suggestions=_suggested(term, turn, shelf),
    )


def _asked(text: str) -> str:
    """The term a text asks for in plain spelling; empty where it asks for anything else."""
    bare = plain(text).strip(EDGES)
    found = next(filter(None, (shape.match(bare) for shape in SHAPES)), None)
    return found["what"].strip(EDGES) if found else ""


@lru_cache(maxsize=4)
def _by_name(library: Library) -> Mapping[str, Term]:
    """Terms by what they are called; a term's own name before another's synonym."""
    held: dict[str, Term] = {}
    for own in (True, False):
        for term in library.glossary.values():
            for name in term.name if own else term.synonyms:
                held.setdefault(plain(name).strip(EDGES), term)
                held.setdefault(BRACKETED.sub("", plain(name)).strip(EDGES), term)
    return held


def _said(term: Term, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    lang, name = turn.lang, term.name
    others = [other for other in term.synonyms if other not in name][:MOST_NAMES]
    also = Text("", "")
    if others:
        also = Text(f"，也叫{'、'.join(others)}", f"; also called {', '.join(others)}")
    text = Text(f"{name.zh}（{name.en}）{also.zh}", f"{name.en}: {name.zh}{also.en}")
    yield told(text, lang, f"term:{name.zh}")
    if term.table and (row := shelf.library.on(turn.day).row(term.table, term.code)):
        title, mark = shelf.library.table(term.table).name, confirmed(row.status)
        text = Text(
            f"{title.zh}里的代码是 {row.code} {row.name.zh}{mark.zh}",
            f"{title.en}: code {row.code} {row.name.en}{mark.en}",
        )
        yield told(text, lang, f"{term.table}#{row.code}")
    yield from _field(term, turn, shelf)


def _field(term: Term, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    """What the field of that name means, where the form has one."""
    for place, note in shelf.library.field_notes.items():
        block, _, name = place.rpartition(".")
        field = shelf.library.fields[block].fields[name]
        if term.name.zh in {BRACKETED.sub("", field.label.zh), *field.synonyms}:
            mark = confirmed(note.status)
            text = Text(
                f"报关单栏目：{note.means.zh.rstrip('。')}{mark.zh}",
                f"On the form: {note.means.en.rstrip('.')}{mark.en}",
            )
            yield told(text, turn.lang, place)
            return


def _suggested(term: Term, turn: Turn, shelf: Shelf) -> tuple[str, ...]:
    """Published questions about it."""
    query = term.name.said_in(turn.lang)
    hits = shelf.index.find(query, turn.day, kind="problem", limit=SUGGESTED)
    return tuple(hit.passage.title.said_in(turn.lang) for hit in hits if hit.score >= NEAR)


TOOL = Tool("meaning", explicit=False, answer=answer)
