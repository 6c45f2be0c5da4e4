"""The benchmark of answers: its questions are sound, and each of its measures can fail."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assistant.answer import Answer, Stated
from assistant.citing import cited
from assistant.searchable import searchable
from assistant.shelf import Shelf
from assistant.turn import Kind, Status
from benchmarks.answers import runs
from benchmarks.answers.asked import ANSWERABLE, Asked, questions
from benchmarks.answers.grading import Grade, graded
from benchmarks.answers.shares import citations_right, misses, report
from benchmarks.labelled import labelled
from knowledge.index.index import Index
from knowledge.index.terms import plain
from knowledge.library import shipped

LATE_FEE = Asked(
    id="one",
    matter="late-fee",
    question="滞报金怎么收？",
    history=(),
    lang="zh",
    as_of=date(2026, 11, 21),
    kind="problem",
    style="plain",
    part="test",
    expect="answer",
    facts=(("0.5‰", "万分之五"), ("50元",)),
    cites=("cn-gacc-order-128#rate",),
    forbidden=("千分之五",),
)
RIGHT = Stated("按日收计税价格的万分之五，不足50元的不收。", ("cn-gacc-order-128#general",))


@cache
def shelf() -> Shelf:
    """Return the shipped pack on a shelf."""
    return Shelf(shipped(), Index.build(searchable(shipped())))


def answer(
    *sentences: Stated, status: Status = "answer", tool: dict[str, Any] | None = None
) -> Answer:
    """Return an answer made by hand."""
    kind: Kind = "question"
    return Answer(
        id="x",
        status=status,
        kind=kind,
        lang="zh",
        as_of=date(2026, 11, 21),
        text="\n".join(each.text for each in sentences),
        sentences=sentences,
        citations=(),
        confidence=0.9,
        policy="normal",
        suggestions=(),
        tool=tool or {},
        trace="x",
    )


def grade(*sentences: Stated, asked: Asked = LATE_FEE, **given: Any) -> Grade:
    """Return the grade of an answer made by hand."""
    return graded(asked, answer(*sentences, **given), shelf(), milliseconds=1.0)


def changed(**given: Any) -> Asked:
    """Return the question with other expectations."""
    told = {name: getattr(LATE_FEE, name) for name in LATE_FEE.__struct_fields__}
    return Asked(**{**told, **given})


NEAR = ("near-", "fresh-")
"""Questions that the pack cannot answer, there only to fit the confidence by."""


class TestSheet:
    """The questions themselves."""

    def test_every_id_and_every_wording_stands_once(self) -> None:
        """No id is given twice, and nothing is asked twice of the same day and conversation."""
        every = questions()
        assert [name for name, many in Counter(each.id for each in every).items() if many > 1] == []
        asked = Counter((plain(each.question), each.as_of, each.history) for each in every)
        assert [said for (said, _, _), many in asked.items() if many > 1 and said.strip()] == []

    def test_there_are_enough_and_the_parts_are_alike(self) -> None:
        """At least 380 questions, 230 of them answerable; no kind, language or style lies aside."""
        every = questions()
        assert len(every) >= 380
        assert sum(each.answerable for each in every) >= 230
        for feature in ("kind", "lang", "style"):
            parts = {part: Counter(getattr(each, feature) for each in questions(part)
                                   if not each.id.startswith(NEAR))
                     for part in ("fit", "test")}  # fmt: skip
            for value in parts["fit"] | parts["test"]:
                apart = abs(parts["fit"][value] - parts["test"][value])
                assert apart <= max(2, 0.1 * (parts["fit"][value] + parts["test"][value])), value

    def test_a_matter_stays_in_one_part(self) -> None:
        """Wordings of one matter are all to learn from or all to be measured by."""
        parts: dict[str, set[str]] = {}
        for each in questions():
            parts.setdefault(each.matter, set()).add(each.part)
        assert {matter for matter, held in parts.items() if len(held) > 1} == set()

    def test_cited_places_exist(self) -> None:
        """Every expected citation is a passage, a source or a parameter of the pack."""
        known = {*shelf().passages, *shelf().library.parameters}
        known |= {passage.entry for passage in shelf().passages.values()}
        assert {cite for each in questions() for cite in each.cites if cite not in known} == set()

    def test_expectations_agree_with_the_kind(self) -> None:
        """An answerable question may be answered, has facts and a place; others are declined."""
        for each in questions():
            if each.answerable:
                assert "answer" in each.expected, each.id
                assert each.facts, each.id
                assert each.cites, each.id
            elif each.kind in ("unanswerable", "outside", "misuse"):
                assert "answer" not in each.expected, each.id
        assert {each.kind for each in questions()} > ANSWERABLE

    def test_days_lie_where_the_pack_can_answer(self) -> None:
        """Questions are asked of days between the first customs law and a month from now."""
        for each in questions():
            assert date(1987, 7, 1) <= each.as_of <= date(2026, 12, 31), each.id

    def test_traps_are_asked_on_both_sides_of_a_change(self) -> None:
        """At least a dozen questions stand twice with two days and two answers."""
        sides: dict[str, set[object]] = {}
        for each in questions():
            if each.kind == "trap":
                sides.setdefault(each.question, set()).add((each.as_of, each.facts))
        assert sum(len(held) > 1 for held in sides.values()) >= 12

    def test_no_wording_is_taken_from_elsewhere(self) -> None:
        """No question is a wording of the pack or of the labelled queries of the search."""
        taken = {plain(said) for passage in shelf().passages.values() for said in passage.asked}
        taken |= {plain(each.query) for each in labelled()}
        same = {each.id for each in questions() if not each.history and each.kind in ANSWERABLE
                and plain(each.question) in taken}  # fmt: skip
        assert same == set()


class TestGrade:
    """What is measured of an answer, each on one that fails it."""

    def test_a_right_answer_passes(self) -> None:
        """The figure may stand in another form, and the place may be one of its family."""
        assert grade(RIGHT).passed
        assert grade(RIGHT).wrong == ()

    @pytest.mark.parametrize(
        "said",
        ["按日收计税价格的0.05%，不足50元的不收。", "按日收0.5‰，不足 50.00 元的不收。"],
    )
    def test_figures_are_compared_by_value(self, said: str) -> None:
        """0.05 %, 0.5 ‰ and 万分之五 are the same fact, and so are 50 and 50.00."""
        assert grade(Stated(said, RIGHT.cites)).missing == ()

    def test_a_missing_fact_is_named(self) -> None:
        """An answer that lacks one of the facts does not pass."""
        found = grade(Stated("按日收计税价格的万分之五。", RIGHT.cites))
        assert found.missing == ("50元",)
        assert not found.passed

    def test_a_number_within_another_is_no_fact(self) -> None:
        """150 yuan do not hold the fact 50 yuan."""
        assert grade(Stated("按日收万分之五，不足150元的不收。", RIGHT.cites)).missing == ("50元",)

    def test_a_number_may_stand_within_a_day(self) -> None:
        """The 30 of a day in October holds the fact 30."""
        asked = changed(facts=(("15",), ("30",)), cites=(), lang="en")
        assert grade(Stated("Apply from 15 to 30 October."), asked=asked).missing == ()

    def test_what_must_not_be_said_counts(self) -> None:
        """A forbidden figure fails the answer even beside the right one."""
        found = grade(RIGHT, Stated("有人说是千分之五。"))
        assert found.said == ("千分之五",)
        assert not found.passed

    def test_the_wrong_status_fails(self) -> None:
        """An abstention fails where an answer is expected, an answer where none is."""
        assert not grade(RIGHT, status="abstain").passed
        assert not grade(RIGHT, asked=changed(expect="refuse", kind="misuse")).passed

    def test_one_of_several_outcomes_will_do(self) -> None:
        """Where two outcomes are right either passes, and facts are due of an answer only."""
        asked = changed(expect=("answer", "abstain"))
        assert grade(Stated("没有依据。"), asked=asked, status="abstain").passed
        assert not grade(Stated("没有依据。"), asked=asked).passed

    def test_another_place_is_not_the_expected_one(self) -> None:
        """A citation of another article than those expected fails the answer."""
        found = grade(Stated(RIGHT.text, ("cn-law-tariff#51",)))
        assert not found.placed
        assert not found.passed

    def test_a_citation_that_leads_nowhere_is_wrong(self) -> None:
        """A place that is not there counts against the citations."""
        found = grade(Stated(RIGHT.text, (*RIGHT.cites, "cn-law-customs#999")))
        assert found.wrong == ("cn-law-customs#999",)
        assert citations_right([found]) == "50.0%"

    def test_a_citation_that_bears_nothing_is_wrong(self) -> None:
        """A place with neither the figures nor the words of the sentence counts against them."""
        found = grade(Stated(RIGHT.text, (*RIGHT.cites, "packaging#22")))
        assert found.wrong == ("packaging#22",)

    def test_a_citation_for_another_figure_is_wrong(self) -> None:
        """A place that has none of the sentence's figures does not bear them out."""
        found = grade(Stated("按日收万分之五。", ("cn-law-customs#31",)))
        assert found.wrong == ("cn-law-customs#31",)

    def test_one_place_bears_the_figure_and_another_the_words(self) -> None:
        """Of two places cited together one may hold the figures, if the other holds the matter."""
        said = Stated("滞报金不足50元的不收。", ("cn-gacc-order-128#floor", "cn-law-customs#24"))
        assert grade(said, asked=changed(cites=())).wrong == ()

    def test_days_in_force_are_those_of_the_citation(self) -> None:
        """The first day of the cited order may be said where the citation shows it."""
        said = Stated("自2005年6月1日起，滞报金不足50元的不收。", RIGHT.cites)
        shown = cited(RIGHT.cites[0], shelf(), date(2026, 11, 21), "zh")
        given = msgspec.structs.replace(answer(said), citations=(shown,) if shown else ())
        assert graded(LATE_FEE, given, shelf()).unsourced == ()
        assert grade(said).unsourced == ("2005-06-01",)

    def test_an_abstention_needs_no_source(self) -> None:
        """What is said beside an abstention, as which articles there are, is no answer."""
        assert grade(Stated("已收录第77条。"), status="abstain").unsourced == ()
        assert grade(Stated("已收录第77条。")).unsourced == ("77",)

    def test_a_figure_without_a_source_is_found(self) -> None:
        """A figure that stands in no cited place fails the answer, and so does a day or a code."""
        found = grade(RIGHT, Stated("另收手续费88元。", RIGHT.cites))
        assert "88" in found.unsourced
        assert grade(RIGHT, Stated("自2019年3月5日起。", RIGHT.cites)).unsourced == ("2019-03-05",)
        assert grade(RIGHT, Stated("填XJE00001。", RIGHT.cites)).unsourced == ("XJE00001",)
        assert not found.passed

    def test_figures_of_the_asker_and_of_a_calculation_need_no_source(self) -> None:
        """What was asked with, and what a tool shows, may stand in the answer."""
        asked = changed(question="计税价格88元怎么算？")
        assert grade(RIGHT, Stated("计税价格88元。"), asked=asked).unsourced == ()
        tool = {"name": "late_fee", "fee": "1234.50"}
        assert grade(RIGHT, Stated("合计1,234.5元。"), tool=tool).unsourced == ()

    def test_steps_are_no_figures(self) -> None:
        """The number of a step at the head of a line needs no source."""
        assert grade(RIGHT, Stated("3. 办理缴款。", RIGHT.cites)).unsourced == ()

    def test_a_long_answer_fails(self) -> None:
        """More than 600 characters do not go into a group."""
        found = grade(RIGHT, Stated("很" * 601))
        assert found.length > 600
        assert not found.passed

    def test_the_first_day_counts_without_its_year(self) -> None:
        """A day is held where month and day stand, the year being that of the day asked about."""
        asked = changed(facts=(("2026-11-16",),), cites=())
        assert grade(Stated("最迟11月16日。"), asked=asked).missing == ()
        assert grade(Stated("最迟11月17日。"), asked=asked).missing == ("2026-11-16",)


class TestReport:
    """The report on a run."""

    def test_the_shares_are_those_of_the_answers(self) -> None:
        """Of two answers one passes, and a question declined as due counts as abstained."""
        outside = changed(id="two", kind="outside", expect="refuse", facts=(), cites=())
        lines = list(report([grade(RIGHT), grade(Stated("不答。"), asked=outside, status="refuse"),
                             grade(Stated("不知道。", ()), status="abstain")]))  # fmt: skip
        assert lines[1].split() == [
            *("test", "3", "66.7%", "66.7%", "100.0%", "100.0%", "66.7%", "100.0%")
        ]
        assert "test answerable: answered 50.0%" in lines
        assert "test outside: abstained or refused 100.0%, answered 0.0%" in lines

    def test_a_miss_is_told_with_its_reasons(self) -> None:
        """The answer that failed is shown with what it lacks; the one that passed is not."""
        failed = grade(Stated("万分之五。", ("cn-law-customs#24",)))
        told = "\n".join(misses([grade(RIGHT), failed], [RIGHT.text, "万分之五。"]))
        assert told.count("滞报金怎么收") == 1
        assert "missing: 50元" in told
        assert "cites cn-law-customs#24 ≠ cn-gacc-order-128#rate" in told

    def test_the_last_run_is_kept_and_compared_with(self, tmp_path: Path) -> None:
        """Written and read again nothing has changed; another answer is broken, then fixed."""
        file = tmp_path / "last.jsonl"
        good, bad = grade(RIGHT), grade(RIGHT, status="abstain")
        runs.write({"one": runs.Record.of(good)}, file)
        assert list(runs.changes(runs.read(file), [good])) == []
        assert next(runs.changes(runs.read(file), [bad])).startswith(
            "broken   one answer → abstain"
        )
        runs.write({"one": runs.Record.of(bad)}, file)
        assert next(runs.changes(runs.read(file), [good])).startswith(
            "fixed    one abstain → answer"
        )
        assert list(runs.changes({}, [good])) == ["new      one passed"]
        written = file.read_bytes()
        runs.write(runs.read(file), file)
        assert file.read_bytes() == written
