from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-V010",
    zh="无特殊关系的，价格影响确认不填“是”",
    en="Without a special relationship there is no influence on the price to confirm",
    basis="cn-gacc-2019-18#45 cn-gacc-2019-18#44 cn-broker-practice#confirmations",
    severity="warning",
    only={"special_relation_flag": "0", "price_effect_flag": "1"},
)
def influence_without_relation() -> Finding:
    """The second question only asks whether the relationship of the first influenced the price.

    价格影响确认问的是特殊关系是否影响成交价格，无特殊关系即无影响。

    Wrong: 特殊关系 relation 0，价格影响 influence 1.
    Right: 特殊关系 relation 1，价格影响 influence 1.
    Limits: cannot tell which of the two answers is wrong.
    局限：无法判断两个确认项中哪个填错。
    """
    return Finding(
        "price_effect_flag",
        Text(
            "特殊关系确认为“否”，价格影响确认却为“是”",
            "Special relationship is denied, yet an influence on the price is confirmed",
        ),
        Text(
            "无特殊关系的，价格影响确认改填 0；有特殊关系的，改特殊关系确认",
            "If the parties are not related, answer 0 here; if they are, put the other answer right",
        ),
        also=("special_relation_flag",),
        fixes=(suggested("price_effect_flag", "0"),),
    )
