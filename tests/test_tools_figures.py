"""The tools that work out figures: sheets of questions with results worked out by hand.

Keys of a case: `ask`; `lang` (zh); `kind` (calculation, or deadline for the tools of that name);
`follows`, whether it is a reply; `day` asked about; `days`, `tariff` and `amounts` (value, unit, as said) that it names; `result`,
`none` where the tool must say nothing; `status` (answer); `says` and `never`, words that the answer
must have and must not have; `cites`; `confidence`.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml

from assistant.bearing_out import fault_of
from assistant.shelf import Shelf
from assistant.turn import Amount, Mentions, Question, Turn, Understood, Worked
from knowledge.index.cut import cut
from knowledge.index.index import Index
from knowledge.library import shipped

SHEETS = Path(__file__).parent / "tools"
NAMES = ("late_fee", "late_payment", "tax", "deadline", "time_limit")
TODAY = date(2026, 11, 21)
LONGEST = 600
KEYS = {
    *("ask", "lang", "kind", "day", "days", "tariff", "amounts", "result", "status"),
    *("says", "never", "cites", "confidence", "follows"),
}


def _cases() -> Iterator[Any]:
    for name in NAMES:
        sheet = yaml.safe_load((SHEETS / f"{name}.yaml").read_text("utf-8"))
        for said, case in sheet["cases"].items():
            yield pytest.param(sheet["tool"], case, id=f"{name}: {said}")


@cache
def _shelf() -> Shelf:
    """The shipped pack with all its passages, and no search over them."""
    library = shipped()
    return Shelf(library, cast("Index", SimpleNamespace(passages=tuple(cut(library)))))


def _turn(tool: str, case: dict[str, Any]) -> Turn:
    assert not case.keys() - KEYS, f"unknown keys {case.keys() - KEYS}"
    amounts = tuple(Amount(str(value), unit, said) for value, unit, said in case.get("amounts", ()))
    mentions = Mentions(
        days=tuple(case.get("days", ())), amounts=amounts, tariff=tuple(case.get("tariff", ()))
    )
    kind = case.get("kind", "deadline" if tool == "deadline" else "calculation")
    understood = Understood(
        kind,
        case.get("lang", "zh"),
        case["ask"],
        mentions,
        follows=case.get("follows", False),
    )
    return Turn(Question(case["ask"], case.get("day", TODAY)), understood)


def _answer(tool: str, turn: Turn) -> Worked | None:
    said: Worked | None = import_module(f"assistant.tools.{tool}").TOOL.answer(turn, _shelf())
    return said


@pytest.mark.parametrize(("tool", "case"), list(_cases()))
def test_case(tool: str, case: dict[str, Any]) -> None:
    """A tool gives the result that was worked out by hand, in the words of the sheet."""
    turn = _turn(tool, case)
    worked = _answer(tool, turn)
    if case.get("result") == "none":
        assert worked is None
        return
    assert worked is not None
    text = "\n".join(each.text for each in worked.sentences)
    assert worked.status == case.get("status", "answer"), text
    if "result" in case:
        assert worked.data["result"] == case["result"], text
    assert not [word for word in case.get("says", ()) if word not in text], text
    assert not [word for word in case.get("never", ()) if word in text], text
    cited = {place for each in worked.sentences for place in each.cites}
    assert not set(case.get("cites", ())) - cited, cited
    assert worked.confidence == case.get("confidence", worked.confidence)


@pytest.mark.parametrize(("tool", "case"), list(_cases()))
def test_an_answer_is_short_borne_out_and_shows_its_working(
    tool: str, case: dict[str, Any]
) -> None:
    """No sentence of a tool is dropped by verification, and a result comes with its steps."""
    turn = _turn(tool, case)
    worked = _answer(tool, turn)
    if worked is None:
        return
    faults = {each.text: fault_of(each, turn, _shelf()) for each in worked.sentences}
    assert not {text: fault for text, fault in faults.items() if fault}
    assert sum(len(each.text) for each in worked.sentences) <= LONGEST
    if worked.status == "answer" and tool != "time_limit":
        assert worked.data["steps"][-1]["result"] in (worked.data["result"], *_last(worked))
        articles = {step["article"] for step in worked.data["steps"]} - {""}
        assert all(article in _shelf().passages for article in articles)


def _last(worked: Worked) -> tuple[str, ...]:
    """Results that differ from their last step: a sum of taxes, a day with its hour."""
    steps = [step["result"] for step in worked.data["steps"]]
    day = worked.data["result"].partition(" ")[0]
    # the first day of the fee comes after the last day of the term
    after = steps[-1] if day in steps[:-1] else day
    return (steps[-1], "") if worked.tool == "tax" else (day, after)


@pytest.mark.parametrize("tool", NAMES)
@pytest.mark.parametrize(
    "text", ["", " ", "滞报金", "🚢" * 50, "'; DROP TABLE", "税" * 2_000, "99" * 900]
)
def test_odd_questions_are_left_alone_or_asked_back(tool: str, text: str) -> None:
    """A question without figures never raises and never gets a figure."""
    worked = _answer(tool, _turn(tool, {"ask": text, "kind": "calculation"}))
    assert worked is None or worked.status == "clarify"


@pytest.mark.parametrize("tool", NAMES)
@pytest.mark.parametrize("days", [[date.min, date.max], [date(9999, 12, 31)], [date(1, 1, 1)]])
def test_days_at_the_ends_of_the_calendar_do_no_harm(tool: str, days: list[date]) -> None:
    """Days that no shipment has are passed over."""
    case = {"ask": "滞报 滞纳 关税10% 进境最晚哪天申报", "days": days, "kind": "deadline"}
    worked = _answer(tool, _turn(tool, case))
    assert worked is None or worked.status == "clarify" or tool == "time_limit"
