"""`python -m benchmarks.answers [--part test] [--only ID …] [--misses] [--write]`.

Asks the assistant every question in one process over the shipped pack, prints the shares by part,
language, style and kind, and what changed since the last run kept in `last.jsonl`; `--write` keeps this
one instead.
"""

import argparse
import time
from collections.abc import Iterator, Sequence

from assistant.answer import Answer
from assistant.desk import Desk
from benchmarks.answers import runs
from benchmarks.answers.asked import Asked, questions
from benchmarks.answers.grading import Grade, graded
from benchmarks.answers.shares import misses, report


def run(desk: Desk, asked: Sequence[Asked]) -> Iterator[tuple[Grade, Answer]]:
    """Ask every question and yield its grade and answer."""
    desk.ask(asked[0].put)
    for each in asked:
        start = time.perf_counter()
        answer = desk.ask(each.put)
        took = (time.perf_counter() - start) * 1e3
        yield graded(each, answer, desk.shelf, took), answer


def main() -> None:
    """Run the benchmark as the command line says."""
    given = _options()
    asked = [each for each in questions(given.part) if not given.only or each.id in given.only]
    if not asked:
        raise SystemExit("no question has that id in that part")
    grades, answers = zip(*run(Desk.open(), asked), strict=True)
    before = runs.read()
    if given.misses or given.only:
        print(*misses(grades, [each.text for each in answers]), sep="\n")
    print(*report(grades), sep="\n")
    print(*(runs.changes(before, grades) if before else ("no earlier run",)), sep="\n")
    if given.write:
        kept = {each.id: before[each.id] for each in questions() if each.id in before}
        runs.write(kept | {grade.asked.id: runs.Record.of(grade) for grade in grades})


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m benchmarks.answers")
    options.add_argument("--part", default="", choices=["", "fit", "test"])
    options.add_argument("--only", nargs="+", default=[], metavar="ID")
    options.add_argument("--misses", action="store_true")
    options.add_argument("--write", action="store_true")
    return options.parse_args()


if __name__ == "__main__":
    main()
