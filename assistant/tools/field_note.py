"""How a field of the form is filled in: what it means, an example, the usual mistakes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in, left_over, size
from assistant.tools.saying import confirmed, told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.field_notes import FieldNote
from knowledge.fields import FormField
from knowledge.index.terms import plain
from knowledge.library import Library
from knowledge.text import Text

FILLING = re.compile(
    r"(?:怎么|如何|咋|怎样|应该|该|要|应)(?:样)?(?:填|写|录|输)|填(?:什么|啥|哪个|写什么|报什么)|填(?:写|报|制)(?:要求|方法|说明|规范|规则)|怎么填报|"
    r"how (?:do (?:i|we|you)|to|should (?:i|we)|can i|is|are)\b.{0,24}\b(?:fill|fill in|filled|complete|completed|enter|entered|declare|write)|"
    r"what (?:goes|do i (?:put|enter|write)|should i (?:put|enter|write)|to (?:put|enter|write))|(?:fill|filling) in\b"
)
ASKED = (
    r"填写|填报|填制|填|写|录入?|输入?|报关单上?的?|上面?|里面?|栏目|这?一?栏|字段|项目|项|要求|方法|说明|规范|规则|应该|该|要|单一窗口|申报时?|怎么样|正确",
    r"\b(?:fill|filling|filled|in|enter|entered|complete|completed|put|write|goes|go|field|box|column|declaration|form|"
    r"on|the|into|customs|correctly|right|import|export|declare|declared)\b",
)
ROOM, MOST_FIELDS, MOST_MISTAKES = 0, 2, 2
MARKER = re.compile(r"\s*\[(CN-[A-Z]\d+)\]")
BRACKETED = re.compile(r"\s*[(（].*?[)）]")
BLOCKS = ("header", "items")
"""Blocks whose fields are meant first where several have one of a name."""
SHORTEST_CHINESE, SHORTEST_ENGLISH = 2, 4


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the note on a field that is named outright in a question about filling it in."""
    text = plain(asked_in(turn))
    if turn.understood.kind == "audit" or not FILLING.search(text):
        return None
    name, fields = _named(text, shelf.library)
    mentions = turn.understood.mentions.fields
    fields = tuple(each for each in fields if each in mentions) or fields
    rest = re.sub(FILLING, " ", text)
    if not fields or size(left_over(rest, (name,), ASKED)) > ROOM:
        return None
    notes = [each for each in fields if each in shelf.library.field_notes][:MOST_FIELDS]
    return Worked(
        tool=TOOL.name,
        sentences=tuple(said for each in notes for said in _said(each, turn, shelf)),
        data={"fields": notes, "examples": _examples(notes, shelf.library)},
    )


def _named(text: str, library: Library) -> tuple[str, tuple[str, ...]]:
    """The longest label in a text, and the fields that have it."""
    names = _labels(library)
    found = [name for name in names if _stands(name, text)]
    best = max(found, key=len, default="")
    return best, names.get(best, ())


def _stands(name: str, text: str) -> bool:
    if not name.isascii():
        return name in text
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None


@lru_cache(maxsize=4)
def _labels(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Fields with a note by their labels in plain spelling, the header's and the items' first."""
    held: dict[str, dict[str, None]] = {}
    for note in sorted(library.field_notes, key=_order):
        block, _, name = note.rpartition(".")
        field = library.fields[block].fields.get(name) if block in library.fields else None
        for label in _called(field) if field else ():
            if len(label) >= (SHORTEST_ENGLISH if label.isascii() else SHORTEST_CHINESE):
                held.setdefault(label, {})[note] = None
    return {label: tuple(ids) for label, ids in held.items()}


def _order(id: str) -> tuple[int, str]:
    block = id.rpartition(".")[0]
    return (BLOCKS.index(block) if block in BLOCKS else len(BLOCKS), id)


def _called(field: FormField) -> set[str]:
    every = (*field.label, *field.synonyms)
    return {plain(each).strip() for name in every for each in (name, BRACKETED.sub("", name))}


def _said(place: str, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    note, lang = shelf.library.field_notes[place], turn.lang
    block, _, name = place.rpartition(".")
    label = shelf.library.fields[block].fields[name].label
    mark = confirmed(note.status)
    text = Text(
        f"{label.zh}：{note.means.zh.rstrip('。')}{mark.zh}",
        f"{label.en}: {note.means.en.rstrip('.')}{mark.en}",
    )
    yield told(text, lang, place, *_cites(note, shelf))
    if note.example:
        text = Text(f"例：{note.example}", f"Example: {note.example}")
        yield told(text, lang, shown=(note.example,))
    if mistakes := note.mistakes[:MOST_MISTAKES]:
        codes = (code for each in mistakes for code in MARKER.findall(each.zh))
        every = [Text(*(MARKER.sub("", said) for said in each)) for each in mistakes]
        text = Text(
            f"常见错误：{'；'.join(each.zh for each in every)}",
            f"Usual mistakes: {'; '.join(each.en for each in every)}",
        )
        rules = (code for code in dict.fromkeys(codes) if code in shelf.rules)
        yield told(text, lang, place, *rules, shown=("常见错误", "usual mistakes"))


def _examples(fields: Iterable[str], library: Library) -> list[str]:
    return [example for each in fields if (example := library.field_notes[each].example)]


def _cites(note: FieldNote, shelf: Shelf) -> tuple[str, ...]:
    return tuple(str(each) for each in note.cites if str(each) in shelf.passages)


TOOL = Tool("field_note", explicit=True, answer=answer)
