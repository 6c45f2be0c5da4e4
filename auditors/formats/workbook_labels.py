"""Which sheet and which label means which block and field, however people write them."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from knowledge.fields import Block
from knowledge.library import Library
from knowledge.text import Text

MAIN = ("header", "items", "containers", "licences", "attached_documents")
"""Blocks that every workbook written here has a sheet for."""
FINDINGS = "审核结果 Findings"
"""The sheet a marked workbook lists its findings on; it is never read."""

ITEM = "item"
PERMIT = "permit"
POINTERS: Mapping[str, Mapping[str, Text]] = {
    "items.goods_limits": {ITEM: Text("所属商品项号", "Of item")},
    "items.goods_limits.vin": {
        ITEM: Text("所属商品项号", "Of item"),
        PERMIT: Text("该项第几个许可", "Of which permit of the item"),
    },
}
"""Columns that say to which part a line belongs, on the sheets of parts of a part."""

LONGEST = 80
"""Longest text that is taken for a label."""
NOISE = re.compile(r"[\s_*:.;-]+")
BRACKETED = re.compile(r"[(\[【][^)\]】]*[)\]】]")
SUFFIX = re.compile("(信息|明细|数据|清单)$")
BRACKETS = re.compile(r"[()\[\]【】]")


def sheet_blocks(library: Library) -> dict[str, Block]:
    """Return the blocks in the order of their sheets, the lines of inner parts with pointers."""
    order = [*MAIN, *(name for name in library.fields if name not in MAIN)]
    return {name: _with_pointers(library.fields[name], library) for name in order}


def _with_pointers(block: Block, library: Library) -> Block:
    like = library.fields["items"].fields["g_no"]._replace(synonyms=(), block=block.id)
    pointers = {
        name: like._replace(name=name, label=label)
        for name, label in POINTERS.get(block.id, {}).items()
    }
    return block._replace(fields={**pointers, **block.fields})


def plain(written: str) -> str:
    """Return what counts of a label: no blanks, marks or brackets, half-width, small letters.

    >>> plain("毛 重（KG）*："), plain("Gross Weight")
    ('毛重kg', 'grossweight')
    """
    return BRACKETS.sub("", _folded(written))


def bare(written: str) -> str:
    """Return what counts of a label without what stands in brackets.

    >>> bare("毛重（千克）")
    '毛重'
    """
    return BRACKETED.sub("", _folded(written))


def _folded(written: str) -> str:
    return _folded_label(written) if len(written) <= LONGEST else _fold(written)


def _fold(written: str) -> str:
    return NOISE.sub("", unicodedata.normalize("NFKC", written).casefold())


_folded_label = lru_cache(maxsize=4096)(_fold)
"""The same labels stand on every workbook; longer texts are not worth the memory."""


class Labels:
    """The labels of one block's fields."""

    def __init__(self, block: Block) -> None:
        fields = block.fields.values()
        labels = [(label, field.name) for field in fields for label in field.label]
        synonyms = [(word, field.name) for field in fields for word in field.synonyms]
        self._fields = block.fields
        self._full = {plain(word): name for word, name in reversed([*labels, *synonyms])}
        self._full |= {plain(name): name for name in block.fields}
        self._bare = _unique((bare(label), name) for label, name in labels)

    def find(self, written: str) -> str | None:
        """Return the field a label means, or nothing where it means none or several."""
        if len(written) > LONGEST:
            return None
        for label in filter(None, (plain(written), bare(written))):
            if found := self._full.get(label) or self._bare.get(label):
                return found
        return None

    def is_name(self, written: str) -> bool:
        """Return whether a label is a canonical name."""
        return written.strip().casefold() in self._fields

    def near(self, written: str) -> str:
        """Return the label on the form that a label not known comes closest to."""
        close = difflib.get_close_matches(plain(written[:LONGEST]), self._full, n=1)
        return self._fields[self._full[close[0]]].label.zh if close else ""


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the labels that only one field has."""
    held = set(pairs)
    counted = Counter(label for label, _ in held)
    return {label: name for label, name in held if label and counted[label] == 1}


def block_of(title: str, blocks: Mapping[str, Block]) -> str | None:
    """Return the block a sheet is for: by its full name, either half of it, label or id.

    `表头信息` and the `表体 (2)` of a copied sheet mean their blocks too.
    """
    wanted = {plain(title), bare(title), SUFFIX.sub("", bare(title))} - {""}
    for block in blocks.values():
        names = (block.id, block.sheet, *block.sheet.split(" ", 1), *block.label)
        if wanted & set(map(plain, names)):
            return block.id
    return None


def near_sheet(title: str, blocks: Mapping[str, Block]) -> str:
    """Return the sheet name that a title not known comes closest to."""
    names = {plain(half): block.sheet for block in blocks.values() for half in block.sheet.split()}
    close = difflib.get_close_matches(plain(title), names, n=1)
    return names[close[0]] if close else ""
