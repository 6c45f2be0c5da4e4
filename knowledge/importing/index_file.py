"""The index of the store: which versions are held, from which day to which."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, Literal, NamedTuple

from knowledge.errors import PackError
from knowledge.importing.held import FORMAT, Held, held_as, held_of, line_of
from knowledge.importing.known_laws import bare
from knowledge.importing.official_text import OfficialText
from knowledge.importing.raw import Refused
from knowledge.importing.store_files import read_json
from knowledge.span import Span
from knowledge.text import Text

INDEX = "index.json"
COMPARE = Text(
    "核对哪一份正确，只导入正确的一份；要以这一份取代已存的，请用 --replace",
    "Compare them and import the right one; --replace puts this one in place of the stored one",
)


class Taken(NamedTuple):
    """What became of a text that was to be stored."""

    text: OfficialText
    outcome: Literal["stored", "there", "refused"]
    held: Held | None = None
    """The version as held, of this text or of the same one before it."""
    refused: Refused | None = None
    note: Text | None = None
    """Something to look at: the law had another title before."""


class Index:
    """What is held; `take` changes it in memory only."""

    def __init__(self, held: Iterable[Held] = ()) -> None:
        self._held = list(held)
        self.left: list[str] = []
        """Files that are no longer needed once this index is written."""

    @classmethod
    def of(cls, file: Path) -> "Index":
        """Read an index; there is none before the first import.

        Raises:
            PackError: it was changed by hand, or is of another release.
        """
        if not file.exists():
            return cls()
        record = read_json(file)
        try:
            if record["format"] != FORMAT:
                raise PackError(file, f"its format is {record['format']}", "Import the texts again")
            return cls(map(held_of, record["texts"]))
        except (KeyError, TypeError, ValueError) as fault:
            raise PackError(file, f"it cannot be understood ({fault})", "Restore it, or import the texts again") from None  # fmt: skip

    def record(self) -> dict[str, Any]:
        """Return the content of the index file."""
        return {"format": FORMAT, "texts": [line_of(held) for held in self.held()]}

    def held(self) -> tuple[Held, ...]:
        """Return what is held, by id and day; each version ends before the next one begins."""
        ordered = sorted(self._held, key=lambda held: (held.id, held.since, held.version))
        return tuple(
            each
            for _, versions in groupby(ordered, lambda held: held.id)
            for each in _closed(list(versions))
        )

    def versions(self, instrument: str) -> tuple[Held, ...]:
        """Return the versions of an instrument, the oldest first."""
        own = sorted(
            (held for held in self._held if held.id == instrument), key=lambda held: held.since
        )
        return tuple(_closed(own))

    def take(self, text: OfficialText, *, replace: bool = False) -> Taken:
        """Take a text in, unless it is there already or another one claims its law and day."""
        own = self.versions(text.id)
        same = next((held for held in own if held.hash == text.hash()), None)
        if same and not (replace and (same.since, same.version) != (text.since, text.version)):
            return Taken(text, "there", same)
        clashing = [
            held
            for held in own
            if text.version == held.version or text.since == held.since or held is same
        ]
        if clashing and not replace:
            return Taken(text, "refused", refused=_conflict(text, clashing[0]))
        day = text.version.isoformat()
        # what is replaced stays readable until the new index is written
        name = f"{day}-{text.hash()[:8]}" if clashing else day
        held = held_as(text, f"{text.id}/{name}.json")
        self._put(held, clashing)
        return Taken(text, "stored", held, note=_renamed(text, own))

    def _put(self, held: Held, instead: list[Held]) -> None:
        gone = {(each.id, each.version) for each in instead}
        self.left += [each.file for each in instead if each.file != held.file]
        self._held = [each for each in self._held if (each.id, each.version) not in gone]
        self._held.append(held)


def _closed(versions: list[Held]) -> Iterable[Held]:
    for version, after in zip_longest(versions, versions[1:]):
        until = after.since - timedelta(days=1) if after else None
        yield version._replace(span=Span(version.since, until))


def _conflict(text: OfficialText, other: Held) -> Refused:
    says = Text(
        f"它与已存的“{other.source}”都是 {text.id}，版本日或施行日相同（{text.version} 版，{text.since} 起），内容却不同",
        f"It claims {text.id} on the same day as {other.source}, which is stored "
        f"(version {text.version}, law from {text.since}), and differs from it",
    )
    return Refused(text.source, says, COMPARE)


def _renamed(text: OfficialText, own: tuple[Held, ...]) -> Text | None:
    before = own[-1].title if own else text.title
    if bare(before) == bare(text.title):
        return None
    return Text(f"{text.id} 原来的标题是“{before}”", f"The title of {text.id} was {before} before")
