"""Coverage-guided fuzzing of the readers: a draft comes out, or `Unreadable`, and no more.

Run it by `python -m tests.fuzz.readers -runs=20000 -max_total_time=30`; the options are those of
libFuzzer. What it learns stays in a folder for temporary files, and the next run goes on from it.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["auditors.formats"]):
    from auditors.formats import plain_json, single_window, workbook

from tests.fuzz.files import STARTS, WAYS, bear

DEEP = (plain_json, single_window, workbook)
"""Imported above to be watched, not only when a file first asks for them."""


def one_input(data: bytes) -> None:
    """Read bytes in the way their first one chooses."""
    if data:
        bear(data[0] % len(WAYS), data[1:])


def corpus() -> Path:
    """Return a folder of good bytes, each behind the byte that chooses its way."""
    folder = Path(tempfile.gettempdir()) / "declarant-fuzz"
    folder.mkdir(exist_ok=True)
    for way, starts in enumerate(STARTS):
        for number, start in enumerate(starts):
            (folder / f"start-{way}-{number}").write_bytes(bytes([way]) + start)
    return folder


if __name__ == "__main__":
    home = corpus()
    atheris.Setup([*sys.argv, f"-artifact_prefix={home}/", str(home)], one_input)
    atheris.Fuzz()
