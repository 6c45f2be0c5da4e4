"""A report as JUnit XML, which build servers count and show: one suite a draft, one case a finding."""

import unicodedata
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from auditors.notation import label
from auditors.render.audited import Audited
from auditors.report import Found, Report
from knowledge.text import Language


def render_junit(audited: Iterable[Audited], language: Language) -> Iterator[str]:
    """Give a test suite for each report.

    Errors and warnings are failures, infos pass, rules that could not judge are skipped and
    rules that failed are errors. A draft with nothing to say has one passing case.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="declarant">\n'
    for each in audited:
        yield _suite(each.report, language)
    yield "</testsuites>\n"


def _suite(report: Report, language: Language) -> str:
    cases = [_case(found, report, language) for found in report.findings]
    cases += [_other(each.code, "skipped", each.why.said_in(language)) for each in report.skipped]
    cases += [_other(each.code, "error", each.fault) for each in report.broken]
    cases = cases or [f'    <testcase classname="declarant" name={_quoted(report.name)}/>\n']
    failures = report.summary["error"] + report.summary["warning"]
    head = (
        f'  <testsuite name={_quoted(report.name)} tests="{len(cases)}" '
        f'failures="{failures}" errors="{len(report.broken)}" skipped="{len(report.skipped)}" '
        f'timestamp="{report.day.isoformat()}T00:00:00">\n'
    )
    return head + "".join(cases) + "  </testsuite>\n"


def _case(found: Found, report: Report, language: Language) -> str:
    called = label(found.places[0], report.library.fields).said_in(language)
    name = _quoted(f"{found.rule.title.said_in(language)} ({called} {found.places[0]})")
    case = f'    <testcase classname="{found.rule.code}" name={name}'
    if found.severity == "info":
        said = escape(_clean(found.message.said_in(language)))
        return f"{case}>\n      <system-out>{said}</system-out>\n    </testcase>\n"
    message = _quoted(found.message.said_in(language))
    basis = escape(" ".join(map(str, found.rule.basis)))
    return (
        f'{case}>\n      <failure type="{found.severity}" message={message}>'
        f"{basis}</failure>\n    </testcase>\n"
    )


def _other(code: str, kind: str, said: str) -> str:
    return (
        f'    <testcase classname="{code}" name="{code}">\n'
        f"      <{kind} message={_quoted(said)}/>\n    </testcase>\n"
    )


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Replace what XML 1.0 cannot hold, and what gives a terminal orders."""
    return "".join(map(_held, text))


def _held(sign: str) -> str:
    unseen = unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n"
    return "�" if unseen or sign in "\ufffe\uffff" else sign
