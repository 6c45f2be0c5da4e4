"""The measures of a run: shares of the answers by part, language, style and kind."""

from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles

from benchmarks.answers.grading import LONGEST, Grade

MEASURES: tuple[tuple[str, Callable[[Grade], bool]], ...] = (
    ("as due", lambda grade: grade.expected),
    ("facts", lambda grade: grade.expected and not grade.missing and not grade.said),
    ("place", lambda grade: grade.placed),
    ("sourced", lambda grade: not grade.unsourced),
    ("passed", lambda grade: grade.passed),
)
"""What is counted of each answer: that which should became of it; that it holds the key facts; that
an expected place is cited; that every figure has a source; that nothing is wrong with it."""
APART = ("unanswerable", "outside", "misuse")
"""Kinds that are to be declined."""


def report(grades: Sequence[Grade]) -> Iterator[str]:
    """Yield the lines of a report on a run."""
    heads = "".join(f"{name:>9}" for name, _ in MEASURES)
    yield f"{'':24}{'n':>4}{heads}{'cited ok':>10}"
    for name, chosen in _groups(grades):
        yield f"{name:24}{len(chosen):>4}{_row(chosen)}"
    yield from _bars(grades)


def _groups(grades: Sequence[Grade]) -> Iterator[tuple[str, list[Grade]]]:
    for part in sorted({grade.asked.part for grade in grades}):
        held = [grade for grade in grades if grade.asked.part == part]
        yield part, held
        yield f"{part} answerable", [grade for grade in held if grade.asked.answerable]
        for feature in ("lang", "style", "kind"):
            values = dict.fromkeys(getattr(grade.asked, feature) for grade in held)
            for value in sorted(values):
                chosen = [each for each in held if getattr(each.asked, feature) == value]
                yield f"{part} {feature} {value}", chosen


def _row(grades: Sequence[Grade]) -> str:
    shares = [percent(sum(map(test, grades)), len(grades)) for _, test in MEASURES]
    return "".join(f"{share:>9}" for share in shares) + f"{citations_right(grades):>10}"


def citations_right(grades: Sequence[Grade]) -> str:
    """Return the share of citations given that bear their sentence out or are expected."""
    given = sum(len(grade.cites) for grade in grades)
    return percent(given - sum(len(set(grade.wrong)) for grade in grades), given)


def _bars(grades: Sequence[Grade]) -> Iterator[str]:
    for part in sorted({grade.asked.part for grade in grades}):
        yield from _bars_of(part, [grade for grade in grades if grade.asked.part == part])
    if len(grades) > 1:
        took = sorted(grade.milliseconds for grade in grades)
        marks = quantiles(took, n=20, method="inclusive")
        yield f"per question: p50 {marks[9]:.1f} ms, p95 {marks[18]:.1f} ms, slowest {took[-1]:.1f} ms"


def _bars_of(part: str, grades: Sequence[Grade]) -> Iterator[str]:
    answerable = [grade for grade in grades if grade.asked.answerable]
    answered = sum(grade.answered for grade in answerable)
    yield f"{part} answerable: answered {percent(answered, len(answerable))}"
    for kind in APART:
        held = [grade for grade in grades if grade.asked.kind == kind]
        declined = sum(grade.status in ("abstain", "refuse") for grade in held)
        settled = sum(grade.answered for grade in held)
        yield (
            f"{part} {kind}: abstained or refused {percent(declined, len(held))}, "
            f"answered {percent(settled, len(held))}"
        )
    figures = sum(bool(grade.unsourced) for grade in grades)
    long = sum(grade.length > LONGEST for grade in grades)
    yield f"{part}: a figure without a source in {figures} answers, {long} longer than {LONGEST}"


def percent(part: int, whole: int) -> str:
    """Return a share in percent, a dash where there is nothing to share.

    >>> percent(3, 4), percent(0, 0)
    ('75.0%', '–')
    """
    return f"{100 * part / whole:.1f}%" if whole else "–"


def misses(grades: Sequence[Grade], texts: Sequence[str]) -> Iterator[str]:
    """Yield the answers that did not pass and why."""
    for grade, text in zip(grades, texts, strict=True):
        if not grade.passed or grade.wrong:
            yield f"{grade.asked.id} [{grade.asked.part}, {grade.asked.kind}] {grade.asked.question}"
            yield f"    {grade.status} ({grade.kind}, {grade.confidence:.2f}): {_short(text)}"
            yield from (f"    {reason}" for reason in _reasons(grade))


def _reasons(grade: Grade) -> Iterator[str]:
    if not grade.expected:
        yield f"expected: {' or '.join(grade.asked.expected)}"
    for name, held in (
        ("missing", grade.missing),
        ("must not say", grade.said),
        ("wrong citation", grade.wrong),
        ("without a source", grade.unsourced),
    ):
        if held:
            yield f"{name}: {'; '.join(held)}"
    if not grade.placed:
        yield f"cites {' '.join(grade.cites) or 'nothing'} ≠ {' '.join(grade.asked.cites)}"
    if grade.length > LONGEST:
        yield f"{grade.length} characters"


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 300 else f"{said[:300]}…"
