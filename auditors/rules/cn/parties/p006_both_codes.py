from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.form_labels import header_label
from auditors.rules.cn.party_codes import NONE_GIVEN
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-P006",
    zh="境内收发货人的海关编码和统一社会信用代码应同时填报",
    en="The domestic party gives both its customs registration code and its credit code",
    basis="cn-gacc-2019-18#3 cn-broker-practice#parties",
    severity="warning",
)
def both_codes_given(
    facts: Facts, trade_code: str | None, trade_uscc: str | None
) -> Finding | None:
    """The interface carries both codes and the office compares them with the registration.

    报文同时载有两个代码，海关据以核对备案信息，只填一个的常被退回。

    Wrong: 海关编码 3122260011, 信用代码 blank.
    Right: 海关编码 3122260011, 信用代码 91310115MA1FL0T52J.
    Limits: the specification itself asks for the customs code only where there is no credit code;
        giving both is what the interface and the brokers' software ask. Says nothing when both
        are blank, or when the one that is filled is NO (P007).
    局限：填制规范只要求没有信用代码的填海关备案编码，两者同填是报文接口和报关软件的要求。
    两者皆空或所填为 NO（见 P007）时不提示。
    """
    if (trade_code is None) == (trade_uscc is None) or NONE_GIVEN in (trade_code, trade_uscc):
        return None
    if trade_code is None:
        return _one_missing(facts, "trade_code", "trade_uscc")
    return _one_missing(facts, "trade_uscc", "trade_code")


def _one_missing(facts: Facts, blank: str, filled: str) -> Finding:
    missing, given = header_label(facts, blank), header_label(facts, filled)
    return Finding(
        blank,
        Text(f"已填{given.zh}，{missing.zh}为空", f"{given.en} is filled, {missing.en} is blank"),
        Text(f"补填{missing.zh}", f"Fill in {missing.en}"),
        also=(filled,),
    )
