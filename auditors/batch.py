"""A batch: what only shows when several drafts are audited together."""

from collections.abc import Iterable, Iterator

from auditors.catalogue import catalogue
from auditors.place import Place
from auditors.report import Found, Report
from knowledge.text import Text

CLIENT_NUMBER = Place("header", 0, "client_seq_no")


def told_apart(reports: Iterable[Report]) -> Iterator[Report]:
    """Pass reports on, each with a finding where an earlier draft has its client number.

    Source: cn-sw-decmessage#DecSign.
    """
    first: dict[str, str] = {}
    for report in reports:
        number = report.draft.header.client_seq_no
        if number and number in first:
            again = _twice(report, number, first[number])
            report = report._replace(findings=(again, *report.findings))
        elif number:
            first[number] = report.name
        yield report


def _twice(report: Report, number: str, earlier: str) -> Found:
    rule = catalogue()["CN-F030"]
    says = Text(
        f"客户端编号“{number}”与 {earlier} 相同",
        f'Client number "{number}" is that of {earlier} too',
    )
    do = Text("换一个未用过的编号", "Give it a number that no other draft has")
    return Found(
        rule=rule,
        severity=rule.weighs(report.profile),
        message=says.followed_by(do),
        places=(CLIENT_NUMBER,),
        found=number,
        expected="",
        fixes=(),
    )
