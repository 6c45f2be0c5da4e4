"""A file of questions, answered line by line; what is there already is not asked again."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import click
import msgspec

from assistant.desk import Desk
from assistant.turn import Question, Said
from knowledge.text import Language

WHOLE, FAULTY = 0, 1


class Earlier(msgspec.Struct, frozen=True):
    """An earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


class Row(msgspec.Struct, frozen=True):
    """A question of a batch."""

    id: str
    question: str
    history: tuple[Earlier, ...] = ()
    lang: Language | None = None
    as_of: date | None = None
    policy: Literal["strict", "normal", "lenient"] = "normal"


ROW = msgspec.json.Decoder(Row)


def answer_file(desk: Desk, batch: Path, out: Path, day: date) -> int:
    """Answer the questions of a file into another, and return the exit code.

    A line that is no question is named and passed over.
    """
    answered = _answered(out)
    rows, faults = _rows(batch)
    wanted = [row for row in rows if row.id not in answered]
    with out.open("ab") as file, _bar(wanted) as watched:
        for row in watched:
            said = msgspec.to_builtins(desk.ask(_question(row, day)))
            file.write(msgspec.json.encode({**said, "id": row.id}) + b"\n")
            file.flush()
        os.fsync(file.fileno())
    for fault in faults:
        click.echo(fault, err=True)
    return FAULTY if faults else WHOLE


def _bar(rows: list[Row]) -> "click._termui_impl.ProgressBar[Row]":
    hidden = not sys.stderr.isatty()
    return click.progressbar(rows, label="回答 answering", file=sys.stderr, hidden=hidden)


def _question(row: Row, day: date) -> Question:
    history = tuple(Said(each.role, each.content) for each in row.history)
    return Question(row.question, row.as_of or day, row.lang, history, "", row.policy)


def _rows(batch: Path) -> tuple[list[Row], list[str]]:
    rows: dict[str, Row] = {}
    faults = []
    for number, line in enumerate(batch.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = ROW.decode(line)
        except msgspec.MsgspecError as fault:
            faults.append(f"{batch}:{number}: 不是问题行 no question: {fault}")
            continue
        rows.setdefault(row.id, row)
    return list(rows.values()), faults


def _answered(out: Path) -> set[str]:
    """Ids answered before; a last line cut short by a crash is taken away and asked again."""
    if not out.exists():
        return set()
    held = out.read_bytes()
    whole = held[: held.rfind(b"\n") + 1]
    if len(whole) < len(held):
        with out.open("r+b") as file:
            file.truncate(len(whole))
    return set(_ids(whole.splitlines()))


def _ids(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        try:
            yield msgspec.json.decode(line)["id"]
        except (msgspec.MsgspecError, KeyError, TypeError):
            continue
