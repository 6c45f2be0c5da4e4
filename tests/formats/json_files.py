"""Files of our JSON to read, and what is asked of a reading."""

from pathlib import Path

import msgspec
from hypothesis import HealthCheck, settings

from auditors.declaration import Declaration, Message
from auditors.formats.plain_json import read_json
from auditors.formats.reading import Reading
from auditors.place import Oddity, Place
from knowledge.library import shipped

HOME = Path(__file__).parents[2]
SAMPLE = (HOME / "tests" / "drafts" / "cn_import.json").read_bytes()
WEIGHT = Place("header", 0, "net_weight")
slow = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def plain(reading: Reading) -> Declaration:
    """Return the draft of a reading without what the reader noted."""
    return msgspec.structs.replace(reading.draft, message=Message())


def header(written: str) -> bytes:
    """Return a draft of nothing but some fields of its header, as they are written."""
    return f'{{"header": {{{written}}}}}'.encode()


def noted(content: bytes, kind: str) -> list[Oddity]:
    """Return what the reader noted of one kind."""
    found: list[Oddity] = list(getattr(read_json(content, shipped()).draft.message, kind))
    return found
