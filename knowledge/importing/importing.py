"""A file into official texts: read, understood, and what could not be, named."""

from pathlib import Path
from typing import NamedTuple

from knowledge.importing.official_text import OfficialText
from knowledge.importing.raw import RawText, Refused
from knowledge.importing.reading import read_file
from knowledge.importing.understanding import Given, understand
from knowledge.text import Text


class Understood(NamedTuple):
    """The texts of a file, and the places of it that give none."""

    texts: tuple[OfficialText, ...] = ()
    refused: tuple[Refused, ...] = ()


def import_file(file: Path, given: Given | None = None) -> Understood:
    """Return what a file holds; a file or a line that cannot be used is named, never raised."""
    try:
        reading = read_file(file)
    except Refused as fault:
        return Understood(refused=(fault,))
    texts: list[OfficialText] = []
    refused = list(reading.refused)
    for raw in reading.texts:
        try:
            texts.append(_understood(raw, str(file), given))
        except Refused as fault:
            refused.append(fault)
    return Understood(tuple(texts), tuple(refused))


def _understood(raw: RawText, file: str, given: Given | None) -> OfficialText:
    try:
        return understand(raw, file, given)
    except Refused:
        raise
    except Exception as fault:  # one strange text must not cost the others of its file
        kind = type(fault).__name__
        says = Text(f"文本无法解析（{kind}）", f"The text cannot be understood ({kind})")
        do = Text("请把该文件发给维护者", "Send the file to the maintainers")
        raise Refused(file, says, do, raw.where) from fault
