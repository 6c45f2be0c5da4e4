"""A report as a page: HTML that stands alone, or Markdown."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from auditors.notation import label, written
from auditors.render.audited import Audited
from auditors.render.plain import cited, place_data
from auditors.render.text import FIXES, NAMES, printable
from auditors.report import Found, Report
from knowledge.text import Language, Text

HOME = Path(__file__).parent / "templates"
LONGEST_VALUE = 400
"""Signs of a value that are shown; a field may hold megabytes by mistake."""

WORDS: dict[str, Text] = {
    "title": Text("报关单审核报告", "Declaration audit report"),
    "as_of": Text("审核日", "As of"),
    "profile": Text("配置", "Profile"),
    "place": Text("位置", "Place"),
    "found": Text("填报", "Found"),
    "expected": Text("应为", "Expected"),
    "basis": Text("依据", "Basis"),
    "fixes": Text("修正", "Fixes"),
    "see_also": Text("另见", "See also"),
    "skipped": Text("未能判断", "Not judged"),
    "broken": Text("规则故障", "Rules that failed"),
    "nothing": Text("没有发现问题", "Nothing found"),
    "incomplete": Text("审核不完整，不能视为无误", "The audit is incomplete: not a clean result"),
    "advice": Text("本报告不代表海关决定", "This report is no decision of customs"),
    **{str(weight): name for weight, name in NAMES.items()},
}


def render_html(audited: Iterable[Audited], language: Language) -> Iterator[str]:
    """Give one HTML page with every report; styles are within, nothing is fetched."""
    yield _template("head.html").render(_room(language))
    for each in audited:
        yield _template("report.html").render(_room(language) | _report(each.report, language))
    yield _template("foot.html").render(_room(language))


def render_markdown(audited: Iterable[Audited], language: Language) -> Iterator[str]:
    """Give each report in Markdown."""
    for each in audited:
        yield _template("report.md").render(_room(language) | _report(each.report, language))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(HOME),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_said,
    )
    environment.filters["cell"] = _table_cell
    environment.filters["code"] = _code
    return environment.get_template(name)


def _said(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def _room(language: Language) -> dict[str, Any]:
    words = {name: text.said_in(language) for name, text in WORDS.items()}
    return {"words": words, "language": "zh-CN" if language == "zh" else "en"}


def _report(report: Report, language: Language) -> dict[str, Any]:
    return {
        "name": report.name,
        "day": report.day.isoformat(),
        "profile": report.profile,
        "complete": report.complete,
        "summary": report.summary,
        "findings": [_finding(found, report, language) for found in report.findings],
        "skipped": [(each.code, each.why.said_in(language)) for each in report.skipped],
        "broken": [(each.code, each.fault) for each in report.broken],
    }


def _finding(found: Found, report: Report, language: Language) -> dict[str, Any]:
    fields = report.library.fields
    data = place_data(found.places[0], report)
    return {
        "code": found.rule.code,
        "severity": found.severity,
        "title": found.rule.title.said_in(language),
        "message": found.message.said_in(language),
        "label": label(found.places[0], fields).said_in(language),
        "notations": [data[name] for name in ("pointer", "xpath", "cell") if data[name]],
        "also": [label(place, fields).said_in(language) for place in found.places[1:]],
        "found": _short(found.found),
        "expected": _short(found.expected),
        "basis": [
            (each.title.said_in(language), each.url, each.citations)
            for each in cited(found.rule, report.library)
        ],
        "fixes": [
            (
                FIXES[fix.kind].said_in(language),
                _label(fix.where, report, language),
                _short(written(fix.value)) or "∅",
            )
            for fix in found.fixes
        ],
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _label(where: Any, report: Report, language: Language) -> str:
    return label(where, report.library.fields).said_in(language)


def _table_cell(text: str) -> str:
    """A text that cannot break out of a Markdown table or turn into markup."""
    flat = " ".join(text.split())
    for sign in "\\`*_[]<>|#~&!":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


def _code(text: str) -> str:
    """A text that cannot break out of a code span."""
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"
