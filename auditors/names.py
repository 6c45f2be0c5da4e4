"""The names a check may ask for, and where the plan finds each of them."""

from typing import Literal, NamedTuple, get_args, get_type_hints

from auditors.blocks import Context, Documents
from auditors.declaration import Declaration, Header, Message

Wait = Literal["never", "filled", "given"]
"""Whether a check waits for it: never; until the field is filled, and is silent meanwhile; or
until it is given from outside, and is skipped meanwhile because it cannot judge."""

DERIVED = {"facts": "facts", "day": "day", "draft": "d", "crossing": "crossing", "number": "n"}


class Asked(NamedTuple):
    """One name a check asks for."""

    name: str
    owner: str
    """part, header, context, message, block, documents or derived."""
    expression: str
    """How the compiled plan says it."""
    wait: Wait


def _blocks() -> dict[str, bool]:
    """Blocks of a declaration, and whether each may be missing."""
    hints = get_type_hints(Declaration)
    return {
        name: type(None) in get_args(hint)
        for name, hint in hints.items()
        if name not in {"schema", "extras", "header"}
    }


BLOCKS = _blocks()
PARTS = {
    name: get_args(hint)[0]
    for name, hint in get_type_hints(Declaration).items()
    if name not in {"extras"} and get_args(hint)[-1:] == (...,)
}
"""The lists of parts and the class of each."""


def part_fields(over: str) -> tuple[str, ...]:
    """Return the fields of the parts a rule looks over."""
    if over == "header":
        return Header.__struct_fields__
    fields: tuple[str, ...] = PARTS[over].__struct_fields__
    return fields


def find(name: str, over: str) -> Asked:
    """Return where a name stands for a rule over a block.

    A field of the part comes first, then the header, the circumstances, the blocks, the
    documents, the message, and what the engine works out.

    Raises:
        KeyError: nothing has this name.
    """
    if over != "header" and name in part_fields(over):
        return Asked(name, "part", f"p.{name}", "filled")
    if name in Header.__struct_fields__:
        return Asked(name, "header", f"h.{name}", "filled")
    if name in Context.__struct_fields__:
        return Asked(name, "context", f"d.context.{name}", "given")
    if name in BLOCKS:
        return Asked(name, "block", f"d.{name}", "filled" if BLOCKS[name] else "never")
    if name in Documents.__struct_fields__:
        return Asked(name, "documents", f"d.documents.{name}", "given")
    if name in Message.__struct_fields__:
        return Asked(name, "message", f"d.message.{name}", "filled")
    return Asked(name, "derived", DERIVED[name], "filled" if name == "crossing" else "never")
