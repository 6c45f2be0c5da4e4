from auditors.finding import Finding
from auditors.numbers import waybill_check
from auditors.rule import rule
from auditors.rules.cn.waybills import read_waybill
from knowledge.text import Text


@rule(
    "CN-R004",
    zh="空运总运单号的校验位应等于前7位序号除以7的余数",
    en="The check digit of an air waybill is its serial number modulo 7",
    basis="iata-awb#check",
    severity="warning",
    status="calc",
    only={"transport_mode": "5"},
)
def air_waybill_check_holds(bill_no: str) -> Finding | None:
    """After the airline's three digits stand seven of a serial number and one that checks them.

    总运单号由3位航空公司代码、7位序号和1位校验码组成，校验码为序号除以7的余数。

    Wrong: 784-45120387.
    Right: 784-45120386.
    Limits: looks at the master waybill, with or without separators; house waybills have no
        common check. What has not the digits of a waybill is R003's.
    局限：只查总运单号，有无分隔符均可；分运单号没有统一校验。位数不符的由 R003 提示。
    """
    waybill = read_waybill(bill_no)
    if waybill is None or waybill_check(waybill.serial) == waybill.check:
        return None
    check = waybill_check(waybill.serial)
    return Finding(
        "bill_no",
        Text(
            f"总运单号 {bill_no} 的校验位为 {waybill.check}，按序号 {waybill.serial} 计算应为 {check}",
            f"Air waybill {bill_no} has the check digit {waybill.check}, "
            f"serial number {waybill.serial} calls for {check}",
        ),
        Text("对照运单核对号码", "Compare it with the waybill"),
    )
