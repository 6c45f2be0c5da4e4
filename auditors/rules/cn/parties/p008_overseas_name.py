from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.overseas_parties import NAMES, overseas_name
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-P008",
    zh="应填境外收发货人的外文名称，没有的填 NO",
    en="The overseas party is named, or NO where there is none",
    basis="cn-gacc-2019-18#8 cn-broker-practice#mandatory",
)
def overseas_party_named(
    facts: Facts,
    ie_flag: str,
    overseas_consignor_name_en: str | None,
    overseas_consignee_name_en: str | None,
) -> Finding | None:
    """An import names the overseas consignor, an export the overseas consignee.

    进口填境外发货人，出口填境外收货人，一般为合同的外方；特殊情况下没有的，填 NO。

    Wrong: an import with 境外发货人名称 blank.
    Right: EXAMPLE GMBH; or NO where no overseas party exists.
    Limits: does not ask who the party is; the Chinese name does not stand in for the foreign one.
    局限：不判断填的是谁；中文名称不能代替外文名称。
    """
    if overseas_name(ie_flag, overseas_consignor_name_en, overseas_consignee_name_en) is not None:
        return None
    name = NAMES[ie_flag]
    label = header_label(facts, name)
    return Finding(
        name,
        Text(f"{label.zh}为空", f"{label.en} is blank"),
        Text(
            "按合同填报外文名称；没有境外收发货人的填 NO",
            "Enter the foreign name as in the contract, or NO where there is no overseas party",
        ),
    )
