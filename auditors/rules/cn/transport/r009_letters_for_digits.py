import re

from auditors.blocks import BillOfLading
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

LETTER_IN_TAIL = re.compile(r"([A-Z]*)([0-9](?=[0-9OI]{5,}$)[0-9]*[OI][0-9OI]*[0-9])").fullmatch
AS_DIGITS = str.maketrans("OI", "01")


@rule(
    "CN-R009",
    zh="提运单号中的数字0、1不应误写为字母O、I",
    en="The digits 0 and 1 of a bill number are not written as the letters O and I",
    basis="cn-broker-practice#errors",
    severity="warning",
    status="logic",
    only={"transport_mode": "2 3 4"},
)
def no_letters_for_digits(bill_no: str, bill_of_lading: BillOfLading | None) -> Finding | None:
    """O and 0, I and 1 look alike in print; the manifest tells them apart.

    字母 O、I 与数字 0、1 印刷相近，录错一个就与舱单不符。

    Wrong: EXMU24O30017; EXMUO3 where the bill of lading says EXMU03.
    Right: EXMU24030017.
    Limits: bill numbers rightly hold letters, so it speaks only where the bill of lading at hand
        differs in nothing but these signs, or where an O or I stands between digits in a tail of
        at least six signs that is otherwise all digits. Numbers that mark sea or import by such a
        letter (2403O00123) are named wrongly. The last of the carrier's letters may be O or I and
        is not looked at. Containers are K001's, air waybills R003's.
    局限：提单号本可含字母，只在两种情况下提示：与所附提运单号只差这些字符；或末段至少6位、其余全为数字，
    而 O 或 I 夹在数字之间。以该字母表示海运、进口的业务编号（如 2403O00123）会被误提示。
    紧接承运人字母的 O、I 不查。集装箱号由 K001、空运单由 R003 提示。
    """
    written = bill_no.upper()
    issued = (bill_of_lading.number or "").upper() if bill_of_lading else ""
    if written == issued:
        return None
    if written.translate(AS_DIGITS) == issued.translate(AS_DIGITS):
        return _doubtful(bill_no, issued)
    if tail := LETTER_IN_TAIL(written):
        return _doubtful(bill_no, tail[1] + tail[2].translate(AS_DIGITS))
    return None


def _doubtful(bill_no: str, meant: str) -> Finding:
    return Finding(
        "bill_no",
        Text(
            f"提运单号“{bill_no}”疑似把数字0、1写成字母O、I（或相反）",
            f'Bill of lading or waybill number "{bill_no}" seems to have a letter O or I for '
            "the digit 0 or 1, or the reverse",
        ),
        Text(f"对照提运单核对，可能是 {meant}", f"Compare it with the bill; it may be {meant}"),
    )
