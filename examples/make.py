"""Writes each example as message and as workbook, from its JSON.

`python -m examples.make` writes them. The JSON files are written by hand and never touched.
"""

from collections.abc import Iterator
from pathlib import Path

from auditors.formats import read, write
from auditors.formats.reading import Form
from knowledge.library import shipped

HOME = Path(__file__).parent
MADE: tuple[Form, ...] = ("xml", "xlsx")
"""Forms that are written from the JSON."""


def names() -> list[str]:
    """Return the names of all examples, without ending."""
    return sorted(file.stem for file in HOME.glob("*.json"))


def files() -> Iterator[tuple[Path, bytes]]:
    """Give every file to be written, and its bytes."""
    for name in names():
        source = HOME / f"{name}.json"
        draft = read(source.read_bytes(), shipped(), source.name).draft
        for form in MADE:
            yield HOME / f"{name}.{form}", write(draft, shipped(), form).content


def main() -> None:
    """Write the files."""
    for file, content in files():
        file.write_bytes(content)


if __name__ == "__main__":
    main()
