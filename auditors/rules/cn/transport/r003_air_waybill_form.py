import re

from auditors.finding import Finding, suggested
from auditors.rule import rule
from auditors.rules.cn.carriage import filled_otherwise
from auditors.rules.cn.waybills import read_waybill
from knowledge.text import Text

WELL_FORMED = re.compile(r"[0-9]{11}(?:[_-][0-9A-Za-z-]+)?").fullmatch


@rule(
    "CN-R003",
    zh="空运提运单号应为11位总运单号，有分运单的加“_”和分运单号",
    en="An air waybill number is 11 digits, then _ and the house waybill where there is one",
    basis="cn-gacc-2019-18#11 iata-awb#format",
    severity="error*",
    status="unverified",
    only={"transport_mode": "5", "crossing": True},
)
def air_waybill_well_formed(
    bill_no: str, transport_name: str | None, decl_trn_rel: str | None
) -> Finding | None:
    """The manifest holds the master waybill as 11 digits without separators.

    空运舱单中的总运单号为11位数字，不带分隔符；分运单号用下划线接在其后。

    Wrong: 784-45120386; 784-4512038; a sea bill of lading.
    Right: 78445120386; 78445120386_HAWB01.
    Limits: a hyphen before the house waybill is let pass. Silent under customs transit and for
        collective declarations, which put other things here. The check digit is R004's.
    局限：分运单号前用连字符的不提示。转关和集中申报另有填法，不提示。校验位由 R004 核对。
    """
    if WELL_FORMED(bill_no) or filled_otherwise(decl_trn_rel, transport_name):
        return None
    meant = read_waybill(bill_no)
    return Finding(
        "bill_no",
        Text(
            f"空运提运单号“{bill_no}”不是11位总运单号，或其后不是“_”加分运单号",
            f'Bill of lading or waybill number "{bill_no}" is not the 11 digits of an air waybill, '
            "alone or with _ and a house waybill",
        ),
        Text(
            f"核对后改为 {meant.plain}" if meant else "对照运单重新填报",
            f"Check it, then write {meant.plain}" if meant else "Enter it again from the waybill",
        ),
        expected=meant.plain if meant else "",
        fixes=(suggested("bill_no", meant.plain),) if meant else (),
    )
