"""A batch: what only shows when several drafts are audited together."""

from typing import NamedTuple

from auditors.catalogue import catalogue
from auditors.declaration import Declaration
from auditors.place import Place
from auditors.report import Found, Report
from knowledge.text import Text

CLIENT_NUMBER = Place("header", 0, "client_seq_no")


class _First(NamedTuple):
    """The first draft seen with a client number."""

    name: str
    gist: int


class Batch:
    """Remembers the client numbers of the drafts that went by; a few bytes for each."""

    def __init__(self) -> None:
        self._first: dict[str, _First] = {}

    def told_apart(self, report: Report) -> Report:
        """Return a report, with a finding where another draft before had its client number.

        The same draft in another form, or audited again, is no other draft.

        Source: cn-sw-decmessage#DecSign.
        """
        number = report.draft.header.client_seq_no
        if not number:
            return report
        gist = _gist(report.draft)
        first = self._first.setdefault(number, _First(report.name, gist))
        if first.gist == gist:
            return report
        again = _twice(report, number, first.name)
        return report._replace(findings=(again, *report.findings))


def _gist(draft: Declaration) -> int:
    """What is the same in every form of a draft."""
    header = draft.header
    goods = tuple((item.hs_code, item.goods_name, item.total_price) for item in draft.items)
    return hash((header.ie_flag, header.bill_no, header.contract_no, goods))


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
