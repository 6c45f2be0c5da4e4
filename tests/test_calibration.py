"""The confidence: what tells of a right answer, the line through it, its error and its bars."""

import random
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from assistant import calibration
from assistant.calibrating import fit, written
from assistant.labelled import Labelled, read
from assistant.odds import chance_of
from assistant.particular import particulars
from assistant.plotting import drawn
from assistant.regression import Row, fitted, fold_of, left_out
from assistant.reliability import LEAST, TARGETS, Judged, bars, bins, curve, expected_error
from assistant.signs import Signs, signs_of
from assistant.turn import Question, Sentence, Turn
from knowledge.errors import PackError
from knowledge.index.terms import plain
from tests.turns import TODAY, turn_of

HERE = Path(__file__).parent
PARTICULARS = yaml.safe_load((HERE / "answering/particulars.yaml").read_text("utf-8"))["cases"]
QUESTIONS = HERE.parent / "benchmarks/answers/questions"


class TestSigns:
    """Signs that an answer is right."""

    @pytest.mark.parametrize(("asked", "names"), PARTICULARS.items(), ids=PARTICULARS)
    def test_what_no_law_can_say_is_told(self, asked: str, names: list[str]) -> None:
        """One case, one moment, a price are told by their words; questions of the field are not."""
        assert list(particulars(plain(asked), TODAY)) == names

    def test_a_passage_that_holds_the_question_covers_it(self) -> None:
        """All the question says stands there, and it is asked just so."""
        found = {
            "id": "cn-days",
            "kind": "problem",
            "zh": "十四日",
            "asked": ["进口货物几天内申报"],
        }
        signs = _signs("进口货物几天内申报", [found])
        assert (signs.covered, signs.asked, signs.nearest) == (1, 1, 1)
        assert (signs.orphaned, signs.entry, signs.particular) == (0, 1, 0)

    def test_a_passage_of_another_matter_leaves_it_uncovered(self) -> None:
        """Nothing the question says stands there, nor in any passage found next."""
        signs = _signs("榴莲怎么保鲜", [{"id": "cn-law#24", "zh": "运输工具申报"}])
        assert (signs.covered, signs.orphaned) == (0, 1)

    def test_a_number_the_passage_lacks_is_strange(self) -> None:
        """The code asked about stands in no passage."""
        assert _signs("8471300000要证吗", [{"id": "cn-law#24"}]).strange > 0
        assert _signs("要证吗", [{"id": "cn-law#24"}]).strange == 0

    def test_neighbours_of_the_same_matter_speak_for_it(self) -> None:
        """A problem and the articles it cites, found together, are linked."""
        found: list[dict[str, Any]] = [
            {"id": "cn-days", "kind": "problem", "about": ["cn-law#24"]}, {"id": "cn-law#24"},
        ]  # fmt: skip
        alone = [found[0], {"id": "cn-law#99"}]
        assert _signs("几天", found).linked == 1
        assert _signs("几天", alone).linked == 0.5

    def test_an_amount_asked_for_and_not_given_is_told(self) -> None:
        """How much is asked, and no figure is said."""
        turn, _ = turn_of("要多少钱", [{"id": "cn-days", "kind": "problem"}])
        none, some = (
            turn._replace(origin="entry:cn-days", sentences=(Sentence(text, ("cn-days",)),))
            for text in ("看情况", "50元")
        )
        assert (signs_of(none).figure, signs_of(some).figure) == (1, 0)


class TestRegression:
    """The line through the signs."""

    def test_it_finds_the_line_the_labels_were_made_by(self) -> None:
        """On many rows drawn from a known line the weights come out near it."""
        rows = _drawn_from(-0.5, (2.0, -1.0), 4000)
        line = fitted(rows, 0.01)
        assert abs(line.start + 0.5) < 0.15
        assert abs(line.weights[0] - 2) < 0.25
        assert abs(line.weights[1] + 1) < 0.25

    def test_a_ridge_holds_weights_small(self) -> None:
        """Labels that one column tells apart do not make its weight endless."""
        rows = [Row(str(n), (float(n), 1.0), n > 9) for n in range(20)]
        weak, strong = fitted(rows, 0.1), fitted(rows, 10)
        assert 0 < strong.weights[0] < weak.weights[0] < 10
        assert strong.weights[1] == 0

    def test_a_row_is_judged_by_a_line_it_was_not_part_of(self) -> None:
        """Wordings of one matter lie in one fold, so a label cannot tell of itself."""
        rows = [Row("same", (1.0,), True) for _ in range(9)]
        rows += [Row(f"other-{n}", (0.0 if n % 3 else 1.0,), False) for n in range(30)]
        assert all(chance < 0.5 for chance in left_out(rows, 0.1, 5)[:9])
        assert fold_of("same", 10) == fold_of("same", 10)


class TestReliability:
    """How far chances can be relied on."""

    def test_the_error_is_the_distance_of_chances_from_shares(self) -> None:
        """Chances that come true have none; certain ones that are wrong have all."""
        true = [Judged(0.8, n < 8) for n in range(10)]
        assert expected_error(true) == pytest.approx(0)
        assert expected_error([Judged(1.0, right=False)]) == 1
        assert [each.answers for each in bins([*true, Judged(0.05, right=False)])] == [1, 10]

    def test_the_curve_counts_what_a_bar_lets_out(self) -> None:
        """Coverage grows and the error is the share of wrong answers at or above the bar."""
        judged = [Judged(0.9, right=True), Judged(0.7, right=False), Judged(0.7, right=True),
                  Judged(0.2, right=False)]  # fmt: skip
        points = curve(judged, 8)
        assert [point.coverage for point in points] == [1 / 8, 3 / 8, 4 / 8]
        assert [round(point.error, 3) for point in points] == [0, 0.333, 0.5]
        for point in points:
            out = [each for each in judged if each.chance >= point.bar]
            assert len(out) / 8 == point.coverage

    def test_a_policy_lets_out_most_within_its_error(self) -> None:
        """The stricter the policy, the higher the bar; none lies below the least."""
        draw = random.Random(1)
        judged = [Judged(chance, draw.random() < chance) for chance in
                  (draw.random() for _ in range(2000))]  # fmt: skip
        held = bars(curve(judged, 2000))
        assert held["strict"].bar >= held["normal"].bar >= held["lenient"].bar >= LEAST
        for policy, point in held.items():
            assert point.error <= TARGETS[policy]


class TestFit:
    """`declarant calibrate`."""

    def test_the_same_questions_give_the_same_bytes(self) -> None:
        """Figures and plot are made without chance, and the figures are read back."""
        first, second = (fit(_answers, _questions()) for _ in range(2))
        assert written(first.calibration) == written(second.calibration)
        assert drawn(first) == drawn(second)
        assert first.calibration.expected_error < 0.2
        ET.fromstring(drawn(first))

    def test_too_few_labels_are_refused(self) -> None:
        """Ten answers are nothing to fit on."""
        with pytest.raises(PackError, match="too few"):
            fit(_answers, _questions()[:10])

    def test_the_shipped_figures_are_of_these_signs(self) -> None:
        """The file in the package is read, and says how good it is."""
        held = calibration.held()
        assert held.weights.keys() == set(Signs._fields)
        assert held.expected_error < 0.1
        assert 0.25 <= held.bars["lenient"] <= held.bars["normal"] <= held.bars["strict"] < 1
        assert held.chance(Signs(chance=2, covered=0.9, nearest=0.8, entry=1, length=3)) > 0.9
        assert held.chance(Signs(chance=-4, covered=0.1, orphaned=0.8, entry=1, length=3)) < 0.1

    def test_figures_of_other_signs_are_refused(self, tmp_path: Path) -> None:
        """A file fitted for other signs names its remedy."""
        file = tmp_path / "calibration.json"
        file.write_bytes(written(calibration.held()).replace(b'"covered"', b'"uncovered"'))
        with pytest.raises(PackError, match="declarant calibrate"):
            calibration.read(file)

    def test_the_plot_is_of_the_shipped_figures(self) -> None:
        """The picture in docs/ says the error and the bars that the file has."""
        plot = (HERE.parent / "docs/calibration.svg").read_text("utf-8")
        held = calibration.held()
        assert f"ECE {held.expected_error:.3f}" in plot
        assert all(f"{policy} ≥ {bar:.2f}" in plot for policy, bar in held.bars.items())


class TestLabelled:
    """Labelled questions."""

    def test_the_sheets_of_the_repository_are_read(self) -> None:
        """There are enough of them, of answerable and of unanswerable ones, and only the part."""
        every = list(read(QUESTIONS, "fit"))
        assert len(every) > 300
        assert {each.part for each in every} == {"fit"}
        assert sum("answer" not in each.expect for each in every) > 100

    @pytest.mark.parametrize(
        ("said", "right"),
        [("14日内", True), ("十四日内", True), ("114日内", False), ("24小时", False)],
    )
    def test_a_right_answer_holds_the_facts(self, said: str, right: bool) -> None:
        """A fact counts in any of its wordings and spellings, and not within another number."""
        label = _label("a", "answer", facts=(("14日", "14 days"),), cites=("cn-law#24",))
        turn, _ = turn_of("几天")
        assert label.right(turn._replace(sentences=(Sentence(said, ("cn-law#24",)),))) is right
        assert not label.right(turn._replace(sentences=(Sentence(said, ("cn-other",)),)))

    def test_an_unanswerable_question_has_no_right_answer(self) -> None:
        """Whatever is answered to it is wrong."""
        turn, _ = turn_of("几天")
        said = turn._replace(sentences=(Sentence("14日", ("cn-law#24",)),))
        assert not _label("a", ("abstain", "clarify")).right(said)


def _signs(asked: str, found: list[dict[str, Any]]) -> Signs:
    turn, _ = turn_of(asked, found)
    first = turn.hits[0].passage
    return signs_of(turn._replace(origin="passages", sentences=(Sentence("是", (first.id,)),)))


def _drawn_from(start: float, weights: tuple[float, ...], many: int) -> list[Row]:
    draw, rows = random.Random(7), []
    for number in range(many):
        values = tuple(draw.uniform(-2, 2) for _ in weights)
        odds = start + sum(w * v for w, v in zip(weights, values, strict=True))
        rows.append(Row(str(number), values, draw.random() < chance_of(odds)))
    return rows


def _label(id: str, expect: str | tuple[str, ...], **more: Any) -> Labelled:
    return Labelled(id=id, question=id, as_of=date(2026, 11, 21), expect=expect, **more)


def _questions() -> list[Labelled]:
    return [_label(f"{n}", "answer" if n % 3 else "abstain") for n in range(150)]


def _answers(question: Question) -> Turn:
    """A likely passage for a question that may be answered, an unlikely one for another."""
    number = int(question.text)
    score = (0.5 if number % 3 else 0.1) + number % 7 / 20
    turn, _ = turn_of(question.text, [{"id": "cn-law#24", "score": score}])
    return turn._replace(origin="passages", sentences=(Sentence("是", ("cn-law#24",)),))
