"""What changed on a day or between two days: law, figures, codes, rules and answers."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.shelf import Shelf
from assistant.tools.changes_asked import Asked, asked_of_changes
from assistant.tools.law_diff import differences
from assistant.tools.saying import confirmed, shortened, told
from assistant.tools.tool import Tool
from assistant.turn import Sentence, Turn, Worked
from knowledge.changes import ISO, Change, Days, Kind, changes, turns
from knowledge.index.terms import plain, terms
from knowledge.law import names_of
from knowledge.text import Language, Text

MOST, MOST_CHARACTERS = 8, 150
WEIGHT: dict[Kind, int] = {
    "begins": 0,
    "note": 1,
    "ends": 2,
    "place": 3,
    "parameter": 4,
    "code": 5,
    "rule": 6,
    "measure": 7,
    "problem": 8,
}
HEADS: dict[Kind, Text] = {
    "begins": Text("", ""),
    "note": Text("", ""),
    "ends": Text("", ""),
    "place": Text("", ""),
    "parameter": Text("数值：", "Figure: "),
    "code": Text("代码：", "Code: "),
    "rule": Text("审核规则：", "Rule: "),
    "measure": Text("措施：", "Measure: "),
    "problem": Text("解答：", "Answer: "),
}
RANKS = (("-law-", 0), ("-reg-", 1), ("-order-", 2))
"""Laws before regulations before orders before announcements."""


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return what changed, the most important first."""
    asked = asked_of_changes(turn, shelf)
    if asked is None or turn.understood.kind == "audit":
        return None
    found = _found(asked, shelf)
    compared = tuple(
        sentence
        for law in asked.laws
        for sentence in differences(law, asked.days, turn.lang, shelf)
    )
    if not found and not compared:
        return None if asked.topic else _nothing(asked.days, turn.lang, shelf)
    shown = [_sentence(each, asked.days, turn.lang) for each in found[:MOST]]
    rest = [_rest(found[MOST:], turn.lang)] if len(found) > MOST else []
    return Worked(
        tool=TOOL.name,
        sentences=(_head(asked.days, len(found), turn.lang), *compared, *shown, *rest),
        data={
            "first": str(asked.days.first),
            "last": str(asked.days.last),
            "changes": [{"kind": each.kind, "day": str(each.day), "id": each.id} for each in found],
        },
        suggestions=tuple(_suggested(found, turn.lang)),
    )


def _found(asked: Asked, shelf: Shelf) -> list[Change]:
    """What changed, what the question is confined to first, then by weight and day."""
    every = [*changes(shelf.library, asked.days), *_rules(asked.days, shelf)]
    if asked.topic:
        every = [each for each in every if _shared(each, asked)]
    elif asked.laws:
        kin, names = _kin(asked.laws, shelf), _called(asked.laws, shelf)
        own = [each for each in every if each.source in kin or _speaks_of(each, names)]
        every = own or every
    return sorted(
        every,
        key=lambda each: (-_shared(each, asked), WEIGHT[each.kind], _rank(each), each.day, each.id),
    )


def _shared(each: Change, asked: Asked) -> float:
    """The share of the matter asked about that a change speaks of; a small one counts for none."""
    if not asked.topic:
        return 0.0
    share = len(asked.topic & set(terms(f"{each.says.zh} {each.says.en}"))) / len(asked.topic)
    return share if share >= 0.5 else 0.0


def _kin(laws: tuple[str, ...], shelf: Shelf) -> set[str]:
    """Instruments, and those they replaced or changed, or that replaced or changed them."""
    kin = set(laws)
    for name in shelf.library.sources():
        if source := shelf.library.source(name):
            others = {*source.replaces, *source.replaced_by, *source.amends}
            if name in laws:
                kin |= others
            elif others & set(laws):
                kin.add(name)
    return kin


def _called(laws: tuple[str, ...], shelf: Shelf) -> set[str]:
    sources = filter(None, map(shelf.library.source, laws))
    return {name for source in sources for name in names_of(source)}


def _speaks_of(each: Change, names: set[str]) -> bool:
    return each.kind == "note" and any(name in plain(each.says.zh) for name in names)


def _rank(each: Change) -> int:
    return next((rank for mark, rank in RANKS if mark in each.source), len(RANKS))


def _rules(days: Days, shelf: Shelf) -> Iterator[Change]:
    for rule in shelf.rules.values():
        begins, over = turns(rule.span, days)
        code, title = rule.code, rule.title
        if begins:
            says = Text(
                f"{code} {title.zh}（开始适用）", f"{code} {title.en} (applies from this day)"
            )
            yield Change("rule", begins, code, says, rule.status)
        if over:
            says = Text(f"{code} {title.zh}（不再适用）", f"{code} {title.en} (applies no longer)")
            yield Change("rule", over, code, says, rule.status)


def _head(days: Days, count: int, lang: Language) -> Sentence:
    if days.first == days.last:
        text = Text(
            f"{days.first}起的变化，资料库记有{count}项",
            f"Changes from {days.first} on: {count} are known here",
        )
    else:
        text = Text(
            f"{days.first}至{days.last}的变化，资料库记有{count}项",
            f"Changes from {days.first} to {days.last}: {count} are known here",
        )
    return told(text, lang, shown=(str(count),))


def _sentence(each: Change, days: Days, lang: Language) -> Sentence:
    head, mark = HEADS[each.kind], confirmed(each.status)
    dated = days.first == days.last or ISO.match(each.says.zh)
    when = Text("", "") if dated else Text(f"{each.day} ", f"{each.day}: ")
    text = Text(
        f"{when.zh}{head.zh}{shortened(each.says.zh, MOST_CHARACTERS)}{mark.zh}",
        f"{when.en}{head.en}{shortened(each.says.en, MOST_CHARACTERS * 2)}{mark.en}",
    )
    shown = (
        (each.says.said_in(lang),) if each.kind in ("begins", "ends", "parameter", "code") else ()
    )
    return told(text, lang, each.id, shown=shown)


def _rest(others: list[Change], lang: Language) -> Sentence:
    text = Text(f"另有{len(others)}项，可按事项再问", f"{len(others)} more; ask about one matter")
    return told(text, lang, shown=(str(len(others)),))


def _suggested(found: list[Change], lang: Language) -> Iterator[str]:
    """Published answers that belong to what changed."""
    yield from [each.says.said_in(lang) for each in found if each.kind == "problem"][:3]


def _nothing(days: Days, lang: Language, shelf: Shelf) -> Worked:
    """That nothing is known, and the nearest days on which something is."""
    near = _nearest(days, shelf)
    text = Text(
        f"资料库没有记载{days.first}的变化，不等于没有变化"
        + (f"；有记载的最近日子：{'、'.join(near)}" if near else ""),
        f"No change on {days.first} is known here, which does not mean there was none"
        + (f"; the nearest days with known changes: {', '.join(near)}" if near else ""),
    )
    ask = Text("{}起有什么变化？", "What changed on {}?").said_in(lang)
    return Worked(
        tool=TOOL.name,
        sentences=(told(text, lang),),
        data={"first": str(days.first), "last": str(days.last), "changes": []},
        status="abstain",
        suggestions=tuple(ask.format(day) for day in near),
    )


def _nearest(days: Days, shelf: Shelf) -> list[str]:
    every = [source.span for source in map(shelf.library.source, shelf.library.sources()) if source]
    ends = [span.until + timedelta(days=1) for span in every if span.until]
    known = sorted({*(span.since for span in every if span.since), *ends})
    before = [day for day in known if day < days.first][-1:]
    return [str(day) for day in (*before, *[day for day in known if day > days.last][:1])]


TOOL = Tool("law_changes", explicit=True, answer=answer)
