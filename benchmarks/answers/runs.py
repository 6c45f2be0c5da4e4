"""The last run, kept to compare with: one line a question, the same bytes for the same answers."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import msgspec

from benchmarks.answers.grading import Grade

FILE = Path(__file__).with_name("last.jsonl")


class Record(msgspec.Struct, frozen=True):
    """What became of a question."""

    id: str
    status: str
    kind: str
    confidence: float
    passed: bool
    missing: tuple[str, ...]
    cites: tuple[str, ...]

    @classmethod
    def of(cls, grade: Grade) -> Self:
        """Return what is kept of a grade."""
        return cls(
            id=grade.asked.id,
            status=grade.status,
            kind=grade.kind,
            confidence=round(grade.confidence, 3),
            passed=grade.passed,
            missing=grade.missing,
            cites=grade.cites,
        )


def read(file: Path = FILE) -> dict[str, Record]:
    """Return the records of a run by question; none where there is no file."""
    content = file.read_bytes() if file.exists() else b""
    return {each.id: each for each in msgspec.json.Decoder(Record).decode_lines(content)}


def write(records: Mapping[str, Record], file: Path = FILE) -> None:
    """Write the records of a run in the order of their ids."""
    ordered = [records[name] for name in sorted(records)]
    file.write_bytes(msgspec.json.Encoder().encode_lines(ordered))


def changes(before: Mapping[str, Record], grades: Sequence[Grade]) -> Iterator[str]:
    """Yield what is fixed, broken, new or otherwise changed since an earlier run."""
    for record in map(Record.of, grades):
        old = before.get(record.id)
        if old is None:
            yield f"new      {record.id} {'passed' if record.passed else 'failed'}"
        elif old.passed != record.passed:
            word = "fixed   " if record.passed else "broken  "
            yield f"{word} {record.id} {old.status} → {record.status} {_why(record)}".rstrip()
        elif (old.status, old.cites) != (record.status, record.cites):
            yield f"changed  {record.id} {old.status} → {record.status}"


def _why(record: Record) -> str:
    return f"missing {'; '.join(record.missing)}" if record.missing else ""
