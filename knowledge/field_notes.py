"""Notes on the fields of the form (栏目说明): what each means, an example, usual mistakes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from knowledge.citation import Citation
from knowledge.errors import PackError
from knowledge.parameters import load_yaml
from knowledge.text import Text


class FieldNote(NamedTuple):
    """What a person should know before filling in a field."""

    block: str
    name: str
    means: Text
    example: str
    mistakes: tuple[Text, ...]
    """What goes wrong in practice; a rule's code in brackets where a rule sees it."""
    cites: tuple[Citation, ...]
    status: str


def read_field_notes(file: Path) -> Mapping[str, FieldNote]:
    """Read the notes of one block, by `block.name`; the file is named after the block.

    Raises:
        PackError: a note lacks something, or the file is not YAML.
    """
    try:
        held = load_yaml(file.read_text("utf-8")) or {}
        return {f"{file.stem}.{name}": _note(file.stem, name, note) for name, note in held.items()}
    except yaml.YAMLError as fault:
        told = " ".join(str(fault).split())
        raise PackError(file, f"this is not YAML: {told}", "Quote texts with colons") from None
    except KeyError as missing:
        raise PackError(file, f"a note lacks {missing}", "Add it") from None


def _note(block: str, name: str, note: Mapping[str, Any]) -> FieldNote:
    return FieldNote(
        block=block,
        name=name,
        means=_both(note["means"]),
        example=str(note.get("example") or ""),
        mistakes=tuple(map(_both, note.get("mistakes") or ())),
        cites=tuple(map(Citation.parse, note.get("cites") or ())),
        status=str(note.get("status") or ""),
    )


def _both(value: Mapping[str, str]) -> Text:
    return Text(value["zh"], value["en"])
