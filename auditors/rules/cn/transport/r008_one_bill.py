import re
from collections.abc import Sequence

from auditors.blocks import BillOfLading
from auditors.finding import Finding
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text

APART = re.compile(r"[,;，；、]").split
HOUSE = re.compile(r"[*_]").split
"""What stands between the master bill and the house bill."""


@rule(
    "CN-R008",
    zh="一份报关单只能对应一个提运单",
    en="A declaration covers one bill of lading",
    basis="cn-gacc-2014-manifest#4 cn-gacc-2019-18#11",
    status="law",
)
def one_bill(bill_no: str | None, bill_of_lading: BillOfLading | None) -> Finding | None:
    """Each declaration is matched with a single bill; more bills take more declarations.

    每份报关单与单一提运单核对，一票货物对应多个提运单的应分单填报。

    Wrong: 提运单号 EXMU24030017,EXMU24030018.
    Right: EXMU24030017; EXMU24030017*HBL01 (master and house bill).
    Limits: knows several numbers by a comma, a semicolon or 、 between them, or by a list of
        bills from the documents. A house bill after * or _ belongs to its master.
    局限：以逗号、分号、顿号分开的，或随附提运单清单中有多个号码的，视为多个。“*”“_”后的分单号属于其总单。
    """
    if bill_no and not bill_no.isalnum() and _are_several(APART(bill_no)):
        return _several("bill_no", f"“{bill_no}”", f'"{bill_no}"')
    numbers = bill_of_lading.numbers if bill_of_lading else ()
    if _are_several(numbers):
        written = ", ".join(numbers)
        return _several(Place("documents.bill_of_lading", field="numbers"), written, written)
    return None


def _are_several(numbers: Sequence[str]) -> bool:
    """Whether numbers name several bills, house bills and capitals left aside."""
    if not numbers[1:]:
        return False
    bills = {HOUSE(number.strip())[0].upper() for number in numbers if number.strip()}
    return len(bills) > 1


def _several(where: str | Place, zh: str, en: str) -> Finding:
    return Finding(
        where,
        Text(
            f"提运单号有多个：{zh}",
            f"Bill of lading or waybill number: there are several, {en}",
        ),
        Text(
            "一份报关单只填一个提运单号，其余另行申报",
            "Keep one bill on this declaration and declare the others on their own",
        ),
    )
