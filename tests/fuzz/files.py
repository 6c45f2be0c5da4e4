"""The files that fuzzing starts from, and the ways from bytes to a file."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from auditors.formats import Form, Unreadable, read
from knowledge.library import shipped

EXAMPLES = Path(__file__).parents[2] / "examples"
SHEET = "xl/worksheets/sheet1.xml"
BOOK = (EXAMPLES / "import_sea.xlsx").read_bytes()


def with_sheet(sheet: bytes) -> bytes:
    """Return a workbook whose first sheet is these bytes.

    Bytes of a workbook changed at random are no zip any more; those of a sheet go deeper.
    """
    made = BytesIO()
    with ZipFile(BytesIO(BOOK)) as book, ZipFile(made, "w") as other:
        for entry in book.infolist():
            other.writestr(entry, sheet if entry.filename == SHEET else book.read(entry))
    return made.getvalue()


def _sheet() -> bytes:
    with ZipFile(BytesIO(BOOK)) as book:
        return book.read(SHEET)


WAYS: tuple[tuple[Form, Callable[[bytes], bytes]], ...] = (
    ("json", bytes),
    ("xml", bytes),
    ("xlsx", bytes),
    ("xlsx", with_sheet),
)
"""The form to read, and how bytes become a file of it."""

STARTS: tuple[tuple[bytes, ...], ...] = (
    *(
        tuple(file.read_bytes() for file in sorted(EXAMPLES.glob(f"*.{form}"))[:6])
        for form, _ in WAYS[:3]
    ),
    (_sheet(),),
)
"""Good bytes of each way."""


def bear(way: int, content: bytes) -> None:
    """Read bytes; nothing but a draft or one clear refusal may come of it."""
    form, made = WAYS[way]
    refused = _refusal(made(content), form)
    if refused:
        assert refused.code.startswith("CN-M")
        assert all((refused.says.zh, refused.says.en, refused.do.zh, refused.do.en))


def _refusal(content: bytes, form: Form) -> Unreadable | None:
    try:
        reading = read(content, shipped(), "fuzz", form)
    except Unreadable as refused:
        return refused
    assert reading.form == form
    return None
