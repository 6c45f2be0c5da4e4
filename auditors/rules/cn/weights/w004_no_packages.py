from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-W004",
    zh="件数应大于 0",
    en="There is at least one package",
    basis="cn-gacc-2019-18#24 cn-broker-practice#weights",
)
def no_packages(pack_no: int) -> Finding | None:
    """The number of transport packages is never zero; bulk and unpacked goods count as one.

    件数不得为零；散装、裸装填 1。

    Wrong: 件数 0.
    Right: 件数 1.
    Limits: does not know how many packages there are; see the packing list.
    局限：不知道实际件数，以装箱单为准。
    """
    if pack_no > 0:
        return None
    return Finding(
        "pack_no",
        Text(f"件数为 {pack_no}", f"The number of packages is {pack_no}"),
        Text(
            "按装箱单填报运输包装的件数，散装、裸装填 1",
            "Enter the transport packages of the packing list; 1 for bulk or unpacked goods",
        ),
    )
