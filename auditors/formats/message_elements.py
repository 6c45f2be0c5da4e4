"""The elements of a Single Window message: what each holds, as the field tables have it.

Blocks and fields come from the field tables, the order of elements from the list beside them.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from auditors.formats.building import is_list
from auditors.interface import ROOT
from knowledge.errors import PackError
from knowledge.fields import Block, FormField
from knowledge.library import Library

CLOSE = 0.75
"""How alike (0 to 1) a name must be to an element for a slip of the pen."""


@dataclass(slots=True)
class Element:
    """One element of the message that holds others: a block, a part, or the list around parts."""

    name: str
    block: str = ""
    """The block of the form it belongs to."""
    many: bool = False
    """Whether it is one part of a list."""
    fields: dict[str, list[FormField]] = field(default_factory=dict)
    """Fields by the element they stand in; several where each takes one character of it."""
    inner: dict[str, "Element"] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    """Rank of each element the interface has in here, modelled or not."""

    def rank(self, name: str) -> int:
        """Return where an element stands in here; unknown ones stand last."""
        return self.order.get(name, len(self.order))

    def closest(self, name: str) -> str:
        """Return the element a misspelt name probably means, or an empty string."""
        known = {each.casefold(): each for each in (*self.fields, *self.inner, *self.order)}
        found = get_close_matches(name.casefold(), known, 1, CLOSE)
        return known[found[0]] if found else ""


@lru_cache(maxsize=8)
def message_elements(library: Library) -> Element:
    """Return the root element, with all that stands in it.

    Raises:
        PackError: no folder of the library has the order of the elements.
    """
    order = _order(library)
    root = Element(ROOT, order=order.get(ROOT, {}))
    held = {"": root}
    for block in sorted(library.fields.values(), key=lambda block: block.id.count(".")):
        held[block.id] = _add_block(block, held, order)
    return root


def character(of: FormField) -> int:
    """Return which character of its element a field is, from 1; 0 where it has the element alone.

    `DecHead/PromiseItmes[2]` is the second character.
    """
    if not of.xml.endswith("]"):
        return 0
    return int(of.xml[of.xml.index("[") + 1 : -1])


def _add_block(block: Block, held: dict[str, Element], order: dict[str, dict[str, int]]) -> Element:
    root = held[""]
    outer = held.get(block.id.rpartition(".")[0], root)
    element = outer if outer.many else root  # only a part of a list has blocks within its element
    steps = block.xml.split("/") if block.xml else []
    for step in steps:
        element = _descend(element, step, block.id, order)
    element.many = bool(steps) and is_list(block.id)
    if steps:
        element.block = block.id
    for each in filter(lambda each: each.xml, block.fields.values()):
        *above, name = each.xml.partition("[")[0].split("/")
        holder = element
        for step in above:
            holder = _descend(holder, step, block.id, order)
        holder.fields.setdefault(name, []).append(each)
    return element


def _descend(element: Element, name: str, block: str, order: dict[str, dict[str, int]]) -> Element:
    return element.inner.setdefault(name, Element(name, block, order=order.get(name, {})))


def _order(library: Library) -> dict[str, dict[str, int]]:
    files = (folder / "fields" / "elements.txt" for folder in reversed(library.folders))
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise PackError("fields", "there is no elements.txt", "Take it from the shipped pack")
    lines = file.read_text("utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    order: dict[str, dict[str, int]] = {}
    for word in words:
        if word.endswith(":"):
            names = order.setdefault(word[:-1], {})
        else:
            names[word] = len(names)
    return order
