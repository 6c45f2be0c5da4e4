import re

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.party_codes import NONE_GIVEN
from knowledge.facts import Facts
from knowledge.text import Text

AEO = re.compile(r"[A-Z]{2,3}(?=[A-Z]*[0-9])[A-Z0-9]+").fullmatch


@rule(
    "CN-P010",
    zh="境外收发货人编码应为“国别代码+企业编码”的 AEO 编码",
    en="The code of the overseas party is an AEO number: letters of its country, then its number",
    basis="cn-gacc-2019-18#8",
    severity="warning",
    status="unverified",
)
def overseas_code_is_aeo(
    facts: Facts, overseas_consignor_code: str | None, overseas_consignee_code: str | None
) -> list[Finding]:
    """Only a firm that China recognises as an AEO has a code; all others leave the field blank.

    只有互认国家（地区）的 AEO 企业才填编码，样式为国别（地区）代码加企业编码；其他情形免填。

    Wrong: 12345.
    Right: SG123456789012; DEAEO123456; blank; NO where there is no overseas party.
    Limits: looks at the shape only; whether the firm is an AEO, and the country one of mutual
        recognition, it cannot see.
    局限：只看样式，不能判断企业是否为 AEO、所在国家（地区）是否互认。
    """
    held = (
        ("overseas_consignor_code", overseas_consignor_code),
        ("overseas_consignee_code", overseas_consignee_code),
    )
    return [
        _no_aeo(facts, name, code)
        for name, code in held
        if code is not None and code != NONE_GIVEN and not AEO(code)
    ]


def _no_aeo(facts: Facts, name: str, code: str) -> Finding:
    label = header_label(facts, name)
    return Finding(
        name,
        Text(
            f"{label.zh}“{code}”不是“国别代码+企业编码”的样式",
            f'{label.en} "{code}" is not the letters of a country and a number',
        ),
        Text(
            "填报 AEO 编码；不是互认 AEO 企业的清空此栏", "Enter the AEO number, or leave it blank"
        ),
    )
