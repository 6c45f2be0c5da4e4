from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.overseas_parties import NAMES, overseas_name
from auditors.rules.cn.party_codes import NONE_GIVEN
from knowledge.text import Text

OWN_GOODS = frozenset(["2210", "2600", "2700", "3410", "3422", "4200", "4239", "9810"])
"""Procedures under which an enterprise may send goods to itself: investment in kind, temporary
goods and exhibits, contracted projects, missions abroad, its own overseas warehouse."""


@rule(
    "CN-P011",
    zh="境内收发货人与境外收发货人不应是同一名称",
    en="The domestic and the overseas party are not one and the same",
    basis="cn-gacc-2019-18#3 cn-gacc-2019-18#8",
    status="logic",
)
def parties_differ(
    ie_flag: str,
    trade_mode: str | None,
    trade_name: str | None,
    trade_name_en: str | None,
    overseas_consignor_name_en: str | None,
    overseas_consignee_name_en: str | None,
) -> Finding | None:
    """A sale has two sides; one name on both is a slip of copying.

    买卖有双方，境内外填成同一名称多为复制错误。

    Wrong: 境内收发货人 and 境外发货人 both EXAMPLE PUMPEN GMBH.
    Right: 示例贸易（上海）有限公司 and EXAMPLE PUMPEN GMBH.
    Limits: compares the names as written, whatever their case; a translated name is another name.
        Silent for procedures under which a firm may send goods to itself.
    局限：按所填文字比较，不分大小写；译名视为不同名称。对外投资、暂时进出境、承包工程、海外仓等
    可以发给自己的监管方式不提示。
    """
    overseas = overseas_name(ie_flag, overseas_consignor_name_en, overseas_consignee_name_en)
    if overseas is None or overseas == NONE_GIVEN or trade_mode in OWN_GOODS:
        return None
    held, theirs = {"trade_name": trade_name, "trade_name_en": trade_name_en}, overseas.upper()
    same = [name for name, ours in held.items() if ours and ours.upper() == theirs]
    if not same:
        return None
    return Finding(
        NAMES[ie_flag],
        Text(
            f"境外收发货人名称“{overseas}”与境内收发货人名称相同",
            f'The overseas party "{overseas}" has the same name as the domestic party',
        ),
        Text("对照合同改正其中一方", "Put one of them right from the contract"),
        also=tuple(same),
    )
