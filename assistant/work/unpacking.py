"""A batch as it was sent, taken apart into drafts: a zip, lines of JSON, or a workbook of many.

Nothing is written anywhere under a name that was sent. A zip is looked at whole before the first
draft is taken from it.
"""

import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from struct import Struct
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assistant.storage.batches import Item
from assistant.work.forms import MEDIA
from auditors.formats import FORMS
from auditors.formats.reading import MAX_BYTES, Unreadable
from knowledge.library import Library
from knowledge.text import Text

Bundle = Literal["zip", "ndjson", "xlsx"]
MOST = 10_000
"""Drafts of one batch."""
MAX_UNPACKED = 1_000_000_000
"""Bytes of all drafts of a zip together."""
MAX_RATIO = 200
"""Most a draft may have been squeezed."""
RATIO_FROM = 1_000_000
"""Smallest draft whose ratio is looked at."""
MAX_DIRECTORY = 4_000_000
"""Bytes of the list of contents of a zip; ten thousand names take a fifth of that."""
MAX_NAME = 300
_END = Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".jar", ".zst")
_ENCRYPTED = 0x1
_UTF8 = 0x800
SEND_AGAIN = Text("重新打包后再发", "Pack it again")
ONLY_DRAFTS = Text(
    "只放 .json、.xml、.xlsx 报关单，不要嵌套压缩包",
    "Put only .json, .xml and .xlsx drafts in it, and no zip within the zip",
)
SPLIT = Text("分成几批再发", "Send it as several batches")


class NotUnpacked(Exception):
    """A batch cannot be taken; says why and what to do."""

    def __init__(self, says: Text, do: Text, *, too_large: bool = False) -> None:
        super().__init__(says.en)
        self.says = says
        self.do = do
        self.too_large = too_large


def unpacked(
    file: IO[bytes], bundle: Bundle, name: str, library: Library, most: int = MOST
) -> Iterator[Item]:
    """Give the drafts of a batch in order.

    Args:
        file: what was sent.
        bundle: what it is.
        name: what to call it.
        library: knows the labels of workbooks.
        most: drafts there may be.

    Raises:
        NotUnpacked: it cannot be taken, or not whole.
    """
    match bundle:
        case "zip":
            return _zipped(file, most)
        case "ndjson":
            return _lines(file, most)
        case "xlsx":
            file.seek(0)
            return _workbook(file.read(), name or "batch.xlsx", library, most)


def _zipped(file: IO[bytes], most: int) -> Iterator[Item]:
    _refuse_directory(file)
    try:
        archive = ZipFile(file)
        entries = [entry for entry in archive.infolist() if not _ignored(entry)]
        _refuse_many(len(entries), most)
        for entry in entries:
            _refuse(entry)
        _refuse_size(sum(entry.file_size for entry in entries))
        for number, entry in enumerate(entries, 1):
            yield _entry(archive, entry, number)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise NotUnpacked(Text("压缩包已损坏", "The zip is damaged"), SEND_AGAIN) from None


def _refuse_directory(file: IO[bytes]) -> None:
    """Look at the list of contents before it is read: it alone may take gigabytes."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - 65_535))
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise NotUnpacked(Text("这不是 zip 压缩包", "This is no zip"), SEND_AGAIN)
    *_, directory, _, _ = _END.unpack_from(tail, at)
    if directory > MAX_DIRECTORY:
        says = Text("压缩包的文件目录过大", "The zip's list of contents is too long")
        raise NotUnpacked(says, SPLIT, too_large=True)


def _ignored(entry: ZipInfo) -> bool:
    name = entry.filename
    return entry.is_dir() or name.startswith(_IGNORED[0]) or name.endswith(_IGNORED[1:])


def _refuse(entry: ZipInfo) -> None:
    name = _called(entry)
    suffix = PurePosixPath(name).suffix.lower()
    if _leads_out(name):
        raise _refused(name, Text("文件名指向压缩包之外", "a name that leads out of the zip"))
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(name, Text("有密码", "it is locked by a password"))
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _refused(name, Text("压缩方式不受支持", "it is packed in a way not read here"))
    if suffix in _ARCHIVES:
        raise _refused(name, Text("压缩包里还有压缩包", "it is an archive itself"))
    if suffix not in FORMS:
        raise _refused(name, Text("不是报关单文件", "it is no draft"))
    if entry.file_size > MAX_BYTES:
        raise _refused(name, Text("过大", "it is too large"))
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
        raise _refused(name, Text("压缩比过高，疑似压缩炸弹", "it is squeezed like a zip bomb"))


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    steps = plain.split("/")
    odd = not name.isprintable() or len(name) > MAX_NAME
    return odd or plain.startswith("/") or ".." in steps or ":" in steps[0]


def _refused(name: str, why: Text) -> NotUnpacked:
    shown = "".join(sign if sign.isprintable() else "�" for sign in name[:80])
    says = Text(f"压缩包中的“{shown}”：{why.zh}", f'"{shown}" in the zip: {why.en}')
    return NotUnpacked(says, ONLY_DRAFTS)


def _entry(archive: ZipFile, entry: ZipInfo, number: int) -> Item:
    content = archive.read(entry)
    name = _called(entry)
    form = FORMS[PurePosixPath(name).suffix.lower()]
    if content.startswith(b"PK") and form != "xlsx":
        raise _refused(name, Text("压缩包里还有压缩包", "it is an archive itself"))
    return Item(number, name, MEDIA[form], content)


def _called(entry: ZipInfo) -> str:
    """The name; packers on Chinese Windows write it in GBK and do not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _lines(file: IO[bytes], most: int) -> Iterator[Item]:
    file.seek(0)
    number = 0
    while line := file.readline(MAX_BYTES + 2):
        if len(line) > MAX_BYTES + 1:
            says = Text(f"第 {number + 1} 份过大", f"Draft {number + 1} is too large")
            raise NotUnpacked(says, Text("分拆这份报关单", "Split that draft"), too_large=True)
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            number += 1
            _refuse_many(number, most)
            yield Item(number, str(number), MEDIA["json"], line.strip())
    _refuse_many(number, most)


def _workbook(content: bytes, name: str, library: Library, most: int) -> Iterator[Item]:
    from auditors.formats.workbook_splitting import parts_of

    try:
        parts = parts_of(content, library)
    except Unreadable as fault:
        raise NotUnpacked(fault.says, fault.do) from None
    if not parts:
        yield Item(1, name, MEDIA["xlsx"], content)
        return
    _refuse_many(len(parts), most)
    for number, part in enumerate(parts, 1):
        yield Item(number, f"{name}#{part.key}", MEDIA["xlsx"], part.content)


def _refuse_many(count: int, most: int) -> None:
    if count == 0:
        raise NotUnpacked(Text("其中没有报关单", "There are no drafts in it"), ONLY_DRAFTS)
    if count > most:
        says = Text(f"超过 {most} 份报关单", f"There are more than {most} drafts")
        raise NotUnpacked(says, SPLIT, too_large=True)


def _refuse_size(size: int) -> None:
    if size > MAX_UNPACKED:
        says = Text(
            f"解压后 {size} 字节，超过上限 {MAX_UNPACKED}",
            f"Unpacked it has {size} bytes, more than {MAX_UNPACKED}",
        )
        raise NotUnpacked(says, SPLIT, too_large=True)
