"""Readers and writers: bytes of a file into a draft, and back."""

from pathlib import PurePath

from auditors.declaration import Declaration
from auditors.formats.reading import Form, Reading, Unreadable, Written
from knowledge.library import Library
from knowledge.text import Text

FORMS: dict[str, Form] = {
    ".json": "json",
    ".xml": "xml",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
}
"""Endings of file names and what they hold; an old .xls is refused with the remedy."""


def form_of(name: str, content: bytes = b"") -> Form:
    """Return the form of a file by its name, else by how it begins.

    Raises:
        Unreadable: neither tells.
    """
    if form := FORMS.get(PurePath(name).suffix.lower()):
        return form
    begins = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:4]
    if begins[:1] in (b"{", b"["):
        return "json"
    if begins[:1] == b"<":
        return "xml"
    if begins == b"PK\x03\x04":
        return "xlsx"
    raise Unreadable(
        Text(f"无法判断“{name}”是什么格式", f'"{name}" is in no form known here'),
        Text("使用 .json、.xml 或 .xlsx 文件", "Use a .json, .xml or .xlsx file"),
    )


def read(content: bytes, library: Library, name: str = "", form: Form | None = None) -> Reading:
    """Read a draft; what is odd in it is noted, not raised.

    Raises:
        Unreadable: there is no draft in these bytes.
    """
    match form or form_of(name, content):
        case "json":
            from auditors.formats.plain_json import read_json

            return read_json(content, library, name)
        case "xml":
            from auditors.formats.single_window import read_xml

            return read_xml(content, library, name)
        case "xlsx":
            from auditors.formats.workbook import read_workbook

            return read_workbook(content, library, name)


def write(draft: Declaration, library: Library, form: Form) -> Written:
    """Write a draft; `left_out` names the filled fields the form has no room for."""
    match form:
        case "json":
            from auditors.formats.plain_json import write_json

            return Written(write_json(draft))
        case "xml":
            from auditors.formats.single_window import write_xml

            return write_xml(draft, library)
        case "xlsx":
            from auditors.formats.workbook_writing import write_workbook

            return write_workbook(draft, library)


__all__ = ["FORMS", "Form", "Reading", "Unreadable", "Written", "form_of", "read", "write"]
