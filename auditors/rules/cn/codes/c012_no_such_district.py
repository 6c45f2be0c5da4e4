from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

DECLARED_AT = Text("申报地海关", "Customs office of declaration")
CROSSED_AT = Text("进出境关别", "Customs office of entry or exit")


@rule(
    "CN-C012",
    zh="关区代码前两位须是直属海关",
    en="An office code begins with the two digits of a customs district",
    status="law",
    basis="cn-sw-parameters#customs_district_prefix cn-gacc-2019-18#4",
)
def no_such_district(
    customs_master: str | None, ie_port: str | None, facts: Facts
) -> list[Finding]:
    """The first two digits of an office code name the district customs it belongs to.

    关区代码前两位是所属直属海关的代码，全国共 42 个直属海关。

    Wrong: 申报地海关 9922 district 99 does not exist.
    Right: 申报地海关 2248 上海海关 district 22 is Shanghai.
    Limits: an office of the table at hand is accepted whatever it begins with; whether the office
        itself exists is for C013.
    局限：代码表内的关区一律接受；关区本身是否存在由 C013 核对。
    """
    return [
        Finding(
            field,
            Text(
                f"{label.zh} {code} 的前两位 {code[:2]} 不是直属海关代码",
                f"{label.en} {code} begins with {code[:2]}, which is no customs district",
            ),
            Text("核对4位关区代码", "Check the 4 digits of the office"),
        )
        for field, label, code in (
            ("customs_master", DECLARED_AT, customs_master),
            ("ie_port", CROSSED_AT, ie_port),
        )
        if code and not _known(code, facts)
    ]


def _known(code: str, facts: Facts) -> bool:
    district = facts.row("customs_district_prefix", code[:2])
    return district is not None or facts.table("customs_office").known(code) is not None
