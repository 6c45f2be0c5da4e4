"""Messages as the tests of the Single Window read and write them."""

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings

from auditors.declaration import Declaration, Message
from auditors.formats.single_window import read_xml, write_xml
from auditors.interface import NAMESPACE
from knowledge.library import shipped

HERE = Path(__file__).parent
SAMPLE = (HERE / "messages" / "import.xml").read_bytes()
slow = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(xml: str) -> Declaration:
    """Read a message given without its root."""
    root = f'<DecMessage Version="4" xmlns="{NAMESPACE}">{xml}</DecMessage>'
    return read_xml(root.encode(), shipped()).draft


def write(draft: Declaration) -> str:
    """Write a draft."""
    return write_xml(draft, shipped()).content.decode()


def again(draft: Declaration) -> Declaration:
    """Write a draft and read it again, without what is noted on the way."""
    back = read_xml(write_xml(draft, shipped()).content, shipped()).draft
    return msgspec.structs.replace(back, message=Message())


def plain(draft: Declaration, **other: Any) -> Declaration:
    """Return a draft without what a reader noted."""
    return msgspec.structs.replace(draft, message=Message(), **other)
