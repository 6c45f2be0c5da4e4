"""`make bench`: prints how fast an audit is beside a plain parse of the same bytes."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from auditors.catalogue import catalogue
from auditors.engine import audit
from auditors.formats import read
from benchmarks.drafts import draft_of, pydantic_model
from knowledge.library import shipped

DAY = date(2026, 11, 20)
HOME = Path(__file__).parents[1]


def cpu(work: Callable[[], object], times: int) -> float:
    """Return the CPU seconds of one call: the best of several rounds."""
    work()
    rounds = []
    for _ in range(9):
        start = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - start) / times)
    return min(rounds)


def audit_beside_parse(lines: int) -> None:
    """Print bytes in to report out, beside a pydantic parse of the same bytes."""
    content, library, model = draft_of(lines), shipped(), pydantic_model()
    facts = library.on(DAY)
    report = audit(read(content, library, form="json").draft, facts)
    assert not report.summary["error"], [found.message.en for found in report.findings]
    ours = cpu(lambda: audit(read(content, library, form="json").draft, facts), 200)
    theirs = cpu(lambda: model.model_validate_json(content), 200)
    print(
        f"{lines:>3} lines, {len(content):>6} bytes, {len(catalogue())} rules: "
        f"audit {ours * 1e6:7.1f} µs, pydantic parse {theirs * 1e6:7.1f} µs, "
        f"ratio {ours / theirs:.2f}, {1 / ours:,.0f} docs/s per core"
    )


def cold_start() -> None:
    """Print a whole `declarant audit` process beside `import pydantic`."""
    ours = [
        sys.executable,
        "-c",
        "from assistant.cli import main; main()",
        "audit",
        "examples/one.json",
    ]
    theirs = [sys.executable, "-c", "import pydantic"]
    took = {name: _process(command) for name, command in (("ours", ours), ("pydantic", theirs))}
    ratio = took["ours"] / took["pydantic"]
    print(
        f"cold start: audit {took['ours'] * 1e3:.0f} ms, import pydantic "
        f"{took['pydantic'] * 1e3:.0f} ms, ratio {ratio:.2f}"
    )


def _process(command: list[str]) -> float:
    took = []
    for _ in range(9):
        start = time.perf_counter()
        subprocess.run(command, cwd=HOME, capture_output=True, check=False)
        took.append(time.perf_counter() - start)
    return median(took[1:])


def many_files() -> None:
    """Print the peak memory of one call over 100 and over 1,000 files, one of them bad."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = {count: _peak(Path(folder), count) for count in (100, 1000)}
    print(
        f"many files: peak {peaks[100][0] / 1024:.1f} MB for 100, {peaks[1000][0] / 1024:.1f} MB "
        f"for 1,000 (ratio {peaks[1000][0] / peaks[100][0]:.2f}); "
        f"{peaks[1000][1]} reports in {peaks[1000][2]:.1f} s"
    )


PROGRAM = """
import resource, sys
from assistant.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _peak(folder: Path, count: int) -> tuple[int, int, float]:
    target = folder / str(count)
    target.mkdir()
    content = draft_of(20)
    for number in range(count):
        bad = number == count // 2
        (target / f"{number:04}.json").write_bytes(b"{" if bad else content)
    start = time.perf_counter()
    command = [sys.executable, "-c", PROGRAM, "audit", str(target), "--lang", "en"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    assert done.returncode == 3, done.stderr
    return int(done.stderr.split()[-1]), done.stdout.count("not judged (as of"), took


if __name__ == "__main__":
    for lines in (1, 20):
        audit_beside_parse(lines)
    cold_start()
    many_files()
