"""The scrutiny: a second, slow look at each value the screen found odd."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from auditors import objections
from auditors.declaration import Message
from auditors.finding import Finding
from auditors.notation import form_field
from auditors.place import Oddity, Place
from auditors.rule import Rule
from auditors.screen import PLACEHOLDERS
from knowledge.fields import FormField
from knowledge.library import Library
from knowledge.text import Text

READING = "CN-M009"
"""The rule that speaks where a field has none of its own for what cannot be read."""

SIGN_LEFT_TO_OTHERS = frozenset({"CN-F019", "CN-F020"})
"""Where a negative number is left to W004 and W005, which ask for more than zero."""

WIDE = {0xFEE0 + sign: sign for sign in range(0x21, 0x7F)} | {0x3000: " "}
"""Full-width signs and the plain ones they stand for."""

LONGEST_FIGURE = 24
"""Digits up to which a figure can be reckoned with exactly."""


class Noticed(NamedTuple):
    """A finding of a rule at a part: the part is where its field names stand."""

    rule: Rule
    block: str
    number: int
    finding: Finding


class Scrutiny:
    """What the slow look found, what it may not judge, and what the rules may not look at."""

    def __init__(self, library: Library, rules: Mapping[str, Rule], message: Message) -> None:
        self.library = library
        self.rules = rules
        self.message = message
        self.noticed: list[Noticed] = []
        self.unjudged: list[tuple[str, Text]] = []
        self.withheld: dict[tuple[str, int], set[str]] = {}
        self.tidied: dict[tuple[str, int], dict[str, str]] = {}
        self._unread = {odd.place for odd in (*message.unreadable, *message.ambiguous)}

    def look(self, field: FormField, number: int, value: Any) -> None:
        """Judge one value that the screen found odd; None is a blank."""
        if value is None:
            self._blank(field, number)
        elif field.kind in {"number", "count"}:
            self._number(field, number, value)
        elif field.kind == "codes":
            for each in value:
                self._look_up(field, number, each, value)
        else:
            self._text(field, number, value)

    def look_at_message(self) -> None:
        """Judge what the reader could not read, or read only after tidying."""
        for odd in self.message.unreadable:
            if field := form_field(odd.place, self.library.fields):
                finding = objections.unreadable(field, odd)
                self._say(field.format or READING, field, odd.place.number, finding)
                self._withhold(field, odd.place.number)
            else:
                finding = objections.unreadable_part(odd)
                self.noticed.append(Noticed(self.rules[READING], odd.place.block, 0, finding))
        for odd in self.message.ambiguous:
            if field := form_field(odd.place, self.library.fields):
                self._withhold(field, odd.place.number)
        for odd in self.message.untidy:
            if field := form_field(odd.place, self.library.fields):
                finding = objections.untidy_figure(field, odd)
                self._say(_untidy_code(odd), field, odd.place.number, finding)

    def _say(self, code: str, field: FormField, number: int, finding: Finding) -> None:
        self.noticed.append(Noticed(self.rules[code], field.block, number, finding))

    def _withhold(self, field: FormField, number: int) -> None:
        self.withheld.setdefault((field.block, number), set()).add(field.name)

    def _blank(self, field: FormField, number: int) -> None:
        """What stood there and could not be read is spoken of already, and not blank."""
        if field.need and Place(field.block, number, field.name) not in self._unread:
            self._say(field.need, field, number, objections.blank(field))

    def _number(self, field: FormField, number: int, value: Decimal | int) -> None:
        if re.fullmatch(_written_so(field), str(value)):
            return
        figures = str(value).lstrip("-").replace(".", "")
        signed = figures.isdigit() and value < 0 and not field.signed
        if signed and field.format in SIGN_LEFT_TO_OTHERS:
            return
        self._say(field.format, field, number, objections.ill_formed_number(field, value))
        far_too_long = len(figures) > LONGEST_FIGURE
        if signed or isinstance(value, int) or not figures.isdigit() or far_too_long:
            self._withhold(field, number)

    def _text(self, field: FormField, number: int, value: str) -> None:
        tidy = tidied(value, field.kind == "code")
        if tidy != value or not tidy:
            self._tidy(field, number, value, tidy)
        if not tidy:
            self._blank(field, number)
        elif field.required == "R" and tidy in PLACEHOLDERS:
            self._say("CN-F026", field, number, objections.placeholder(field, tidy))
            self._withhold(field, number)
        elif field.shape and not re.fullmatch(field.shape, tidy, re.ASCII):
            self._ill_formed(field, number, tidy)
        elif field.table and field.lookup:
            self._look_up(field, number, tidy)
        elif field.length and len(tidy) > field.length:
            self._say("CN-F013", field, number, objections.too_long(field, tidy))

    def _tidy(self, field: FormField, number: int, value: str, tidy: str) -> None:
        """Rules see the tidy value; one of nothing but blanks is blank, and no more is said."""
        self.tidied.setdefault((field.block, number), {})[field.name] = tidy
        if not tidy:
            return
        if _plain_blanks(value) == tidy:
            self._say("CN-F025", field, number, objections.untidy_blanks(field, value, tidy))
        else:
            self._say("CN-F024", field, number, objections.untidy_signs(field, value, tidy))

    def _ill_formed(self, field: FormField, number: int, value: str) -> None:
        code = field.format or READING
        table = self.library.table(field.table) if field.table else None
        finding = objections.ill_formed(field, value, self.rules[code].title, table)
        self._say(code, field, number, finding)
        if not self._read_as_meant(field, number, finding):
            self._withhold(field, number)

    def _read_as_meant(self, field: FormField, number: int, finding: Finding) -> bool:
        """Let the rules see the one value that was certainly meant, so that all is found at once."""
        meant = [fix.value for fix in finding.fixes if fix.kind == "safe"]
        if len(meant) != 1 or not isinstance(meant[0], str):
            return False
        self.tidied.setdefault((field.block, number), {})[field.name] = meant[0]
        return True

    def _look_up(
        self, field: FormField, number: int, value: str, whole: tuple[str, ...] = ()
    ) -> None:
        table = self.library.table(field.table)
        if table.known(value):
            return
        if table.refuses(value):
            finding = objections.unlisted(field, value, table, whole)
            self._say(field.lookup, field, number, finding)
            if not whole:
                self._read_as_meant(field, number, finding)
        else:
            self.unjudged.append((field.lookup, objections.unchecked(field, value, table)))


def tidied(value: str, is_code: bool) -> str:
    """Return a value without blanks at its ends and without control characters.

    A code is also given in half-width; in a text full-width signs are plain Chinese, and lines
    may be broken.
    """
    if is_code:
        value = value.translate(WIDE)
    return _plain_blanks("".join(sign for sign in value if not _unseen(sign, is_code)))


def _unseen(sign: str, is_code: bool) -> bool:
    if is_code:
        return unicodedata.category(sign) in {"Cc", "Cf"}
    return unicodedata.category(sign) == "Cc" and sign not in "\t\n\r"


def _plain_blanks(value: str) -> str:
    return value.replace("\xa0", " ").strip()


def _untidy_code(odd: Oddity) -> str:
    return {"date": "CN-F012", "blanks": "CN-F025"}.get(odd.said, "CN-F024")


def _written_so(field: FormField) -> str:
    """Return the pattern of a number that fits its field."""
    whole, decimals = field.digits
    sign = "-?" if field.signed else ""
    rest = rf"(\.\d{{1,{decimals}}})?" if decimals else ""
    return rf"{sign}\d{{1,{whole}}}{rest}"
