from auditors.blocks import Supplement
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text

REASON = ("特殊关系", "关联", "成交价格", "转让定价", "价格影响", "审价")
"""A note with one of these words is taken to give the reason."""


@rule(
    "CN-V007",
    zh="特殊关系影响成交价格的，应作价格补充申报或说明",
    en="Where a special relationship influences the price, the price is explained",
    basis="cn-gacc-order-213#16 cn-gacc-order-213#17 cn-gacc-2019-18#45",
    status="law",
    only={"ie_flag": "I", "special_relation_flag": "1", "price_effect_flag": "1"},
)
def price_supplement(supplements: tuple[Supplement, ...], note: str | None) -> Finding | None:
    """With such a price customs must find the value in another way, and needs the particulars.

    此时海关不能直接采用成交价格，须凭补充资料另行审定。

    Wrong: 特殊关系 relation 1，价格影响 influence 1，无补充申报 nothing more.
    Right: 特殊关系 relation 1，价格影响 influence 0；或附补充申报单 or a price supplement.
    Limits: any supplementary declaration and any word of reason in the notes is enough; whether
        they explain the price is not judged.
    局限：有补充申报单或备注有说明文字即视为已说明，不判断内容是否充分。
    """
    if supplements or any(word in (note or "") for word in REASON):
        return None
    return Finding(
        "price_effect_flag",
        Text(
            "特殊关系确认和价格影响确认均为“是”，未附价格补充申报，备注也无说明",
            "Special relationship and influence on the price are both confirmed, with no price "
            "supplement and no reason in the notes",
        ),
        Text(
            "核对确认项；确有影响的，填价格补充申报单或在备注说明",
            "Check the confirmations; if the price is influenced, add a price supplement or say "
            "why in the notes",
        ),
        also=("special_relation_flag", "note"),
    )
