from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.ports import CHINA, country_of, is_domestic
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-R012",
    zh="出口的指运港应在最终目的国",
    en="The port of destination of an export lies in the country of destination",
    basis="cn-gacc-2019-18#21 cn-gacc-2019-18#41 cn-broker-practice#countries",
    severity="warning",
    only={"ie_flag": "E", "crossing": True},
)
def port_in_destination(
    facts: Facts, transit_port_code: str, items: tuple[Item, ...]
) -> Finding | None:
    """The goods are landed at the final port, as a rule in the country where they are used.

    指运港为最终卸货港，一般在最终目的国；填了国内口岸代码的，货物出不了境。

    Wrong: 指运港 USA309, every item for JPN; 指运港 310001 for USA.
    Right: 指运港 JPN019 for JPN.
    Limits: the first three letters of a port code are taken for its country; where they are no
        country it is silent. Goods for an inland or a third country are landed elsewhere, which
        is legal: hence a warning. One item for the port's country is enough.
    局限：以港口代码前三个字母为所在国，不是国别代码的不判断。运往内陆国或第三国的货物在他国卸货是合法的，
    故仅为警告。有一项商品的目的国与指运港相符即不提示。
    """
    port = transit_port_code
    lies_in = CHINA if is_domestic(port) else country_of(facts, port)
    bound = {each.destination_country for each in items if each.destination_country}
    if lies_in is None or not bound or lies_in in bound:
        return None
    listed = "、".join(sorted(bound))
    return Finding(
        "transit_port_code",
        Text(
            f"指运港 {port} 在 {lies_in}，最终目的国为 {listed}",
            f"Port of destination {port} lies in {lies_in}, the goods are for {', '.join(sorted(bound))}",
        ),
        Text("核对指运港和最终目的国", "Check the port and the country of final destination"),
        also=("items",),
    )
