"""Passages: the pieces the index finds, each in both languages."""

from typing import Literal, NamedTuple, get_args

from knowledge.span import Span
from knowledge.text import Text

Kind = Literal["source", "problem", "measure", "term", "service", "field", "rule"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Passage(NamedTuple):
    """A piece of an entry: one place of a law, a problem, a term, a code, a field, a rule."""

    id: str
    """`cn-law-tariff#51`, `cn-light-parcel-weight`, `trade_mode#0110`, `header.net_weight`."""
    entry: str
    """Id of the entry it is a piece of."""
    place: str
    """Article, item or code within the entry; empty where it is the whole entry."""
    kind: Kind
    title: Text
    text: Text
    names: tuple[str, ...] = ()
    """What it is called in either language: titles, numbers, short names, synonyms."""
    asked: tuple[str, ...] = ()
    """How people ask for it."""
    about: tuple[str, ...] = ()
    """Ids of other passages it speaks of: its citations and rules, the code it names, the law it
    replaced."""
    span: Span = Span()
    status: str = ""
    jurisdiction: str = "cn"
    at: tuple[int, int] | None = None
    """Where an imported article stands in its official text: first character, and the one after the
    last. Its Chinese text ends with just these."""
