from decimal import Decimal

from auditors.finding import Finding, suggested
from auditors.rule import rule
from auditors.rules.cn.units import plain
from knowledge.errors import CannotJudge
from knowledge.facts import Facts
from knowledge.text import Text

HEADINGS = ("2710", "3826")
PRODUCTS = {
    "27101210": "petrol",
    "27101220": "naphtha",
    "27101230": "solvent",
    "27101911": "aviation_kerosene",
    "27101921": "light_diesel",
    "27101922": "fuel_oil",
    "27101929": "other_diesel_fuel_oil",
    "27101991": "lubricant",
    "27101992": "grease",
    "27101993": "lubricant_base_oil",
    "27101999": "other_heavy_oil",
}
"""Parameter `cn.oil_litres_per_kg.…` of each tariff line the announcements name."""


@rule(
    "CN-W019",
    zh="进口成品油的升数按公布的系数由千克折算",
    en="Litres of imported refined oil follow from kilograms by the published factor",
    status="law",
    basis="cn-gacc-2023-144#1 cn-gacc-2023-144#annex cn-gacc-2010-46#1 cn-gacc-2008-99#1"
    " cn-gacc-guide-refined-oil#1",
    over="items",
    only={"ie_flag": "I", "first_unit": "035", "second_unit": "095"},
)
def oil_litres(
    hs_code: str, first_qty: Decimal, second_qty: Decimal, facts: Facts
) -> Finding | None:
    """Consumption tax on oil is by the litre, and the litres are computed, not read off the label.

    成品油消费税按升计征，升数由千克按公告系数折算，不照抄标签容量；含水不扣。

    Wrong: 润滑油 lubricant 2227.35 kg, 1920 l as on the drums.
    Right: 润滑油 lubricant 2227.35 kg × 1.126 = 2507.996 l.
    Limits: since 2023-10-24 only the factors of petrol (27101210) and lubricating oil (27101991)
    were found; other oils of 2710 and 3826 are listed as not judged. The product is told by the
    tariff line alone.
    局限：2023-10-24 起只查到汽油（27101210）和润滑油（27101991）的系数，2710、3826 的其他油品列为未核对。
    只凭税号判断品种。
    """
    if not hs_code.startswith(HEADINGS):
        return None
    product = PRODUCTS.get(hs_code[:8])
    if product is None:
        raise CannotJudge(
            f"没有税号 {hs_code[:8]} 的千克折升系数",
            f"no litres per kilogram known for tariff line {hs_code[:8]}",
        )
    factor = facts.value(f"cn.oil_litres_per_kg.{product}")
    litres = first_qty * factor
    if abs(second_qty - litres) <= facts.value("cn.oil_litres.tolerance"):
        return None
    return _other(first_qty, second_qty, factor, plain(litres))


def _other(kilograms: Decimal, entered: Decimal, factor: Decimal, litres: Decimal) -> Finding:
    return Finding(
        "second_qty",
        Text(
            f"{kilograms} 千克 × {factor} = {litres} 升，法定第二数量却填 {entered} 升",
            f"{kilograms} kg × {factor} = {litres} l, yet the second quantity is {entered} l",
        ),
        Text(f"核对千克数后，升数填 {litres}", f"Check the kilograms, then enter {litres} litres"),
        also=("first_qty",),
        expected=str(litres),
        fixes=(suggested("second_qty", litres),),
    )
