from auditors.blocks import Transit
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

EMPTY = Transit()


@rule(
    "CN-F029",
    zh="转关申报须填转关单",
    en="A declaration under customs transit carries the transit block",
    basis="cn-sw-decmessage#TrnHead cn-broker-practice#mandatory",
    only={"decl_trn_rel": "1 3 4"},
)
def no_transit_block(decl_trn_rel: str, transit: Transit | None, facts: Facts) -> Finding | None:
    """The relation mark says that goods move under transit, so the message holds the transit form.

    报关/转关关系标志为转关的，报文须带转关单；缺少时转关数据无从生成。

    Wrong: 关系标志 1，没有转关单 mark 1 and no transit block.
    Right: 关系标志 1，附转关单；或关系标志 0 mark 1 with the block, or mark 0.
    Limits: looks only whether the block is there, not whether it is complete.
    局限：只看转关单有无，不核对其内容是否齐全。
    """
    if transit is None or transit == EMPTY:
        name = facts.name("decl_trn_rel", decl_trn_rel)
        return Finding(
            "transit",
            Text(
                f"报关/转关关系标志为 {name}，没有转关单",
                f"The relation mark is {name}, and there is no transit block",
            ),
            Text("补填转关单，或核对关系标志", "Add the transit block, or check the mark"),
            also=("decl_trn_rel",),
        )
    return None
