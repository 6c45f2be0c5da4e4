"""The plan: the rules of a day, compiled into one function.

From the signatures of the checks it writes a function that walks each part once, loads each
field once and calls each check with positional arguments. Authors of rules never see it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from auditors.declaration import Declaration
from auditors.finding import Said
from auditors.names import Asked, find
from auditors.rule import Rule
from knowledge.facts import Facts

Say = Callable[[int, int, Said], None]
Lack = Callable[[int, int], None]
Fail = Callable[[int, int, Exception], None]
Run = Callable[[Declaration, Facts, bool | None, Say, Lack, Fail], None]


class Plan(NamedTuple):
    """The rules of a day and the function that runs them."""

    rules: tuple[Rule, ...]
    run: Run
    """Calls say(rule, part, what it said), lack(rule, part), fail(rule, part, fault)."""
    text: str
    """The function as written, for the curious."""


def compile_plan(rules: Iterable[Rule]) -> Plan:
    """Compile the rules that have a check."""
    held = tuple(rule for rule in rules if rule.check)
    room: dict[str, Any] = {f"k{i}": rule.check for i, rule in enumerate(held)}
    lines = ["def run(d, facts, crossing, say, lack, fail):", "    h = d.header"]
    lines += ["    day = facts.day", "    n = 0", *(f"    {load}" for load in _loads(held, True))]
    numbered = sorted(enumerate(held), key=lambda each: (each[1].over != "header", each[1].over))
    for over, group in groupby(numbered, key=lambda each: each[1].over):
        lines += _walk(over, list(group), room)
    text = "\n".join(lines)
    exec(compile(text, "<plan>", "exec"), room)  # noqa: S102 (our own text)
    return Plan(held, room["run"], text)


def asked(rule: Rule) -> list[Asked]:
    """Return what a rule asks for, in the order of its arguments."""
    return [find(name, rule.over) for name in rule.asks]


def _walk(over: str, rules: Sequence[tuple[int, Rule]], room: dict[str, Any]) -> list[str]:
    body = _loads([rule for _, rule in rules], False)
    by_condition = sorted(rules, key=lambda each: _condition_key(each[1]))
    for _, group in groupby(by_condition, key=lambda each: _condition_key(each[1])):
        body += _group(list(group), room)
    if over == "header":
        return [f"    {line}" for line in body]
    return [f"    for n, p in enumerate(d.{over}, 1):", *(f"        {line}" for line in body)]


def _loads(rules: Sequence[Rule], shared: bool) -> list[str]:
    """Load each name once: what all parts share before the walks, the part's own within."""
    wanted = {find(name, rule.over) for rule in rules for name in (*rule.asks, *rule.only)}
    loaded = [each for each in sorted(wanted) if _owned(each) and (each.owner != "part") == shared]
    return [f"{_local(each)} = {each.expression}" for each in loaded]


def _owned(each: Asked) -> bool:
    return each.owner != "derived"


def _local(each: Asked) -> str:
    return f"{each.owner}_{each.name}" if _owned(each) else each.expression


def _condition_key(rule: Rule) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(held)) for name, held in rule.only.items()))


def _group(rules: Sequence[tuple[int, Rule]], room: dict[str, Any]) -> list[str]:
    first = rules[0][1]
    condition = " and ".join(_holds(first, name, room) for name in first.only)
    body = [line for index, rule in rules for line in _call(index, rule)]
    if not condition:
        return body
    return [f"if {condition}:", *(f"    {line}" for line in body)]


def _holds(rule: Rule, name: str, room: dict[str, Any]) -> str:
    local, held = _local(find(name, rule.over)), rule.only[name]
    if isinstance(held, bool):
        return f"{local} is {held}"
    if len(held) == 1:
        return f"{local} == {held[0]!r}"
    codes = f"s{len(room)}"
    room[codes] = frozenset(held)
    return f"{local} in {codes}"


def _call(index: int, rule: Rule) -> list[str]:
    names = asked(rule)
    waits = {kind: [_unless(each) for each in names if _waits(rule, each, kind)] for kind in _KINDS}
    call = [
        "try:",
        f"    r = k{index}({', '.join(map(_local, names))})",
        f"    if r: say({index}, n, r)",
        f"except Exception as x: fail({index}, n, x)",
    ]
    if waits["given"]:
        lacking = " or ".join(f"{name} is None" for name in waits["given"])
        call = [f"if {lacking}: lack({index}, n)", "else:", *(f"    {line}" for line in call)]
    if waits["filled"]:
        filled = " and ".join(waits["filled"])
        call = [f"if {filled}:", *(f"    {line}" for line in call)]
    return call


_KINDS = ("filled", "given")


def _waits(rule: Rule, each: Asked, kind: str) -> bool:
    return each.wait == kind and not rule.asks[each.name]


def _unless(each: Asked) -> str:
    """A field is filled when it is not None; a list of codes when it is not empty."""
    local = _local(each)
    if each.wait == "given":
        return local
    return local if each.name in LISTS else f"{local} is not None"


LISTS = frozenset(
    [
        "goods_attr",
        "goods_nos",
        "unknown",
        "repeated",
        "unreadable",
        "lost_zeros",
        "named",
        "disagreeing",
        "ambiguous",
        "untidy",
        "formulas",
    ]
)
"""Fields that hold several values; empty is their blank."""
