"""A raw text into an official text: title, number, issuer and days, found or asked for."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from knowledge.importing.cutting import cut
from knowledge.importing.days import day_of
from knowledge.importing.heading_lines import Head, head_of, signed_on
from knowledge.importing.known_laws import known_id, made_id
from knowledge.importing.official_numbers import OfficialNumber, is_number, number_in
from knowledge.importing.official_text import OfficialText
from knowledge.importing.pieces import Cut, Kind
from knowledge.importing.raw import RawText, Refused
from knowledge.importing.taking_force import Force, force_of
from knowledge.importing.titles import title_of
from knowledge.text import Text

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 80
FILE_DAY = re.compile(r"[（(_](\d{4}-\d{2}-\d{2})[)）]?$")
BRACKET = re.compile(r"[（(](?=关于)")
"""Where the title begins behind a number: 海关总署公告2024年第30号（关于…的公告）."""
LINES = 12
"""Lines at the top in which the number may stand alone."""
NAME_IT = Text("请补充后重新导入", "Give it and import the text again")


class Given(NamedTuple):
    """What the caller knows better than the text."""

    id: str = ""
    title: str = ""
    number: str = ""
    effective: date | None = None


def understand(raw: RawText, file: str, given: Given | None = None) -> OfficialText:
    """Return a text as understood, with what was not found in it.

    Raises:
        Refused: it has neither title nor number, no day it could be law from, or a bad id.
    """
    return _Understanding(raw, file, given or Given()).text()


class _Understanding:
    def __init__(self, raw: RawText, file: str, given: Given) -> None:
        self._raw = raw
        self._file = file
        self._given = given
        self._cut: Cut = cut(raw.paragraphs)
        self._asked: list[Text] = []
        self._troubles: list[Text] = [*raw.notes, *self._cut.troubles]
        self._preamble = self._text_of("preamble") or self._text_of("text")
        self._head: Head = head_of(self._preamble)
        self._force: Force = force_of(self._cut.pieces)

    def text(self) -> OfficialText:
        number = self._number()
        title = self._title(number)
        promulgated = self._promulgated()
        effective = self._effective(promulgated)
        version = self._version(promulgated)
        since = self._since(effective, version)
        return OfficialText(
            id=self._id(title, number),
            title=title,
            number=number.written() if number else "",
            issuer=self._issuer(number),
            promulgated=promulgated,
            amended=self._head.amended,
            effective=effective,
            version=version or since,
            since=since,
            pieces=self._cut.pieces,
            asked=tuple(self._asked),
            troubles=tuple(self._troubles),
            source=", ".join(filter(None, (self._file, self._raw.where.en))),
        )

    def _text_of(self, kind: Kind) -> str:
        return "\n".join(piece.text for piece in self._cut.pieces if piece.kind == kind)

    def _number(self) -> OfficialNumber | None:
        issuer = self._raw.meta.get("issuer", "")
        if self._given.number:
            return self._given_number(issuer)
        titles = (self._given.title, self._raw.meta.get("title", ""), self._raw.title)
        lines = self._preamble.splitlines()[:LINES]
        lines += [above + below for above, below in pairwise(lines)]
        found: Iterable[OfficialNumber | None] = (
            number_in(self._raw.meta.get("number", ""), issuer),
            *(is_number(BRACKET.split(title)[0], issuer) for title in titles),
            *(is_number(line, issuer) for line in lines),
            self._head.number,
        )
        number = next(filter(None, found), None)
        if number is None:
            self._asked.append(Text("文号未找到", "The number was not found"))
        return number

    def _given_number(self, issuer: str) -> OfficialNumber:
        told = self._given.number
        number = number_in(told, issuer or "海关总署")
        if number is None:
            raise self._refused(
                Text(f"文号“{told}”无法识别", f"{told!r} is no number of an instrument")
            )
        return number

    def _title(self, number: OfficialNumber | None) -> str:
        told = self._raw.meta.get("title", "")
        raw = self._raw._replace(title=self._raw.title or told)
        title = self._given.title or title_of(
            raw, self._preamble, self._text_of("page"), self._file
        )
        if title:
            return title
        self._asked.append(
            Text("标题未找到，以文号代替", "The title was not found; the number stands in for it")
        )
        if number is None and not self._given.id:
            raise self._refused(Text("既无标题也无文号", "It has neither a title nor a number"))
        return number.written() if number else self._given.id

    def _id(self, title: str, number: OfficialNumber | None) -> str:
        numbered = number.id() if number else ""
        found = self._given.id or known_id(title) or numbered or made_id(title)
        if len(found) > LONGEST_ID or not ID.fullmatch(found):
            says = Text(
                f"标识“{found}”只能含小写字母、数字和连字符",
                f"The id {found!r} may hold small letters, figures and hyphens",
            )
            raise self._refused(says)
        return found

    def _issuer(self, number: OfficialNumber | None) -> str:
        if issuer := self._raw.meta.get("issuer", ""):
            return issuer
        if "全国人民代表大会" in self._preamble:
            return "全国人民代表大会常务委员会"
        if number is None or number.kind == "letter":
            self._asked.append(Text("发布机关未找到", "The issuer was not found"))
            return ""
        return number.name

    def _promulgated(self) -> date | None:
        own = self._head.promulgated or signed_on(self._text_of("closing"))
        told = day_of(self._raw.meta.get("published", "")[:10])
        if own and told and own != told and not self._head.amended:
            self._disagree(Text("公布日", "the day of publication"), own, told)
        return own or told

    def _effective(self, promulgated: date | None) -> date | None:
        """Take the day from the caller, the text, then its record."""
        told = day_of(self._raw.meta.get("effective", "")[:10])
        own = self._given.effective or self._force.on(promulgated) or self._head.in_force
        if own and told and own != told and not self._given.effective:
            self._disagree(Text("施行日", "the day it takes force"), own, told)
        if own is None and self._force.event and (told is None or told == promulgated):
            when = self._force.event
            raise self._refused(Text(f"自“{when}”起施行，日期未知", f"It takes force with an event, not on a day: {when}"))  # fmt: skip
        return own or told

    def _version(self, promulgated: date | None) -> date | None:
        stem = FILE_DAY.search(Path(self._file).stem)
        named = day_of(stem[1]) if stem and not self._raw.where.en else None
        latest = max(filter(None, (self._head.latest, promulgated)), default=None)
        if named and latest and named != latest:
            self._troubles.append(
                Text(
                    f"文件名日期 {named} 与文内最后日期 {latest} 不同，取较晚者",
                    f"The file name says {named}, the text last {latest}; the later one was taken",
                )
            )
        return max(filter(None, (named, latest)), default=None)

    def _since(self, effective: date | None, version: date | None) -> date:
        if self._given.effective or (effective and (version is None or effective >= version)):
            return self._given.effective or effective or date.max
        if version is None:
            raise self._refused(
                Text("没有找到公布日和施行日", "No day of publication or force was found")
            )
        self._asked.append(
            Text(
                f"本版本的施行日未写明，按 {version} 计",
                f"The day this version takes force is not told; counted from {version}",
            )
        )
        return version

    def _disagree(self, what: Text, own: date, told: date) -> None:
        self._troubles.append(
            Text(
                f"{what.zh}：文内为 {own}，记录为 {told}，取文内日期",
                f"{what.en}: {own} in the text, {told} in its record; the text was followed",
            )
        )

    def _refused(self, says: Text) -> Refused:
        return Refused(self._file, says, NAME_IT, self._raw.where)
