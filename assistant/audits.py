"""An audit in a conversation: a short summary, and the findings to speak of afterwards."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.turn import Noted, Question, Sentence, Turn, Understood
from auditors.auditing import audited
from auditors.finding import SILENT, Fix
from auditors.notation import label, written
from auditors.place import Place
from auditors.render.audited import Audited
from auditors.render.text import printable
from auditors.report import Found, Report
from auditors.rule import Profile
from knowledge.library import Library
from knowledge.text import Language, Text

SAID = 3
"""How many findings a summary tells of, the worst first."""
LONGEST = 110
"""Characters of a finding in a summary."""
ORDER = {"error": 0, "warning": 1, "info": 2}
SEVERITIES = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "note"),
}
PASTED = re.compile(r"^\s*(?:```\w*\s*)?(?=[\[{<])(?=[^\n]*[\"<:]|[\[{]\s*\n)")
FENCE = re.compile(r"^\s*```\w*\s*\n?|\n?```\s*$")
SHORTEST = 30
"""A message shorter than this is no draft, whatever it begins with."""


def pasted(text: str) -> bytes | None:
    """Return the draft pasted into a message, or nothing where it holds none.

    >>> pasted('{"header": {"ie_flag": "I", "trade_mode": "0110"}}') is not None
    True
    >>> pasted("<b>净重</b>怎么填？") is None
    True
    """
    bare = FENCE.sub("", text).strip()
    json = bare.startswith(("{", "[")) and bare.endswith(("}", "]"))
    xml = bare.startswith(("<?xml", "<DecMessage")) or "<DecHead" in bare[:2_000]
    return bare.encode("utf-8", "replace") if len(bare) > SHORTEST and (json or xml) else None


def audit_of(
    content: bytes, name: str, library: Library, as_of: date | None, profile: Profile = "default"
) -> Audited:
    """Return the report of a draft somebody sent or pasted."""
    return audited(content, library, name, as_of=as_of, profile=profile)


def noted(report: Report) -> tuple[Noted, ...]:
    """Return the findings of a report as they are spoken of, the worst first."""
    found = sorted(report.findings, key=lambda each: ORDER[each.severity])
    return tuple(_noted(number, each, report) for number, each in enumerate(found, start=1))


def summary(report: Report, question: Question, lang: Language) -> Turn:
    """Return a finished turn that tells of a report."""
    findings = noted(report)
    return Turn(
        question=question,
        understood=Understood("audit", lang, question.text, day=report.day),
        sentences=tuple(_sentences(report, findings, lang)),
        origin="audit",
        confidence=1.0,
        data={
            "summary": dict(report.summary),
            "complete": report.complete,
            "skipped": len(report.skipped),
            "findings": [_data(each) for each in findings],
        },
    )


def _sentences(report: Report, findings: tuple[Noted, ...], lang: Language) -> Iterator[Sentence]:
    yield Sentence(_counts(report).said_in(lang))
    for each in findings[:SAID]:
        yield Sentence(_line(each, lang), (each.code, *each.basis))
    if len(findings) > SAID:
        rest = len(findings) - SAID
        more = Text(
            f"另有 {rest} 条，问“第四条怎么改”可逐条看。",
            f"{rest} more; ask “how do I fix the fourth?” to see them one by one.",
        )
        yield Sentence(more.said_in(lang))
    if report.skipped:
        left = len({each.code for each in report.skipped})
        said = Text(
            f"有 {left} 条规则因缺资料未判断。", f"{left} rules could not judge for want of data."
        )
        yield Sentence(said.said_in(lang))


def _counts(report: Report) -> Text:
    counted = report.summary
    name = printable(report.name) or ""
    if not report.readable:
        return Text(f"{name}无法读取：", f"{name or 'The draft'} cannot be read:")
    if not report.findings and report.complete:
        return Text(f"{name}未发现问题。", f"{name or 'The draft'}: nothing found.")
    whole = "" if report.complete else "，审核不完整"
    unfinished = "" if report.complete else "; the audit is incomplete"
    return Text(
        f"{name}共 {counted['error']} 个错误、{counted['warning']} 个警告、"
        f"{counted['info']} 个提示{whole}。",
        f"{name or 'The draft'}: {counted['error']} errors, {counted['warning']} warnings, "
        f"{counted['info']} notes{unfinished}.",
    )


def _line(each: Noted, lang: Language) -> str:
    said = each.message.said_in(lang)
    short = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
    weight = SEVERITIES[each.severity].said_in(lang)
    return f"{each.number}. [{weight} {each.code}] {each.label.said_in(lang)}: {short}"


def _noted(number: int, found: Found, report: Report) -> Noted:
    called = label(found.places[0], report.library.fields) if str(found.places[0]) else SILENT
    return Noted(
        number=number,
        code=found.rule.code,
        severity=found.severity,
        label=Text(*map(printable, called)),
        message=Text(*map(printable, found.message)),
        basis=tuple(map(str, found.rule.basis)),
        fix=_fixes(found, report),
    )


def _fixes(found: Found, report: Report) -> Text:
    said = [_fix(fix, report) for fix in found.fixes]
    return Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))


def _fix(fix: Fix, report: Report) -> Text:
    assert isinstance(fix.where, Place)
    called = label(fix.where, report.library.fields)
    value = printable(written(fix.value)) if written(fix.value) else ""
    return Text(f"{called.zh} → {value or '（清空）'}", f"{called.en} → {value or '(empty)'}")


def _data(each: Noted) -> dict[str, object]:
    return {
        "number": each.number,
        "code": each.code,
        "severity": each.severity,
        "label": each.label._asdict(),
        "message": each.message._asdict(),
        "basis": list(each.basis),
        "fix": each.fix._asdict(),
    }
