"""What is let in as a Word file: a zip of XML parts, of a bearable size, without entities."""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from knowledge.importing.raw import Refused
from knowledge.text import Text

MAX_ENTRIES = 5_000
"""Most parts a document may have."""
MAX_UNPACKED = 200_000_000
"""Largest size of all parts together, unpacked; pictures are most of it."""
MAX_PART = 60_000_000
"""Largest part of text, unpacked."""
MAX_RATIO = 300
"""Most a part may have been squeezed; text reaches 40."""
RATIO_FROM = 1_000_000
"""Smallest part whose ratio is looked at."""

DOCUMENT = "word/document.xml"
AGAIN = Text("重新下载或另存后再导入", "Download or save it again")
OPEN = Text("去掉密码后另存再导入", "Remove the password, save it and import it again")
SAVE_AS = Text("在 Word 中另存为 .docx 后再导入", "Open it in Word and save it as .docx")
STRANGE_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Parts:
    """The parts of a document whose size was looked at before they are unpacked."""

    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """Return a part of text.

        Raises:
            Refused: it is larger than is read, or declares entities.
        """
        if self._archive.getinfo(name).file_size > MAX_PART:
            raise _bomb(self._file, name)
        content = self._archive.read(name)
        if STRANGE_XML.search(content) or b"\0" in content[:64]:
            says = Text("部件含文档类型声明，或不是 UTF-8", "A part declares a document type, or is not in UTF-8")  # fmt: skip
            raise Refused(self._file, says, AGAIN, Text(name, name))
        return content


def unpacked(content: bytes, file: str) -> Parts:
    """Return the parts of a Word file.

    Raises:
        Refused: it is locked, of another kind, broken, or unpacks to more than is read.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _compound(content, file)
    with faults_told(file):
        archive = ZipFile(BytesIO(content))
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(file, Text("文件有密码", "The file is locked by a password"), OPEN)
        if DOCUMENT not in archive.namelist():
            says = Text("这个压缩包不是 Word 文档", "This zip is no Word document")
            raise Refused(
                file, says, Text("解压后逐个导入", "Unpack it and import the files in it")
            )
        _refuse_bombs(entries, file)
        return Parts(archive, file)


@contextmanager
def faults_told(file: str) -> Iterator[None]:
    """Turn whatever a broken document makes the parsers raise into a refusal that says so."""
    try:
        yield
    except Refused:
        raise
    except (BadZipFile, zlib.error, EOFError):
        raise Refused(file, Text("Word 文件已损坏", "The Word file is damaged"), AGAIN) from None
    except Exception as fault:
        says = Text(
            f"Word 文件内容无法解析（{type(fault).__name__}）",
            f"The Word file cannot be parsed ({type(fault).__name__})",
        )
        raise Refused(file, says, AGAIN) from None


def _compound(content: bytes, file: str) -> Refused:
    """Tell a locked document from one of the years before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refused(file, Text("文件有密码", "The file is locked by a password"), OPEN)
    says = Text("这是旧版 Office 文件（.doc 等）", "This is an Office file of the old kind (.doc)")
    return Refused(file, says, SAVE_AS)


def _refuse_bombs(entries: list[ZipInfo], file: str) -> None:
    if len(entries) > MAX_ENTRIES or sum(each.file_size for each in entries) > MAX_UNPACKED:
        raise _bomb(file, f"{len(entries)} parts")
    for entry in entries:
        squeezed = (
            entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size
        )
        if squeezed or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise _bomb(file, entry.filename)


def _bomb(file: str, where: str) -> Refused:
    says = Text(
        "解压后过大或压缩异常，疑似压缩炸弹",
        "It unpacks to more than is read, or is packed strangely, like a zip bomb",
    )
    return Refused(file, says, AGAIN, Text(where, where))
