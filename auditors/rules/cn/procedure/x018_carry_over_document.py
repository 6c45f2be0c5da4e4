from auditors.declaration import Licence
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

DOCUMENTS = frozenset("aK")


@rule(
    "CN-X018",
    zh="深加工结转应有保税核注清单(a)或结转申请表(K)",
    en="A deep-processing carry-over names its verification list (a) or application (K)",
    basis="cn-gacc-2019-18#31 cn-gacc-2023-166#1 cn-broker-practice#carry-over",
    severity="warning",
    only={"trade_mode": "0255 0654"},
)
def carry_over_document(
    facts: Facts, trade_mode: str, licences: tuple[Licence, ...]
) -> Finding | None:
    """A carry-over is written off on both sides by bonded verification lists.

    The application form (K) was its paper forerunner; either of the two is accepted here.

    深加工结转由转出、转入双方以保税核注清单（a）核注，旧时凭结转申请表（K），两者有一即可。

    Wrong: 0654 进料深加工, 随附单证 no a, no K.
    Right: 0654 进料深加工, 随附单证 a QD224826I000000123.
    Limits: does not see whether the list fits the goods, nor the other side of the carry-over.
    局限：不核对清单内容，也看不到结转对方的申报。
    """
    if any(licence.licence_code in DOCUMENTS for licence in licences):
        return None
    return Finding(
        "licences",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 的随附单证缺少"
            "保税核注清单(a)，也没有深加工结转申请表(K)",
            f"Customs procedure {trade_mode} names neither a bonded verification list (a) nor a "
            "carry-over application (K) among its documents",
        ),
        Text(
            "在随附单证补填代码 a 和核注清单编号",
            "Add document code a with the number of the verification list",
        ),
        also=("trade_mode",),
    )
