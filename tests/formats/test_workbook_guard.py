"""What is let in as a workbook and what is not, and that nothing broken is a traceback."""

import random
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from auditors.formats import workbook_cells, workbook_guard
from auditors.formats.reading import Unreadable
from auditors.formats.workbook import read_workbook
from knowledge.library import shipped
from tests.formats.workbooks import book, opened, with_part

SOUND = book({"表头": [("监管方式", "0110")], "表体": [("项号", "商品名称"), (1, "泵")]})
SHEET = "xl/worksheets/sheet1.xml"


def refused(content: bytes) -> Unreadable:
    """Return the refusal of some bytes."""
    with pytest.raises(Unreadable) as caught:
        read_workbook(content, shipped(), "x.xlsx")
    fault = caught.value
    assert fault.code == "CN-M001"
    assert all((*fault.says, *fault.do))
    return fault


def zipped(*names: str) -> bytes:
    """Return a zip with these parts."""
    packed = BytesIO()
    with ZipFile(packed, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "old kind"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b'{"header": {}}', "JSON"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><DecMessage/>', "XML"),
        ("监管方式,毛重\n0110,1\n".encode(), "CSV"),
        (b"\x00\x01\x02\x03", "unknown form"),
        (zipped("a.txt"), "plain zip"),
        (zipped("[Content_Types].xml", "word/document.xml"), "Word"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (SOUND[: len(SOUND) // 2], "damaged"),
        (b"PK\x03\x04" + b"\x00" * 60, "damaged"),
    ],
)
def test_what_is_no_workbook(content: bytes, what: str) -> None:
    """A renamed file is called by its name, and the remedy with it."""
    assert what in refused(content).says.en


def test_the_remedy_for_old_workbooks() -> None:
    """An .xls is to be saved as .xlsx."""
    assert ".xlsx" in refused(b"\xd0\xcf\x11\xe0" + b"\x00" * 99).do.en


def test_the_strict_dialect() -> None:
    """A workbook in the strict dialect would seem to have no sheets."""
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    plain = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = with_part(SOUND, "xl/workbook.xml", lambda markup: markup.replace(plain, strict))
    assert "Strict" in refused(content).says.en


def _doctype(markup: bytes) -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'
    return markup.replace(b"<worksheet", bomb + b"<worksheet", 1)


def _late_doctype(markup: bytes) -> bytes:
    return b" " * 200 + _doctype(markup)


def _wide(markup: bytes) -> bytes:
    return markup.decode().encode("utf-16")


def _wide_without_mark(markup: bytes) -> bytes:
    return markup.decode().encode("utf-16-le")


def _foreign(markup: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-7"?>' + markup


def _torn(markup: bytes) -> bytes:
    return markup.replace(b"</row>", b"", 1)


def _strange(markup: bytes) -> bytes:
    return markup.replace(b'r="A1"', b'r="1A"')


@pytest.mark.parametrize(
    "change", [_doctype, _late_doctype, _wide, _wide_without_mark, _foreign, _torn, _strange]
)
def test_dangerous_and_broken_parts(change: Callable[[bytes], bytes]) -> None:
    """Entities are refused before a parser sees them, also behind blanks or another encoding."""
    refused(with_part(SOUND, SHEET, change))


def test_entities_are_refused_in_every_part() -> None:
    """A part of another name may be meant to be parsed as a sheet."""
    hidden = with_part(SOUND, "xl/media/picture.png", lambda _: _doctype(b"<worksheet/>"))
    assert refused(hidden).where.en == "xl/media/picture.png"
    read_workbook(
        with_part(SOUND, "xl/media/picture.png", lambda _: b"\x89PNG<!DOCTYPE"), shipped()
    )


def test_a_bomb_is_not_unpacked() -> None:
    """A part squeezed a thousand times is refused by what the zip says of it."""
    bomb = with_part(SOUND, "xl/media/a.bin", lambda _: b"\x00" * 3_000_000)
    assert "bomb" in refused(bomb).says.en


@pytest.mark.parametrize("cap", ["MAX_ENTRIES", "MAX_UNPACKED", "MAX_ELEMENTS"])
def test_caps_on_the_whole(cap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts, bytes and tags have an upper limit."""
    monkeypatch.setattr(workbook_guard, cap, 9)
    assert "more than" in refused(SOUND).says.en


@pytest.mark.parametrize("cap", ["MAX_CELLS", "MAX_SHEETS"])
def test_caps_on_cells(cap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells are counted over all sheets that are parsed; blank rows below do not count."""
    monkeypatch.setattr(workbook_cells, cap, 6)
    sheets = {
        name: [("项号", "币制", "x")] for name in ("表体", "集装箱", "随附单证", "a", "b", "c", "d")
    }
    assert "more than 6" in refused(book(sheets)).says.en
    read_workbook(SOUND, shipped())


def test_cells_below_the_last_row_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats run down a whole column in many workbooks; they are not parsed."""
    monkeypatch.setattr(workbook_cells, "MAX_CELLS", 8_000)
    rows = [("项号", "商品名称"), (1, "泵"), *[(None, None)] * 2_998]

    def style(made: Workbook) -> None:
        for row in range(1, 3_000):
            made["表体"].cell(row, 3).number_format = "@"
            made["表体"].cell(row, 4).number_format = "@"

    content = book({"表体": rows}, style)
    assert len(read_workbook(content, shipped()).draft.items) == 1
    monkeypatch.setattr(workbook_cells, "MAX_CELLS", 3_000)
    refused(content)


def test_merged_areas_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Merged areas are held cell by cell, so they have an upper limit too."""
    monkeypatch.setattr(workbook_cells, "MAX_MERGED", 50)
    refused(book({"表体": [("项号",), (1,)]}, lambda made: made["表体"].merge_cells("A3:Z9")))


def test_a_locked_or_strangely_packed_zip() -> None:
    """Parts must be plain or deflated, and open."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_BZIP2) as new, ZipFile(BytesIO(SOUND)) as old:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "packed" in refused(packed.getvalue()).says.en
    locked = bytearray(SOUND)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "password" in refused(bytes(locked)).says.en


def test_macros_and_outside_links_are_ignored() -> None:
    """A workbook with macros is read as one without."""
    with_macros = with_part(SOUND, "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0macros")
    types = "[Content_Types].xml"
    kind = b"spreadsheetml.sheet.main+xml"
    macro_kind = b"ms-excel.sheet.macroEnabled.main+xml"
    assert kind in ZipFile(BytesIO(SOUND)).read(types)
    content = with_part(
        with_macros,
        types,
        lambda text: text.replace(b"openxmlformats-officedocument." + kind, macro_kind),
    )
    assert read_workbook(content, shipped()).draft.header.trade_mode == "0110"
    assert opened(content).sheetnames == ["表头", "表体"]


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["bytes", "markup", "names"]))
def test_whatever_is_broken_is_refused(chance: random.Random, where: str) -> None:
    """Bytes changed by chance give a draft or a refusal, never anything else."""
    content = SOUND
    if where == "bytes":
        content = _spoilt(SOUND, chance)
    else:
        with ZipFile(BytesIO(SOUND)) as old:
            name = chance.choice(old.namelist())
        if where == "markup":
            content = with_part(SOUND, name, lambda markup: _spoilt(markup, chance))
        else:
            content = with_part(SOUND, name, lambda _: b"")
    with suppress(Unreadable):
        read_workbook(content, shipped())


def _spoilt(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        changed[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(changed)


def test_what_is_packed_here_is_a_zip() -> None:
    """The helper of these tests changes one part and no other."""
    again = with_part(SOUND, SHEET, lambda markup: markup)
    with ZipFile(BytesIO(again)) as new:
        assert new.infolist()[0].compress_type == ZIP_DEFLATED
