from auditors.finding import Finding, safe
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-P018",
    zh="同一单位的代码在各栏写法应一致",
    en="One firm's code is written alike wherever it stands",
    basis="cn-gacc-2019-18#3 cn-gacc-2019-18#13",
    severity="info",
    status="logic",
)
def one_firm_one_code(
    facts: Facts,
    trade_name: str,
    owner_name: str,
    trade_code: str | None,
    owner_code: str | None,
    trade_uscc: str | None,
    owner_uscc: str | None,
) -> list[Finding]:
    """Where the owner is the domestic party, a code in small letters or short of noughts is a slip.

    消费使用/生产销售单位即境内收发货人时，两栏代码只在大小写或补零上不同的，是录入失误。

    Wrong: 境内收发货人 0123260011, 消费使用单位 123260011.
    Right: 0123260011 in both.
    Limits: speaks only when the two names are the same; codes that differ in more than case and
        leading noughts are two codes and not its business.
    局限：两栏名称相同时才比较；除大小写和前导零外仍不同的，视为两个代码，不在此提示。
    """
    if trade_name != owner_name or (owner_code == trade_code and owner_uscc == trade_uscc):
        return []
    pairs = (
        (("owner_code", "trade_code"), (owner_code, trade_code)),
        (("owner_uscc", "trade_uscc"), (owner_uscc, trade_uscc)),
    )
    return [
        _two_forms(facts, names, owner, trade)
        for names, (owner, trade) in pairs
        if owner and trade and owner != trade and _normal(owner, trade) == _normal(trade, owner)
    ]


def _normal(code: str, other: str) -> str:
    return code.upper().zfill(max(len(code), len(other)))


def _two_forms(facts: Facts, names: tuple[str, str], owner: str, trade: str) -> Finding:
    normal, label = _normal(owner, trade), header_label(facts, names[0])
    return Finding(
        names[0],
        Text(
            f"{label.zh}“{owner}”与境内收发货人的“{trade}”只是写法不同",
            f'{label.en} "{owner}" is the domestic party\'s "{trade}" written otherwise',
        ),
        Text(f"统一写为 {normal}", f"Write {normal} in both"),
        also=(names[1],),
        expected=normal,
        fixes=tuple(
            safe(name, normal)
            for name, code in zip(names, (owner, trade), strict=True)
            if code != normal
        ),
    )
