"""The engine: runs the screen and the plan of the day over a draft."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache

import msgspec

from auditors.careful_walk import walk
from auditors.catalogue import catalogue
from auditors.circumstances import crossing
from auditors.declaration import Declaration
from auditors.finding import SILENT, Said
from auditors.formats.reading import Unreadable
from auditors.names import find
from auditors.notation import Stood, label, value_at
from auditors.part import CHINA
from auditors.place import Place
from auditors.plan import Plan, compile_plan
from auditors.report import Broken, Found, Report, Skipped
from auditors.rule import Profile, Rule
from auditors.screen import screen
from auditors.scrutiny import Noticed, Scrutiny
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.fields import FormField
from knowledge.library import Library
from knowledge.text import Text

VERSION = "0.1.0"
NOWHERE = Stood()


def day_of(draft: Declaration, as_of: date | None = None) -> date:
    """Return the day to audit a draft on: as asked, else as it says, else today, as it is in China."""
    return (
        as_of or draft.context.as_of_date or draft.header.declare_date or datetime.now(CHINA).date()
    )


def audit(
    draft: Declaration,
    facts: Facts,
    profile: Profile = "default",
    *,
    name: str = "",
    stood: Stood = NOWHERE,
    rules: Mapping[str, Rule] | None = None,
) -> Report:
    """Return what the rules in force on the day of the facts say of a draft.

    Args:
        draft: the declaration, with empty fields allowed.
        facts: the library as of a day, `library.on(day_of(draft))`.
        profile: `strict` takes errors whose legal text was not read as errors.
        name: what to call the draft in the report.
        stood: where its fields stood in the file it was read from.
        rules: the rules to run, by code; the whole catalogue unless given.
    """
    return _Audit(draft, facts, profile, rules).report(name, stood)


@lru_cache(maxsize=32)
def _plan(codes: tuple[str, ...]) -> Plan:
    return compile_plan(catalogue()[code] for code in codes)


def _chosen(rules: Mapping[str, Rule], day: date) -> Plan:
    return compile_plan(rule for rule in rules.values() if rule.span.covers(day))


@lru_cache(maxsize=1024)
def plan_of(day: date) -> Plan:
    """Return the plan of the rules in force on a day."""
    return _plan(tuple(rule.code for rule in catalogue().values() if rule.span.covers(day)))


class _Audit:
    """One run: collects what is said until the report is made."""

    def __init__(
        self,
        draft: Declaration,
        facts: Facts,
        profile: Profile,
        rules: Mapping[str, Rule] | None,
    ) -> None:
        self.draft = draft
        self.facts = facts
        self.profile = profile
        self.plan = plan_of(facts.day) if rules is None else _chosen(rules, facts.day)
        self.noticed: list[Noticed] = []
        self.lacking: set[int] = set()
        self.skipped: dict[tuple[str, Text], None] = {}
        self.broken: dict[tuple[str, str], None] = {}
        self.scrutiny: Scrutiny | None = None
        self._run()

    def _run(self) -> None:
        screen(self.facts.library).run(self.draft, self._odd)
        message = self.draft.message
        if message.unreadable or message.untidy or message.ambiguous:
            self._slow().look_at_message()
        if self.scrutiny is None:
            self._run_plan(self.draft)
        else:
            self._run_after(self.scrutiny)
        for index in self.lacking:
            self.skipped |= _lacks(self.plan.rules[index], self.draft, self.facts)

    def _odd(self, field: FormField, number: int, value: object) -> None:
        self._slow().look(field, number, value)

    def _slow(self) -> Scrutiny:
        if self.scrutiny is None:
            self.scrutiny = Scrutiny(self.facts.library, catalogue(), self.draft.message)
        return self.scrutiny

    def _run_after(self, scrutiny: Scrutiny) -> None:
        self.noticed += scrutiny.noticed
        self.skipped |= dict.fromkeys(scrutiny.unjudged)
        draft = _set_right(self.draft, scrutiny)
        if not scrutiny.withheld:
            self._run_plan(draft)
            return
        withheld = {place: frozenset(names) for place, names in scrutiny.withheld.items()}
        crosses = crossing(draft, self.facts)
        for index, place in walk(
            self.plan.rules, draft, self.facts, crosses, withheld, self._say, self._lack, self._fail
        ):
            self.skipped[self.plan.rules[index].code, _ill_formed(place, self.facts)] = None

    def _run_plan(self, draft: Declaration) -> None:
        crosses = crossing(draft, self.facts)
        self.plan.run(draft, self.facts, crosses, self._say, self._lack, self._fail)

    def _say(self, index: int, number: int, said: Said) -> None:
        rule = self.plan.rules[index]
        for finding in said if isinstance(said, list) else [said]:
            if finding is not None:
                self.noticed.append(Noticed(rule, rule.over, number, finding))

    def _lack(self, index: int, number: int) -> None:
        self.lacking.add(index)

    def _fail(self, index: int, number: int, fault: Exception) -> None:
        code = self.plan.rules[index].code
        if isinstance(fault, CannotJudge):
            self.skipped[code, Text(fault.zh, fault.en)] = None
        else:
            self.broken[code, f"{type(fault).__name__}: {fault}"] = None

    def report(self, name: str, stood: Stood) -> Report:
        """Return the report, its findings in the order of the form."""
        found = [_found(self.draft, each, self.profile) for each in self.noticed]
        return Report(
            draft=self.draft,
            name=name,
            day=self.facts.day,
            profile=self.profile,
            findings=tuple(_in_order(found, self.facts)) if found else (),
            skipped=tuple([Skipped(*each) for each in sorted(self.skipped)]),
            broken=tuple([Broken(*each) for each in sorted(self.broken)]),
            readable=True,
            versions=versions(),
            stood=stood,
            library=self.facts.library,
        )


def _lacks(rule: Rule, draft: Declaration, facts: Facts) -> dict[tuple[str, Text], None]:
    """Why a rule could not judge: each thing it waits for that was not given."""
    return {
        (rule.code, _not_given(place, facts.library)): None
        for name, place in _waited_for(rule.over, *rule.asks.items())
        if getattr(draft.context if place.field else draft.documents, name) is None
    }


@lru_cache(maxsize=1024)
def _waited_for(over: str, *asks: tuple[str, bool]) -> tuple[tuple[str, Place], ...]:
    """Return what such a rule waits for, and where each stands."""
    found = [find(name, over) for name, takes_none in asks if not takes_none]
    return tuple(
        (each.name, Place("context", 0, each.name))
        if each.owner == "context"
        else (each.name, Place(f"documents.{each.name}"))
        for each in found
        if each.wait == "given"
    )


@lru_cache(maxsize=1024)
def _not_given(place: Place, library: Library) -> Text:
    said = label(place, library.fields)
    return Text(f"未提供：{said.zh}", f"not given: {said.en}")


def unreadable(
    fault: Unreadable, facts: Facts, profile: Profile = "default", *, name: str = ""
) -> Report:
    """Return the report of a file that holds no draft: one finding, and never complete."""
    where = Text(f"（{fault.where.zh}）", f" ({fault.where.en})") if any(fault.where) else SILENT
    says = Text(fault.says.zh + where.zh, fault.says.en + where.en)
    found = Found(
        rule=catalogue()[fault.code],
        severity="error",
        message=says.followed_by(fault.do),
        places=(Place(""),),
        found="",
        expected="",
        fixes=(),
    )
    return Report(
        draft=Declaration(),
        name=name,
        day=facts.day,
        profile=profile,
        findings=(found,),
        skipped=(),
        broken=(),
        readable=False,
        versions=versions(),
        stood=Stood(),
        library=facts.library,
    )


@cache
def versions() -> Mapping[str, str]:
    """Return what made a report: the program and how many rules it knows."""
    return {"declarant": VERSION, "rules": str(len(catalogue()))}


def _set_right(draft: Declaration, scrutiny: Scrutiny) -> Declaration:
    """Return the draft with tidied values put in and withheld ones left blank."""
    changes: dict[tuple[str, int], dict[str, object]] = {}
    for place, tidy in scrutiny.tidied.items():
        changes.setdefault(place, {}).update({name: value or None for name, value in tidy.items()})
    for place, names in scrutiny.withheld.items():
        changes.setdefault(place, {}).update(dict.fromkeys(names))
    for (block, number), fields in changes.items():
        draft = _changed(draft, block, number, fields)
    return draft


_SEVERAL = frozenset(["goods_nos", "goods_attr", "exchange_rates"])
"""Fields of several values: what could not be read of them is empty already, and never None."""


def _changed(draft: Declaration, block: str, number: int, fields: dict[str, object]) -> Declaration:
    held = getattr(draft, block, None)
    if held is None:
        return draft
    known = {name: value for name, value in fields.items() if name not in _SEVERAL}
    if not number:
        return msgspec.structs.replace(draft, **{block: msgspec.structs.replace(held, **known)})
    parts = list(held)
    parts[number - 1] = msgspec.structs.replace(parts[number - 1], **known)
    return msgspec.structs.replace(draft, **{block: tuple(parts)})


def _ill_formed(place: Place, facts: Facts) -> Text:
    said = label(place, facts.library.fields)
    return Text(f"{said.zh}格式有误，先改正它", f"{said.en} is ill-formed; put it right first")


def _found(draft: Declaration, noticed: Noticed, profile: Profile) -> Found:
    finding = noticed.finding
    place = _placed(finding.where, noticed)
    return Found(
        rule=noticed.rule,
        severity=finding.severity or noticed.rule.weighs(profile),
        message=finding.says.followed_by(finding.do),
        places=(place, *(_placed(where, noticed) for where in finding.also)),
        found=value_at(draft, place) or _unread(draft, place),
        expected=finding.expected,
        fixes=tuple(fix._replace(where=_placed(fix.where, noticed)) for fix in finding.fixes),
    )


def _unread(draft: Declaration, place: Place) -> str:
    return next((odd.found for odd in draft.message.unreadable if odd.place == place), "")


def _placed(where: str | Place, noticed: Noticed) -> Place:
    if isinstance(where, Place):
        return where
    if noticed.rule.check is None:
        return Place(noticed.block, noticed.number, where)
    asked_for = find(where, noticed.block)
    match asked_for.owner:
        case "part":
            return Place(noticed.block, noticed.number, where)
        case "block":
            return Place(where)
        case "documents":
            return Place(f"documents.{where}")
        case owner:
            return Place(owner, 0, where)


BLOCK_ORDER = {block: at for at, block in enumerate(("message", "header", "items", "containers"))}


@lru_cache(maxsize=8)
def _field_order(library: Library) -> Mapping[str, int]:
    """The rank of each field on the form."""
    blocks = library.fields.values()
    return {name: at for block in blocks for at, name in enumerate(block.fields)}


def _in_order(found: Iterable[Found], facts: Facts) -> list[Found]:
    """Sort by block, part and field as on the form, then by code; drop exact doubles."""
    order = _field_order(facts.library)

    def key(each: Found) -> tuple[int, str, int, int, str, str]:
        place = each.places[0]
        block = place.block.partition("[")[0]
        rank = BLOCK_ORDER.get(block, len(BLOCK_ORDER))
        field = order.get(place.field, -1)
        return rank, block, place.number, field, each.rule.code, each.message.zh

    kept = {(each.rule.code, each.places, each.message): each for each in sorted(found, key=key)}
    return list(kept.values())
