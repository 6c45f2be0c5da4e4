"""What a reader gives back: a text as it stood in the file; or why there is none."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from knowledge.text import Text

MAX_BYTES = 60_000_000
"""Largest file that is looked at; the longest law takes some 300 kB."""
MAX_PARAGRAPHS = 500_000
"""Most paragraphs of one text."""
MAX_TEXTS = 20_000
"""Most texts of one file of many."""

NOWHERE = Text("", "")
Table = tuple[tuple[str, ...], ...]


class RawText(NamedTuple):
    """One text as it stood in a file: nothing of it is understood yet."""

    paragraphs: tuple[str, ...]
    """In the order of the file; a row of a table is one, its cells parted by ` | `."""
    title: str = ""
    tables: tuple[Table, ...] = ()
    meta: Mapping[str, str] = MappingProxyType({})
    """What the file tells of the text beside it: number, issuer, published, effective, …"""
    notes: tuple[Text, ...] = ()
    """What of the file is not here: pictures, footnotes."""
    where: Text = NOWHERE
    """The place in a file of many texts."""


class Refused(Exception):
    """A file or a text that is not taken in: which, where, why, and what to do about it."""

    def __init__(self, file: str, says: Text, do: Text, where: Text = NOWHERE) -> None:
        super().__init__(f"{file}: {says.en}")
        self.file = file
        self.says = says
        self.do = do
        self.where = where

    def told(self) -> Text:
        """Return file, place, fault and remedy in one wording."""
        zh = "，".join(filter(None, (self.file, self.where.zh)))
        en = ", ".join(filter(None, (self.file, self.where.en)))
        head = Text(f"{zh}：{self.says.zh}", f"{en}: {self.says.en}")
        return head.followed_by(self.do)


class Reading(NamedTuple):
    """What a file held: its texts, and those of them that could not be read."""

    texts: tuple[RawText, ...]
    refused: tuple[Refused, ...] = ()


def refuse_crowds(paragraphs: int, file: str) -> None:
    """Refuse a text of too many paragraphs.

    Raises:
        Refused: there are more than `MAX_PARAGRAPHS`.
    """
    if paragraphs > MAX_PARAGRAPHS:
        says = Text(
            f"文件有 {paragraphs} 段，超过上限 {MAX_PARAGRAPHS}",
            f"The file has {paragraphs} paragraphs, more than {MAX_PARAGRAPHS}",
        )
        raise Refused(
            file,
            says,
            Text("确认是一部法规，或分拆后再导入", "Make sure it is one text, or split it"),
        )


def refuse_emptiness(paragraphs: tuple[str, ...], file: str) -> None:
    """Refuse a text without a word.

    Raises:
        Refused: no paragraph has a letter, a figure or a character.
    """
    if not any(any(map(str.isalnum, paragraph)) for paragraph in paragraphs):
        says = Text("文件中没有文字", "There is no text in the file")
        raise Refused(file, says, Text("核对文件是否正确", "Check that it is the right file"))
