from datetime import date

from auditors.finding import Finding, Fix, safe, suggested
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.span import Span
from knowledge.text import Text

NOT_APPLICABLE = "3"
WANTED = {"I": Text("3（不适用）", "3 (not applicable)"), "E": Text("0 至 2", "0 to 2")}


@rule(
    "CN-F034",
    zh="规格型号第二项为出口享惠情况：进口填 3，出口填 0 至 2",
    en="The second declaration element is the export benefit: 3 on import, 0 to 2 on export",
    status="law",
    basis="cn-gacc-2017-69#2 cn-gacc-2019-18#35",
    over="items",
    only={"ie_flag": "I E"},
    span=Span(since=date(2018, 1, 1)),
)
def export_benefit(goods_model: str, ie_flag: str, facts: Facts) -> Finding | None:
    """Exports say whether the goods enjoy a preference abroad; imports say that none applies.

    出口货物填报在最终目的国（地区）是否享受优惠关税：0 不享受，1 享受，2 不能确定；
    进口报关单填 3，不适用。

    Wrong: 出口，规格型号 1|3|钢制 an export with 3.
    Right: 出口，规格型号 1|0|钢制；进口，规格型号 4|3|钢制 an export with 0, an import with 3.
    Limits: silent where the first element is no brand type, so that the places cannot be told;
        that is F033's. Cannot tell whether the preference is truly enjoyed.
    局限：第一项不是品牌类型、各要素错位时不提示，由 F033 提示；不能判断是否确实享惠。
    """
    elements = goods_model.split("|", 2)
    if not facts.row("brand_type", elements[0]):
        return None
    if len(elements) == 1:
        elements.append("")
    second, known = elements[1], facts.row("export_benefit", elements[1])
    if known and (second == NOT_APPLICABLE) == (ie_flag == "I"):
        return None
    wanted = WANTED[ie_flag]
    return Finding(
        "goods_model",
        Text(
            f"规格型号第二项“{second[:30]}”应为出口享惠情况 {wanted.zh}",
            f'The second element "{second[:30]}" should be the export benefit, {wanted.en}',
        ),
        Text("核对后改正第二项", "Correct the second element"),
        fixes=_import_fix(elements, known is not None) if ie_flag == "I" else (),
    )


def _import_fix(elements: list[str], is_code: bool) -> tuple[Fix, ...]:
    """A wrong code gives way to 3; anything else is an element of its own and moves back."""
    first, second, *rest = elements
    if is_code or not second:
        return (safe("goods_model", "|".join((first, NOT_APPLICABLE, *rest))),)
    return (suggested("goods_model", "|".join((first, NOT_APPLICABLE, second, *rest))),)
