from datetime import date

from auditors.finding import Finding, safe
from auditors.rule import rule
from knowledge.span import Span
from knowledge.text import Text

LABELS = {
    "org_code": Text("检验检疫受理机关", "Inspection acceptance organ"),
    "vsa_org_code": Text("领证机关", "Certificate-issuing organ"),
    "insp_org_code": Text("口岸检验检疫机关", "Port inspection organ"),
}


@rule(
    "CN-C021",
    zh="2024年4月10日起不再填报三个检验检疫机关栏目",
    en="Three columns of inspection organs are no longer filled since 10 April 2024",
    severity="info",
    status="law",
    basis="cn-gacc-2024-30#2",
    span=Span(since=date(2024, 4, 10)),
)
def deleted_columns(
    org_code: str | None, vsa_org_code: str | None, insp_org_code: str | None
) -> list[Finding]:
    """Acceptance, certificate and port inspection organ were struck from the form.

    检验检疫受理机关、领证机关、口岸检验检疫机关三个栏目已从报关单中删除。

    Wrong: 2026 年仍填检验检疫受理机关 471400 filled in 2026.
    Right: 三栏留空 the three left blank.
    Limits: an old template may still send them; customs has not been seen to return a declaration
        for it.
    局限：旧模板可能仍带这些栏目，未见因此退单。
    """
    if not (org_code or vsa_org_code or insp_org_code):
        return []
    filled = {"org_code": org_code, "vsa_org_code": vsa_org_code, "insp_org_code": insp_org_code}
    return [
        Finding(
            field,
            Text(
                f"{LABELS[field].zh} {code} 已不是报关单栏目",
                f"{LABELS[field].en} {code}: the column is no longer part of the form",
            ),
            Text("清空该栏", "Clear it"),
            fixes=(safe(field, None),),
        )
        for field, code in filled.items()
        if code is not None
    ]
