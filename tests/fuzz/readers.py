"""Coverage-guided fuzzing of the three readers: a draft comes out, or `Unreadable`, and no more.

Run it by `python -m tests.fuzz.readers -runs=20000 -max_total_time=30`; the options are those of
libFuzzer. Examples of this repository are what it starts from.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["auditors.formats"]):
    from auditors.formats import Form, Unreadable, read

from knowledge.library import shipped

HOME = Path(__file__).parents[2]
FORMS: tuple[Form, ...] = ("json", "xml", "xlsx")


def one_input(data: bytes) -> None:
    """Read bytes in the form their first one chooses; the rest is the file."""
    if not data:
        return
    form = FORMS[data[0] % len(FORMS)]
    try:
        reading = read(data[1:], shipped(), "fuzz", form)
    except Unreadable as refused:
        assert all((refused.says.zh, refused.says.en, refused.do.zh, refused.do.en))
    else:
        assert reading.form == form


def corpus(folder: Path) -> None:
    """Put the examples into a folder, each behind the byte that chooses its reader."""
    for number, form in enumerate(FORMS):
        for file in sorted((HOME / "examples").glob(f"*.{form}"))[:6]:
            (folder / file.name).write_bytes(bytes([number]) + file.read_bytes())


def main(arguments: list[str]) -> None:
    """Fuzz until the options say it is enough."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        corpus(folder)
        atheris.Setup([*arguments, str(folder)], one_input)
        atheris.Fuzz()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv)
