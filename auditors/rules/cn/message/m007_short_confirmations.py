from auditors.finding import Finding, safe
from auditors.interface import BLANK
from auditors.rule import rule
from knowledge.text import Text

LEAST = 3
"""Special relationship, influence on the price, royalties: the three every message states."""


@rule(
    "CN-M007",
    zh="其他事项确认至少三位",
    en="The confirmation string has three characters at least",
    severity="info",
    basis="cn-sw-decmessage#PromiseItmes",
)
def short_confirmations(confirmations: str) -> Finding | None:
    """PromiseItmes has one character for each confirmation: 0 no, 1 yes, 9 not filled.

    PromiseItmes 每位对应一项确认：0 否，1 是，9 不填；前三位为特殊关系、价格影响、特许权使用费。

    Wrong: 0.
    Right: 099 或 000.
    Limits: an empty string says nothing and is not counted here.
    局限：空串不提示。
    """
    if len(confirmations) >= LEAST:
        return None
    padded = confirmations.ljust(LEAST, BLANK)
    return Finding(
        "confirmations",
        Text(
            f"其他事项确认“{confirmations}”不足{LEAST}位",
            f'The confirmation string "{confirmations}" has fewer than {LEAST} characters',
        ),
        Text(f"补足为 {padded}，未填的位为 9", f"Write {padded}; 9 stands for not filled"),
        expected=padded,
        fixes=(safe("confirmations", padded),),
    )
