"""The compiled plan and the careful walk: two ways to the same words."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from auditors.careful_walk import walk
from auditors.catalogue import catalogue
from auditors.circumstances import crossing
from auditors.engine import plan_of
from auditors.plan import compile_plan
from auditors.rule import Rule
from tests.sheets import DAY, cases, report_of, sheets

SHEETS = sheets()

Heard = Counter[tuple[Any, ...]]


class _Ear:
    """Hears what a walk says, as the engine does."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.heard: Heard = Counter()

    def say(self, index: int, number: int, said: Any) -> None:
        each = said if isinstance(said, list) else [said]
        self.heard["says", self.rules[index].code, number, tuple(each)] += 1

    def lack(self, index: int, number: int) -> None:
        self.heard["lacks", self.rules[index].code, number] += 1

    def fail(self, index: int, number: int, fault: Exception) -> None:
        self.heard["fails", self.rules[index].code, number, type(fault), str(fault)] += 1


@pytest.mark.parametrize("code", SHEETS)
def test_the_plan_and_the_careful_walk_agree(code: str) -> None:
    """On every case of every sheet both ways say, lack and fail alike."""
    for name, case in cases(SHEETS[code]):
        report = report_of(SHEETS[code], case)
        facts = report.library.on(report.day)
        plan, crosses = plan_of(report.day), crossing(report.draft, facts)
        quick, careful = _Ear(plan.rules), _Ear(plan.rules)
        plan.run(report.draft, facts, crosses, quick.say, quick.lack, quick.fail)
        held = walk(
            plan.rules, report.draft, facts, crosses, {}, careful.say, careful.lack, careful.fail
        )
        assert list(held) == [], name
        assert quick.heard == careful.heard, name


def test_only_the_rules_in_force_are_in_the_plan() -> None:
    """A rule is in the plan on its first and last day, and on no other side of them."""
    dated = [rule for rule in catalogue().values() if rule.check and any(rule.span)]
    assert dated
    for rule in dated:
        for limit, day in (("since", rule.span.since), ("until", rule.span.until)):
            if day is None:
                continue
            inside, outside = (
                day,
                date.fromordinal(day.toordinal() + (-1 if limit == "since" else 1)),
            )
            assert rule in plan_of(inside).rules
            assert rule not in plan_of(outside).rules


def test_the_plan_of_a_day_is_compiled_once() -> None:
    """Days with the same rules share one plan."""
    assert plan_of(date(2026, 11, 20)) is plan_of(date(2026, 11, 21))
    rules = plan_of(DAY).rules
    assert compile_plan(rules).text == plan_of(DAY).text
