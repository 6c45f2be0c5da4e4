from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

DOMESTIC_SALE = "c"
DIRECTIONS = {"I": Text("进口", "import"), "E": Text("出口", "export")}


@rule(
    "CN-C023",
    zh="随附单证的适用方向须与进出口一致",
    en="A licence serves the direction of the declaration",
    basis="cn-gacc-2019-18#31 cn-broker-practice#licences",
    over="licences",
    only={"ie_flag": "I E"},
)
def licence_direction(licence_code: str, ie_flag: str, facts: Facts) -> Finding | None:
    """An import licence cannot cover an export, nor the reverse.

    进口许可证件不能用于出口报关单，出口许可证件不能用于进口报关单。

    Wrong: 出口报关单附 1 进口许可证 an export with an import licence.
    Right: 出口报关单附 4 出口许可证 an export with an export licence.
    Limits: silent on codes the table lacks and on those that serve both directions; the form for
        domestic sale (c) on an export is named by X022.
    局限：代码表没有的和两个方向都适用的单证不提示；出口报关单附内销征税联系单（c）由 X022 提示。
    """
    row = facts.row("licence", licence_code)
    if row is None or licence_code == DOMESTIC_SALE or ie_flag in row.more["direction"]:
        return None
    direction, name = DIRECTIONS[ie_flag], facts.name("licence", licence_code)
    return Finding(
        "licence_code",
        Text(
            f"随附单证 {name} 不用于{direction.zh}报关单",
            f"Licence {name} does not serve an {direction.en} declaration",
        ),
        Text("核对随附单证代码或进出口标志", "Check the licence code, or the direction"),
        also=("ie_flag",),
    )
