"""What the form calls its fields, for rules that speak of one field or another."""

from knowledge.facts import Facts
from knowledge.text import Text


def header_label(facts: Facts, name: str) -> Text:
    """Return the label of a header field."""
    return facts.library.fields["header"].fields[name].label
