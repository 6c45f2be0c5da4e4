from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-X003",
    zh="一般贸易进口减免税货物应填Z字头备案号",
    en="Relief goods imported as general trade need a record number beginning with Z",
    basis="cn-gacc-2019-18#7 cn-gacc-2019-18#15 cn-broker-practice#records",
    only={"ie_flag": "I", "trade_mode": "0110", "cut_mode": "401 789 799"},
)
def relief_certificate(facts: Facts, cut_mode: str, manual_no: str | None) -> Finding | None:
    """Relief is granted by a certificate of exemption (征免税证明), whose number begins with Z.

    减免税凭《征免税证明》办理，证明编号以 Z 开头，须填在备案号栏。

    Wrong: 0110 一般贸易, 征免性质 789 鼓励项目, 备案号 blank.
    Right: 0110 一般贸易, 征免性质 789 鼓励项目, 备案号 Z22186A00123.
    Limits: looks at 401, 789 and 799 only; other relief also needs a certificate.
    局限：只看 401、789、799；其他减免税性质同样需要证明，这里不报。
    """
    if manual_no and manual_no[0].upper() == "Z":
        return None
    nature = facts.name("nature_of_levy", cut_mode)
    entered = Text("现为空", "it is blank")
    if manual_no:
        entered = Text(f"现填 {manual_no}", f"{manual_no} is entered")
    return Finding(
        "manual_no",
        Text(
            f"征免性质 {nature} 应凭《征免税证明》，备案号首位应为Z，{entered.zh}",
            f"Nature of levy {cut_mode} needs a relief certificate, whose number begins with Z; "
            f"{entered.en}",
        ),
        Text(
            "填报《征免税证明》编号；不享受减免税的，改正征免性质",
            "Enter the number of the certificate, or correct the nature of levy if no relief is due",
        ),
        also=("cut_mode",),
    )
