"""Ground floor: what is known, since when, and from where."""

from knowledge.citation import Citation
from knowledge.facts import Facts
from knowledge.library import Library, shipped
from knowledge.text import Text

__all__ = ["Citation", "Facts", "Library", "Text", "shipped"]
