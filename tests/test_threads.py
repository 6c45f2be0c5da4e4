"""A service audits in several threads: the same reports as alone, from the very first draft on."""

import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from auditors import audit, read
from auditors.render import pieces
from auditors.render.audited import Audited
from knowledge import shipped


def rendered(file):
    library = shipped()
    reading = read(file.read_bytes(), library, file.name)
    facts = library.on(date(2026, 11, 20))
    report = audit(reading.draft, facts, name=file.name, stood=reading.stood)
    return b"".join(pieces("text", [Audited(report, reading)], "zh", True))


files = sorted(Path("examples").glob(f"*_faulty.{sys.argv[1]}"))
sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(8) as pool:
    together = list(pool.map(rendered, files * 2))
assert together == [rendered(file) for file in files] * 2
"""


@pytest.mark.parametrize("form", ["json", "xml", "xlsx"])
def test_threads_do_not_disturb_each_other(form: str) -> None:
    """A new process whose first drafts come all at once: nothing was worked out before."""
    command = [sys.executable, "-X", "faulthandler", "-c", PROGRAM, form]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
