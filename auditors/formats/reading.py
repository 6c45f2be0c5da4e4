"""What a reader gives back: a draft and where each field stood; or why there is none."""

from typing import Literal, NamedTuple

from auditors.declaration import Declaration
from auditors.notation import Stood
from auditors.place import Place
from knowledge.text import Text

Form = Literal["json", "xml", "xlsx"]


class Reading(NamedTuple):
    """A draft as read from a file."""

    draft: Declaration
    form: Form
    name: str = ""
    """File name, for the report."""
    stood: Stood = Stood()
    source: bytes = b""
    """The bytes read, for the way back into the user's own file."""


class Written(NamedTuple):
    """A draft as written to a form."""

    content: bytes
    left_out: tuple[Place, ...] = ()
    """Filled fields the form has no room for."""


BEGINNING = Text("文件开头", "byte 0")
"""Where a file is odd that is of another kind altogether."""


def at_line(line: int, column: int = 0) -> Text:
    """Return a spot in a text, as people count.

    >>> at_line(2, 3).en, at_line(2).zh
    ('line 2, column 3', '第2行')
    """
    if not column:
        return Text(f"第{line}行", f"line {line}")
    return Text(f"第{line}行第{column}列", f"line {line}, column {column}")


class Unreadable(Exception):
    """There is no draft in these bytes; says what is wrong, where, and what to do."""

    def __init__(self, says: Text, do: Text, where: Text | str = "", code: str = "CN-M001") -> None:
        super().__init__(says.en)
        self.says = says
        self.do = do
        self.where = where if isinstance(where, Text) else Text(where, where)
        """Line, sheet or part of the file, as far as it is known."""
        self.code = code
        """Code of the rule that owns the trouble."""


MAX_BYTES = 20_000_000
"""Largest file that is looked at at all; a declaration of 50 items takes some 100 kB."""


def refuse_size(content: bytes) -> None:
    """Refuse an empty or oversized file.

    Raises:
        Unreadable: it is empty or larger than `MAX_BYTES`.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable(
            Text("文件是空的", "The file is empty"), Text("重新导出后再试", "Export it again")
        )
    if len(content) > MAX_BYTES:
        raise Unreadable(
            Text(
                f"文件有 {len(content)} 字节，超过上限 {MAX_BYTES}",
                f"The file has {len(content)} bytes, more than {MAX_BYTES}",
            ),
            Text("分拆后再试", "Split it"),
        )
