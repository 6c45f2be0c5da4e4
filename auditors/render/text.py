"""A report for a terminal: it points at the field, like a compiler."""

import unicodedata
from collections.abc import Iterable, Iterator

from auditors.finding import SILENT, Fix, Severity
from auditors.formats.json_text import TOKEN
from auditors.formats.lines import Line, Lines
from auditors.notation import label, written
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.render.plain import cited
from auditors.report import Found, Report
from knowledge.text import Language, Text

NAMES: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
}
PAINTS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "quiet": "2",
    "good": "32",
    "bold": "1",
}
LONGEST_LINE = 120
"""Signs of a line of the file that are shown; a file may well be one line."""
BEFORE = 40
"""Signs before a value that are shown where its line is cut."""

FIXES = {
    "safe": Text("可自动修正", "safe fix"),
    "suggested": Text("建议修正，须核对", "suggested fix, check first"),
}


NOT_JUDGED = Text("未判断", "not judged")
FAILED = Text("规则故障，已搁置", "rule failed and set aside")


class Terminal:
    """Renders reports as text, with or without colours."""

    def __init__(self, coloured: bool = False) -> None:
        self.coloured = coloured

    def __call__(self, audited: Iterable[Audited], language: Language) -> Iterator[str]:
        """Give the lines of each report in turn."""
        for each in audited:
            yield from self._report(each, language)

    def _paint(self, text: str, paint: str) -> str:
        safe = printable(text)
        return f"\x1b[{PAINTS[paint]}m{safe}\x1b[0m" if self.coloured else safe

    def _report(self, audited: Audited, language: Language) -> Iterator[str]:
        report = audited.report
        fields = report.library.fields
        lines = Lines(audited.reading, fields) if audited.reading else None
        for found in report.findings:
            yield from self._finding(found, report, lines, language)
        yield from self._not_judged(report, language)
        yield self._summary(report, language) + "\n"

    def _finding(
        self, found: Found, report: Report, lines: Lines | None, language: Language
    ) -> Iterator[str]:
        name = NAMES[found.severity].said_in(language)
        head = self._paint(f"{name}[{found.rule.code}]", found.severity)
        yield f"{head} {self._paint(found.rule.title.said_in(language), 'bold')}\n"
        place = found.places[0]
        line = lines.find(place) if lines else None
        called = label(place, report.library.fields).said_in(language)
        where = printable(f"{_where(place, line, report)}  {called}").rstrip()
        yield f"  {self._paint('-->', 'quiet')} {where}\n"
        if line:
            yield from self._pointed(_cut(line), found)
        yield f"   = {printable(found.message.said_in(language))}\n"
        for also in found.places[1:]:
            yield f"   = {printable(_also(also, report, language))}\n"
        for basis in _basis(found, report, language):
            yield f"   {self._paint(basis, 'quiet')}\n"
        for fix in found.fixes:
            yield f"   {self._paint(_fix(fix, report, language), 'good')}\n"
        yield "\n"

    def _pointed(self, line: Line, found: Found) -> Iterator[str]:
        number = str(line.number)
        gutter = " " * len(number)
        yield f" {gutter} |\n {number} | {printable(line.text)}\n"
        if line.column:
            token = TOKEN.match(line.text, line.column - 1)
            before = _width(line.text[: line.column - 1])
            pointed = token[0] if token else line.text[line.column - 1 :] or "^"
            carets = self._paint("^" * _width(pointed), found.severity)
            yield f" {gutter} | {' ' * before}{carets}\n"

    def _not_judged(self, report: Report, language: Language) -> Iterator[str]:
        for skipped in report.skipped:
            said = NOT_JUDGED.said_in(language)
            reason = skipped.why.said_in(language)
            yield self._paint(f"{said}[{skipped.code}] {reason}", "quiet") + "\n"
        for broken in report.broken:
            said = FAILED.said_in(language)
            yield self._paint(f"{said}[{broken.code}] {broken.fault}", "error") + "\n"

    def _summary(self, report: Report, language: Language) -> str:
        counts = report.summary
        paint = report.worst() or ("good" if report.complete else "error")
        text = Text(
            f"{report.name}：{counts['error']} 个错误，{counts['warning']} 个警告，"
            f"{counts['info']} 个提示；{len(report.skipped)} 项未判断"
            f"（审核日 {report.day}，{report.profile}）{_incomplete(report).zh}",
            f"{report.name}: {_counted(counts['error'], 'error')}, "
            f"{_counted(counts['warning'], 'warning')}, {_counted(counts['info'], 'info')}; "
            f"{len(report.skipped)} not judged "
            f"(as of {report.day}, {report.profile}){_incomplete(report).en}",
        )
        return self._paint(text.said_in(language), paint)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _incomplete(report: Report) -> Text:
    if report.complete:
        return SILENT
    return Text("，审核不完整", "; the audit is incomplete")


def _where(place: Place, line: Line | None, report: Report) -> str:
    if cell := report.stood.cells.get(place):
        return f"{report.name} {cell}"
    if line is None:
        return report.name
    return (
        f"{report.name}:{line.number}:{line.column}"
        if line.column
        else f"{report.name}:{line.number}"
    )


def _cut(line: Line) -> Line:
    """Return a line with as much of it as a person can see, around the value."""
    if len(line.text) <= LONGEST_LINE:
        return line
    start = max(0, min(line.column - BEFORE, len(line.text) - LONGEST_LINE))
    shown = line.text[start : start + LONGEST_LINE]
    before, after = "…" * (start > 0), "…" * (start + LONGEST_LINE < len(line.text))
    column = line.column - start + len(before) if line.column else 0
    return Line(line.number, column, f"{before}{shown}{after}")


def printable(text: str) -> str:
    """Return a text that stays on its line and gives a terminal no orders.

    >>> printable("a" + chr(27) + "[31mb" + chr(10) + "c")
    'a�[31mb c'
    """
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(sign: str) -> str:
    if sign in "\t\n\r":
        return " "
    blank = unicodedata.category(sign) == "Zs"
    return sign if blank or sign.isprintable() else "�"


def _width(text: str) -> int:
    """How many columns a text takes: a Chinese character takes two, an accent none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def _also(place: Place, report: Report, language: Language) -> str:
    called = label(place, report.library.fields).said_in(language)
    return f"{Text('另见', 'see also').said_in(language)} {called} ({place})"


def _basis(found: Found, report: Report, language: Language) -> Iterator[str]:
    """The citations, a line for each source."""
    for each in cited(found.rule, report.library):
        said = f"{' '.join(each.citations)} {each.title.said_in(language)}".strip()
        yield f"= {Text('依据', 'basis').said_in(language)}: {said}"


def _fix(fix: Fix, report: Report, language: Language) -> str:
    assert isinstance(fix.where, Place)
    called = label(fix.where, report.library.fields).said_in(language)
    value = written(fix.value) or Text("（清空）", "(empty)").said_in(language)
    return f"= {FIXES[fix.kind].said_in(language)}: {called} → {value}"
