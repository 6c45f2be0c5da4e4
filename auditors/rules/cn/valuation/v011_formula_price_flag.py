import re

from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

FORMULA = re.compile("公式[定计作]价")
DENIED = re.compile("[非不未无][^，。；,;]{0,4}公式[定计作]价")


@rule(
    "CN-V011",
    zh="公式定价货物应填公式定价确认",
    en="Formula pricing is confirmed on the declaration",
    basis="cn-gacc-2021-44#1",
    severity="warning",
    status="law",
    only={"ie_flag": "I"},
)
def formula_pricing(note: str, formula_price_flag: str | None) -> Finding | None:
    """The final price is settled after import, so customs follows the shipment up by this flag.

    结算价在进口后才确定，海关凭此项跟踪后续申报。

    Wrong: 备注 notes 公式定价备案，公式定价确认 formula price blank or 0.
    Right: 备注 notes 公式定价备案，公式定价确认 formula price 1.
    Limits: sees only what the notes say; notes that deny formula pricing are left alone.
    局限：只看备注文字；备注写明非公式定价的不提示。
    """
    if formula_price_flag == "1" or not FORMULA.search(note) or DENIED.search(note):
        return None
    return Finding(
        "formula_price_flag",
        Text(
            "备注提到公式定价，公式定价确认未填“是”",
            "The notes speak of formula pricing, which is not confirmed",
        ),
        Text(
            "确为公式定价的，公式定价确认填 1，并核对备案号和暂定价格确认",
            "If the price follows a formula, answer 1, and check its record and the provisional "
            "price flag",
        ),
        also=("note",),
    )
