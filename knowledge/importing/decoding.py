"""Bytes into text: UTF-8, UTF-16 and GB18030, with or without a mark."""

import codecs
import re
from contextlib import suppress

from knowledge.importing.raw import NOWHERE, Refused
from knowledge.text import Text

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer ones first."""
GUESSES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
SAMPLE = 20_000
"""Bytes from the beginning by which an unmarked encoding is told."""
COMMON = (
    "的一是不在有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过民"
    "法规定应当海关进口货物品条款项第本或者其他及由按照依据公告施行管理单位部门办检验疫税申报"
)
"""Characters that make up a third of any official text, and next to nothing of a garbled one."""
PLAIN = re.compile(f"[\u0020-\u007e\n\r\t，。、；：（）《》“”〔〕\u3000{COMMON}]")
LEAST_PLAIN = 0.2
"""Smallest share of such characters in a text that was decoded right."""


def decode(content: bytes, file: str) -> str:
    """Return the text the bytes hold.

    Raises:
        Refused: they are in no encoding that is read.
    """
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if marked:
        return _strictly(content, marked, file)
    if b"\0" not in content[:SAMPLE]:
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8")
    share, name = max((_plainness(content[:SAMPLE], name), name) for name in GUESSES)
    if share < LEAST_PLAIN:
        raise _refused(file, NOWHERE)
    return _strictly(content, name, file)


def _plainness(sample: bytes, name: str) -> float:
    text = sample.decode(name, "replace")
    return len(PLAIN.findall(text)) / max(len(text), 1)


def _strictly(content: bytes, name: str, file: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise _refused(file, Text(f"第 {line} 行", f"line {line}")) from None


def _refused(file: str, where: Text) -> Refused:
    says = Text(
        "文字编码不是 UTF-8、UTF-16 或 GB18030，或已损坏",
        "The encoding is none of UTF-8, UTF-16 and GB18030, or the file is damaged",
    )
    return Refused(file, says, Text("以 UTF-8 另存后再导入", "Save it as UTF-8"), where)
