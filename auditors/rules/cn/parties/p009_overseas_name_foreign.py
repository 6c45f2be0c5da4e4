import re

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.overseas_parties import NAMES, overseas_name
from knowledge.facts import Facts
from knowledge.text import Text

HAN = re.compile(r"[\u4e00-\u9fff]").search
FOREIGN = re.compile(r"[^\W\d_\u2e80-\uffff]").search
"""A letter of an alphabet: Latin, Cyrillic, Greek, …"""


@rule(
    "CN-P009",
    zh="境外收发货人名称一般填英文",
    en="The overseas party is normally named in English",
    basis="cn-gacc-2019-18#8 cn-broker-practice#parties",
    severity="warning",
)
def overseas_name_in_english(
    facts: Facts,
    ie_flag: str,
    overseas_consignor_name_en: str | None,
    overseas_consignee_name_en: str | None,
) -> Finding | None:
    """The field of the foreign name takes an English one; a Chinese name has its own field.

    名称（外文）一般填英文，检验检疫要求其他外文的在英文后括注；中文名称另有栏目。

    Wrong: 境外发货人名称（外文） 某某公司.
    Right: EXAMPLE GMBH; NO; EXAMPLE LTD (示例公司).
    Limits: speaks only when the name has Chinese characters and no letter at all. A party of Hong
        Kong, Macao or Taiwan that is registered in Chinese only will be named wrongly here.
    局限：名称中只有汉字而没有任何字母时才提示。只有中文注册名的港澳台企业会被误提示。
    """
    name = overseas_name(ie_flag, overseas_consignor_name_en, overseas_consignee_name_en)
    if name is None or name.isascii() or not HAN(name) or FOREIGN(name):
        return None
    label = header_label(facts, NAMES[ie_flag])
    return Finding(
        NAMES[ie_flag],
        Text(f"{label.zh}“{name}”只有汉字", f'{label.en} "{name}" is in Chinese characters only'),
        Text("改填合同上的英文名称", "Enter the English name as in the contract"),
    )
