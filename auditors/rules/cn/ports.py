"""Which country a port code (港口代码) belongs to."""

from knowledge.facts import Facts

CHINA = "CHN"


def country_of(facts: Facts, port: str) -> str | None:
    """Return the country whose letters a foreign port's code begins with; None where none does."""
    letters = port[:3]
    return letters if facts.row("country", letters) else None


def is_domestic(port: str) -> bool:
    """Return whether a code is that of a port in China, which begins with a digit."""
    return port[0].isdigit()
