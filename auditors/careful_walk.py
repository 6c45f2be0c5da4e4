"""The careful walk: the same rules, one by one, where some fields may not be looked at.

The plan is fast because it asks nothing about a field but whether it is filled. When a value is
ill-formed it must not be judged further, and a rule that asks for it must not take it for blank
either. Such drafts are rare; they are walked here, rule by rule.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditors.declaration import Declaration
from auditors.names import Asked, find
from auditors.part import Part
from auditors.place import Place
from auditors.plan import LISTS, Fail, Lack, Say, asked
from auditors.rule import Rule
from knowledge.facts import Facts

Withheld = Mapping[tuple[str, int], frozenset[str]]
"""Fields not to be looked at, by block and number of the part."""


def walk(
    rules: tuple[Rule, ...],
    draft: Declaration,
    facts: Facts,
    crossing: bool | None,
    withheld: Withheld,
    say: Say,
    lack: Lack,
    fail: Fail,
) -> Iterator[tuple[int, Place]]:
    """Run the rules over a draft; yield each rule held back and the field that held it."""
    for index, rule in enumerate(rules):
        for number, part in _parts(draft, rule.over):
            names = asked(rule)
            conditions = [find(name, rule.over) for name in rule.only]
            held = [_held(rule, each, number, withheld) for each in (*conditions, *names)]
            if place := next(filter(None, held), None):
                yield index, place
                continue
            room = {"d": draft, "h": draft.header, "p": part, "n": number}
            room |= {"facts": facts, "day": facts.day, "crossing": crossing}
            if not all(_meets(rule, each, room) for each in conditions):
                continue
            _one(
                index, rule, [(each, _value(each, room)) for each in names], number, say, lack, fail
            )


def _parts(draft: Declaration, over: str) -> list[tuple[int, Part]]:
    if over == "header":
        return [(0, draft.header)]
    return list(enumerate(getattr(draft, over), 1))


def _held(rule: Rule, each: Asked, number: int, withheld: Withheld) -> Place | None:
    if each.name == "crossing":
        both = withheld.get(("header", 0), frozenset()) & {"trade_mode", "transport_mode"}
        return Place("header", 0, min(both)) if both else None
    block, where = (rule.over, number) if each.owner == "part" else (each.owner, 0)
    return Place(block, where, each.name) if each.name in withheld.get((block, where), ()) else None


def _meets(rule: Rule, each: Asked, room: Mapping[str, Any]) -> bool:
    held, value = rule.only[each.name], _value(each, room)
    return value is held if isinstance(held, bool) else value in held


def _value(each: Asked, room: Mapping[str, Any]) -> Any:
    first, *rest = each.expression.split(".")
    value = room[first]
    for step in rest:
        value = getattr(value, step)
    return value


def _one(
    index: int,
    rule: Rule,
    values: list[tuple[Asked, Any]],
    number: int,
    say: Say,
    lack: Lack,
    fail: Fail,
) -> None:
    """Call one check on one part, as the plan would."""
    waiting = [each for each, value in values if _blank(each, value) and not rule.asks[each.name]]
    if any(each.wait == "filled" for each in waiting):
        return
    if any(each.wait == "given" for each in waiting):
        lack(index, number)
        return
    try:
        if said := rule.check and rule.check(*(value for _, value in values)):
            say(index, number, said)
    except Exception as fault:  # a fault in one rule must not cost the declarant the others
        fail(index, number, fault)


def _blank(each: Asked, value: Any) -> bool:
    return not value if each.name in LISTS else value is None
