from datetime import date

from auditors.finding import Finding, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text


@rule(
    "CN-F033",
    zh="规格型号第一项为品牌类型代码",
    en="The first declaration element is a code of brand type",
    status="law",
    basis="cn-gacc-2017-69#1 cn-gacc-2019-18#35",
    over="items",
    span=Span(since=date(2018, 1, 1)),
)
def brand_type(goods_model: str, facts: Facts) -> Finding | None:
    """Since 2018 the elements begin with the brand type: one of 0 to 4.

    2018年1月1日起，申报要素的第一项为品牌类型：0 无品牌，1 境内自主品牌，2 境内收购品牌，
    3 境外品牌（贴牌生产），4 境外品牌（其他）。

    Wrong: 规格型号 不锈钢制 elements that begin with the material.
    Right: 规格型号 0|3|不锈钢制 brand type 0, then the export benefit, then the rest.
    Limits: cannot tell whether the brand type fits the goods.
    局限：不能判断所填品牌类型是否与货物相符。
    """
    first = goods_model.split("|", 1)[0]
    if facts.row("brand_type", first):
        return None
    return Finding(
        "goods_model",
        Text(
            f"规格型号第一项“{first[:30]}”不是品牌类型代码",
            f'The first element "{first[:30]}" is no code of brand type',
        ),
        Text(
            "在规格型号最前填品牌类型（0 至 4），各要素以半角竖线分隔",
            "Begin with the brand type, 0 to 4; part the elements by half-width bars",
        ),
        fixes=tuple(suggested("goods_model", meant) for meant in _meant(goods_model, facts)),
    )


def _meant(goods_model: str, facts: Facts) -> tuple[str, ...]:
    """Return the same elements with half-width bars, and a code where the name stood."""
    first, *rest = goods_model.replace("｜", "|").split("|")
    codes = facts.table("brand_type").resolve(first)
    return ("|".join((codes[0], *rest)),) if len(codes) == 1 else ()
