from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-X022",
    zh="出口报关单不得填内销征税联系单（c）",
    en="An export declaration carries no domestic-sale levy form (c)",
    basis="cn-broker-practice#licences cn-gacc-2019-18#31",
    over="licences",
    only={"ie_flag": "E", "licence_code": "c"},
)
def domestic_sale_form_on_export(licence_no: str | None) -> Finding:
    """The domestic-sale levy form (code c) is for bonded goods sold inside China.

    They are declared as imports, so the form has no place on an export declaration.

    内销征税联系单（代码 c）用于保税货物内销征税，内销按进口申报，出口报关单不应出现该单证。

    Wrong: 进出口标志 E, 随附单证代码 c.
    Right: 进出口标志 I, 随附单证代码 c; 进出口标志 E without c.
    Limits: cannot tell whether the form or the direction of the declaration is wrong.
    局限：无法判断是单证填错还是进出口标志填错。
    """
    number = f" {licence_no}" if licence_no else ""
    return Finding(
        "licence_code",
        Text(
            f"出口报关单填了随附单证代码 c 内销征税联系单{number}",
            f"The export declaration carries licence code c, the domestic-sale levy form{number}",
        ),
        Text(
            "内销征税按进口申报，核对进出口标志，或删去该单证",
            "Domestic sale is declared as import: check the direction, or remove the form",
        ),
        also=("ie_flag",),
    )
