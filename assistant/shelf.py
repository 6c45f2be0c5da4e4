"""What answers are made from: the pack, the rules, the imported texts and the index over them."""

from collections.abc import Mapping
from functools import cached_property

from auditors.catalogue import catalogue
from auditors.rule import Rule
from knowledge.importing import Store
from knowledge.index.index import Index
from knowledge.library import Library
from knowledge.passage import Passage


class Shelf:
    """The pack, the rules, the imported texts and the index, opened together."""

    def __init__(self, library: Library, index: Index, texts: Store | None = None) -> None:
        self.library = library
        self.index = index
        self.texts = texts

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule, by its code."""
        return catalogue()

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Every passage, by its id."""
        return {passage.id: passage for passage in self.index.passages}
