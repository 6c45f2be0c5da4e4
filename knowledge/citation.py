"""Where a statement comes from: a place in a source."""

from typing import NamedTuple


class Citation(NamedTuple):
    """A place in a source, written `cn-gacc-2019-18#26`; an empty place is the whole source."""

    source: str
    place: str = ""

    @classmethod
    def parse(cls, written: str) -> "Citation":
        """Read one citation.

        >>> Citation.parse("cn-gacc-2019-18#26")
        Citation(source='cn-gacc-2019-18', place='26')
        """
        source, _, place = written.strip().partition("#")
        return cls(source, place)

    @classmethod
    def parse_all(cls, written: str) -> tuple["Citation", ...]:
        """Read citations parted by blanks."""
        return tuple(map(cls.parse, written.split()))

    def __str__(self) -> str:
        return f"{self.source}#{self.place}" if self.place else self.source
