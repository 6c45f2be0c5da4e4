"""What is sent to be audited: one draft or a batch of them, and how it is to be audited."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple, cast, get_args

from starlette.datastructures import QueryParams, UploadFile
from starlette.requests import Request

from assistant.web.problems import Problem
from assistant.web.reading import FIRST, LAST
from assistant.work.forms import MEDIA, XLSX, form_named
from assistant.work.unpacking import Bundle
from auditors.formats import FORMS
from auditors.formats.reading import Form
from auditors.rule import Profile
from knowledge.text import Language, Text

DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_NAME = 200
IN_MEMORY = 8_000_000
"""Bytes of a batch that are held in memory; a longer one goes to a temporary file."""
BUNDLES: Mapping[str, Bundle] = {
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/x-ndjson": "ndjson",
    "application/ndjson": "ndjson",
    "application/jsonl": "ndjson",
    XLSX: "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsx",
}
ENDINGS: Mapping[str, Bundle] = {
    ".zip": "zip",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
PROFILES = get_args(Profile)
LANGUAGES = get_args(Language)


class Wish(NamedTuple):
    """How something is to be audited, and told."""

    as_of: date | None
    profile: Profile
    lang: Language
    format: str
    name: str


class Sent(NamedTuple):
    """A draft as it was sent."""

    content: bytes
    form: Form
    name: str
    """Empty where it has none."""

    @property
    def media_type(self) -> str:
        """Its content type, whatever it was called."""
        return MEDIA[self.form]


class SentBatch(NamedTuple):
    """A batch as it was sent."""

    file: IO[bytes]
    bundle: Bundle
    name: str
    digest: bytes
    """SHA-256 of its bytes."""


def wish_of(query: QueryParams, formats: Mapping[str, Any]) -> Wish:
    """Return how a caller wants something audited.

    Args:
        query: the parameters of the call.
        formats: the forms there are; the first is the usual one.

    Raises:
        Problem: a parameter has no allowed value.
    """
    usual = next(iter(formats))
    if not query:
        return Wish(None, "default", "zh", usual, "")
    return Wish(
        _day(query.get("as_of")),
        cast(Profile, _one_of(query, "profile", PROFILES, "default")),
        cast(Language, _one_of(query, "lang", LANGUAGES, "zh")),
        _one_of(query, "format", tuple(formats), usual),
        _name(query.get("name", ""), "name"),
    )


async def draft_of(request: Request, wish: Wish | None = None) -> Sent:
    """Return the draft of a call, its bytes read once.

    Raises:
        Problem: it is no kind of draft, or there are several.
    """
    told = request.headers.get("content-type", "")
    named = wish.name if wish else ""
    if form := form_named(told):
        return Sent(await request.body(), form, named)
    if not told.startswith("multipart/form-data"):
        raise Problem("wrong_type")
    async with request.form(max_files=1, max_fields=20) as parts:
        file = _only_file(list(parts.values()))
        kind = form_named(file.content_type or "") or FORMS.get(_ending(file))
        if kind is None:
            raise Problem("wrong_type")
        return Sent(await file.read(), kind, named or _name(file.filename or "", "file"))


async def batch_of(request: Request) -> SentBatch:
    """Return the batch of a call; a long one lies in a temporary file without a name.

    Raises:
        Problem: it is no kind of batch, or there are several.
    """
    told = request.headers.get("content-type", "")
    if bundle := BUNDLES.get(told.partition(";")[0].strip().lower()):
        return await _streamed(request, bundle)
    if not told.startswith("multipart/form-data"):
        raise Problem("wrong_type")
    parts = await request.form(max_files=1, max_fields=20)
    try:
        file = _only_file(list(parts.values()))
        kind, name = _bundle(file), _name(file.filename or "", "file")
    except Problem:
        await parts.close()
        raise
    return SentBatch(file.file, kind, name, _digest(file.file))


async def _streamed(request: Request, bundle: Bundle) -> SentBatch:
    held = cast(IO[bytes], SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    digest = hashlib.sha256()
    try:
        async for piece in request.stream():
            digest.update(piece)
            held.write(piece)
    except BaseException:
        held.close()
        raise
    return SentBatch(held, bundle, "", digest.digest())


def _bundle(file: UploadFile) -> Bundle:
    kind = BUNDLES.get((file.content_type or "").lower()) or ENDINGS.get(_ending(file))
    if kind is None:
        raise Problem("wrong_type")
    return kind


def _digest(file: IO[bytes]) -> bytes:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1_000_000):
        digest.update(piece)
    return digest.digest()


def _only_file(parts: list[UploadFile | str]) -> UploadFile:
    files = [each for each in parts if isinstance(each, UploadFile)]
    if len(files) != 1:
        says = Text("表单中须有一个文件", "The form must hold one file")
        raise Problem("invalid", says)
    return files[0]


def _ending(file: UploadFile) -> str:
    name = file.filename or ""
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def _name(given: str, where: str) -> str:
    if len(given) > LONGEST_NAME or not given.isprintable():
        says = Text(
            f"{where} 应不超过 {LONGEST_NAME} 个可见字符",
            f"{where} has at most {LONGEST_NAME} visible signs",
        )
        raise Problem("invalid", says)
    return given


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        day = date.fromisoformat(given) if DAY.fullmatch(given) else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        says = Text("as_of 应为日期，如 2026-11-21", "as_of must be a day such as 2026-11-21")
        raise Problem("invalid", says)
    return day


def _one_of(query: QueryParams, name: str, allowed: tuple[str, ...], usual: str) -> str:
    given = query.get(name, usual)
    if given not in allowed:
        every = ", ".join(allowed)
        raise Problem("invalid", Text(f"{name} 应为：{every}", f"{name} must be one of: {every}"))
    return given
