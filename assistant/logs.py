"""What the service logs: one JSON object a line on standard error, with ids and no personal data.

What our own modules log is written so already. What other libraries log may quote what was sent: it
is masked and cut short, and of an exception only its kind and place are told, never its words.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import msgspec

OURS = ("declarant", "assistant", "auditors", "knowledge", "bots")
QUIET = ("httpx", "httpcore", "chromadb", "alembic", "urllib3", "sqlalchemy")
"""Libraries that tell addresses or statements below the level of a warning."""
LONGEST = 300
"""Characters of what another library says."""
FRAMES = 6
BROKEN = "Traceback (most recent call last)"


class Lines(logging.Formatter):
    """Turns a record into a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line.

        >>> record = logging.makeLogRecord({"name": "declarant.access", "msg": '{"status": 200}'})
        >>> '"status":200' in Lines().format(record)
        True
        """
        line = dict(_head(record)) | _said(record)
        if record.exc_info and record.exc_info[0]:
            line |= _fault(record.exc_info[0], record.exc_info[2])
        return msgspec.json.encode(line).decode()


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Log to a stream, by default standard error; what was set before is taken back."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


def _head(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    at = datetime.fromtimestamp(record.created, UTC)
    yield "at", at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    yield "level", record.levelname.lower()
    yield "log", record.name
    yield "process", record.process


def _said(record: logging.LogRecord) -> dict[str, Any]:
    """What is said: the fields of a line that is JSON already, else the words."""
    said = record.getMessage()
    if record.name.partition(".")[0] not in OURS:
        return {"says": _cut(said)}
    if said.startswith("{"):
        try:
            held: dict[str, Any] = msgspec.json.decode(said, type=dict[str, Any])
        except msgspec.MsgspecError:
            return {"says": said}
        return held
    return {"says": said}


def _cut(said: str) -> str:
    if BROKEN in said:
        last = said.rstrip().rpartition("\n")[2]
        return f"broken off: {last.partition(':')[0][:80]}"
    from assistant.masking import masked

    return masked(said[: LONGEST * 4]).text[:LONGEST]


def _fault(kind: type[BaseException], trace: TracebackType | None) -> dict[str, Any]:
    frames = traceback.extract_tb(trace)[-FRAMES:]
    where = [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames]
    return {"fault": kind.__name__, "where": where}
