"""A draft built value by value, with a note of everything that was odd on the way.

Every reader ends here: it brings raw values under the form's names, this makes them a draft.
What cannot be read is left out of the draft and noted at its place, so that a broken file still
yields a report.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from auditors.declaration import Declaration, Message
from auditors.formats.code_names import by_field, by_table, is_name
from auditors.formats.reading import Form
from auditors.formats.values import NotRead, plain_day, read_value, tidy_number
from auditors.names import PARTS
from auditors.place import Oddity, Place
from knowledge.fields import FormField
from knowledge.library import Library

LONGEST_FOUND = 80
HS_CODE_WITHOUT_ZERO = 9
"""Ten digits that began with 0; eight digits are another, shorter code and not a loss."""
MANY = {"items.goods_limits", "items.goods_limits.vin", "transit.containers", "transit.goods"}
"""Lists of parts that stand within a part."""


def is_list(block: str) -> bool:
    """Return whether the form may hold several parts of a block."""
    return block in PARTS or block in MANY


class Builder:
    """Collects what is odd while raw values become a draft."""

    def __init__(self, library: Library, form: Form, names_allowed: bool = False) -> None:
        self.library = library
        self.form = form
        self.names_allowed = names_allowed
        """Whether a name may stand for a code, and `2026/3/2` for a day, as in workbooks."""
        self.noted: dict[str, list[Oddity]] = {}

    def note(self, kind: str, place: Place, found: Any, read_as: str = "", said: str = "") -> None:
        """Note something odd; `kind` is a list of the message block."""
        shown = found if isinstance(found, str) else str(found)
        if kind not in {"unknown", "repeated"}:
            shown = shown[:LONGEST_FOUND]
        self.noted.setdefault(kind, []).append(Oddity(place, shown, read_as, said))

    def declaration(self, raw: Mapping[str, Any], **message: Any) -> Declaration:
        """Return the draft the raw blocks make."""
        made = {name: self._block(name, value) for name, value in raw.items() if name != "extras"}
        plain = {name: value for name, value in made.items() if value is not None}
        message |= {kind: tuple(odd) for kind, odd in self.noted.items()}
        plain["message"] = Message(form=self.form, **message)
        return msgspec.convert(
            plain | {"extras": tuple(raw.get("extras", ()))}, Declaration, dec_hook=_as_is
        )

    def _block(self, name: str, raw: Any) -> Any:
        if name == "schema":
            return raw if isinstance(raw, str) else None
        if name not in Declaration.__struct_fields__ or name in {"message", "extras"}:
            self.note("unknown", Place(""), name)
            return None
        if raw is None:
            return None
        if name in PARTS:
            return self._parts(name, raw)
        return self._part(Place(name), raw)

    def _parts(self, path: str, raw: Any) -> list[dict[str, Any]]:
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
            self.note("unreadable", Place(path), raw, said="list")
            return []
        return [self._part(Place(path, number), part) for number, part in enumerate(raw, 1)]

    def _part(self, place: Place, raw: Any) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            self.note("unreadable", place, raw, said="object")
            return {}
        made = {name: self._value(place, name, value) for name, value in raw.items()}
        return {name: value for name, value in made.items() if value is not None}

    def _value(self, place: Place, name: str, raw: Any) -> Any:
        path = f"{place.path}.{name}"
        if path in self.library.fields:
            if raw is None:
                return None
            inner = place.inner(name)
            return self._parts(inner.block, raw) if path in MANY else self._part(inner, raw)
        block = self.library.fields.get(place.path)
        field = block.fields.get(name) if block else None
        if field is None:
            self.note("unknown", place, name)
            return None
        return self._scalar(place._replace(field=name), field, raw)

    def _scalar(self, place: Place, field: FormField, raw: Any) -> Any:
        if self.names_allowed:
            raw = self._as_people_write(place, field, raw)
        try:
            value = read_value(field, raw)
        except NotRead as trouble:
            self.note("unreadable", place, raw, said=trouble.kind)
            return None
        if isinstance(raw, str) and field.kind in {"number", "count", "date"} and value is not None:
            self._tidiness(place, field, raw)
        if field.kind == "code" and value:
            return self._code(place, field, raw, value)
        return value

    def _tidiness(self, place: Place, field: FormField, raw: str) -> None:
        tidy = tidy_number(raw)
        if tidy != raw:
            said = "blanks" if raw.strip() == tidy else "signs"
            self.note("untidy", place, raw, tidy, said)
        elif field.kind == "date" and "-" in raw and self.form == "xml":
            self.note("untidy", place, raw, raw.replace("-", ""), "date")

    def _code(self, place: Place, field: FormField, raw: Any, value: str) -> str | None:
        as_people_write = self.names_allowed and (field.table or isinstance(raw, str))
        if as_people_write:
            return self._meant(place, field, value)
        return value if isinstance(raw, str) else self._with_zeros(place, field, value)

    def _with_zeros(self, place: Place, field: FormField, value: str) -> str:
        """A code that came as a number may have lost its leading zeros: 0110 became 110."""
        width = re.fullmatch(r"a?n(\d+)", field.size)
        full = value.zfill(int(width[1])) if width else value
        if full == value or not value.isdigit():
            return value
        if field.table and not self.library.table(field.table).known(full):
            return value
        if field.name == "hs_code" and len(value) != HS_CODE_WITHOUT_ZERO:
            return value
        self.note("lost_zeros", place, value, full)
        return full

    def _meant(self, place: Place, field: FormField, value: str) -> str | None:
        if field.table:
            meaning = by_table(self.library.table(field.table), value)
        else:
            meaning = by_field(field, value)
        for kind, read_as in meaning.notes:
            self.note(kind, place, value.strip(), read_as)
        return meaning.value

    def _as_people_write(self, place: Place, field: FormField, raw: Any) -> Any:
        if isinstance(raw, str) and field.kind == "date":
            return plain_day(raw)
        if isinstance(raw, str) and field.kind == "codes" and field.table:
            return self._codes(place, field, raw)
        return raw

    def _codes(self, place: Place, field: FormField, raw: str) -> list[str]:
        """Codes in one cell, each perhaps with its name; a name may hold a comma itself."""
        whole = is_name(self.library.table(field.table), raw.strip())
        written = [raw] if whole else read_value(field, raw)
        return [code for each in written if (code := self._meant(place, field, each))]


def _as_is(kind: type, value: Any) -> Any:
    return value
