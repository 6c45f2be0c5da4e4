from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.carriage import filled_otherwise
from auditors.rules.cn.form_labels import header_label
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-R001",
    zh="水路运输应填运输工具名称、航次号和提运单号",
    en="Sea freight gives vessel, voyage and bill of lading",
    basis="cn-gacc-2019-18#10 cn-gacc-2019-18#11 cn-broker-practice#mandatory",
    only={"transport_mode": "2", "crossing": True},
)
def sea_identifiers_given(
    facts: Facts,
    transport_name: str | None,
    voyage_no: str | None,
    bill_no: str | None,
    decl_trn_rel: str | None,
) -> list[Finding]:
    """Customs finds the manifest of the shipment by vessel, voyage and bill of lading.

    海关按船名、航次和提单号与舱单核对，缺一项就对不上舱单。

    Wrong: 水路运输 with 提运单号 blank.
    Right: EXAMPLE STAR/9074729, 026W, EXMU24030017.
    Limits: does not ask whether the manifest has them. Silent under customs transit (a transit
        relation, or a means of transport that begins with @) and for collective declarations,
        where voyage and bill follow rules of their own.
    局限：不能核对舱单。转关（关系标志为转关，或运输工具名称以 @ 开头）和集中申报另有填法，不提示。
    """
    if transport_name and voyage_no and bill_no:
        return []
    if filled_otherwise(decl_trn_rel, transport_name):
        return []
    held = {"transport_name": transport_name, "voyage_no": voyage_no, "bill_no": bill_no}
    return [_blank(facts, name) for name, value in held.items() if value is None]


def _blank(facts: Facts, name: str) -> Finding:
    label = header_label(facts, name)
    return Finding(
        name,
        Text(f"水路运输的{label.zh}为空", f"{label.en} is blank for sea freight"),
        Text(f"按舱单填报{label.zh}", f"Enter {label.en} as on the manifest"),
        also=("transport_mode",),
    )
