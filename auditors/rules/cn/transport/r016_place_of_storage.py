from auditors.finding import Finding
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-R016",
    zh="进口应填货物存放地点",
    en="An import gives the place where the goods are kept",
    basis="cn-gacc-2019-18#12 cn-broker-practice#mandatory",
    severity="warning",
    only={"ie_flag": "I", "crossing": True},
)
def place_of_storage_given(goods_place: str | None) -> Finding | None:
    """Customs goes there to examine the goods.

    海关按存放地点查验，一般为码头、监管作业场所、仓库等。

    Wrong: an import with 货物存放地点 blank.
    Right: 外高桥码头.
    Limits: does not know whether the place exists.
    局限：不能核对地点是否真实。
    """
    if goods_place is not None:
        return None
    return Finding(
        "goods_place",
        Text("进口货物的货物存放地点为空", "Place of storage is blank on an import"),
        Text(
            "填报货物进境后存放的场所，例如码头或仓库",
            "Enter where the goods are kept after entry, such as the terminal or warehouse",
        ),
    )
