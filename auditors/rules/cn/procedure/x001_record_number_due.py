from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.customs_procedures import record_letters
from knowledge.facts import Facts
from knowledge.text import Text

RELIEF_CERTIFICATE = "Z"
RELIEF = frozenset({"401", "789", "799"})
SUBSEQUENT_DUTY = "9700"


@rule(
    "CN-X001",
    zh="凭手册、账册或征免税证明办理的监管方式应填备案号",
    en="A procedure run on a manual, account or relief certificate needs its record number",
    basis="cn-gacc-2019-18#7 cn-broker-practice#records",
)
def record_number_due(
    facts: Facts, ie_flag: str, trade_mode: str, manual_no: str | None, cut_mode: str | None
) -> Finding | None:
    """Processing trade, zone movements and relief equipment are written off against a record.

    Without its number customs cannot tie the goods to the manual, account book or certificate.
    Subsequent duty (9700) may be declared without one, and equipment imported as investment
    (2025, 2225) needs a certificate only when the nature of levy is one of relief.

    加工贸易、特殊区域进出和减免税设备都要核销到备案，缺少编号便无法对应手册、账册或证明。
    后续补税（9700）可以不填；合资合作设备、外资设备物品（2025、2225）只有征免性质属减免税时才需填《征免税证明》编号。

    Wrong: 监管方式 0615 进料对口, 备案号 record number blank.
    Right: 监管方式 0615 进料对口, 备案号 record number C22186000123.
    Limits: knows the procedures whose letters are in the table of procedures; any other passes.
    Does not see whether the record exists or still holds the goods.
    局限：只认监管方式代码表列有首字母的监管方式，其余一律不报；也看不到备案是否有效、余量是否足够。
    """
    if manual_no or trade_mode == SUBSEQUENT_DUTY:
        return None
    letters = record_letters(facts, ie_flag, trade_mode)
    if not letters or (letters == RELIEF_CERTIFICATE and cut_mode not in RELIEF):
        return None
    return Finding(
        "manual_no",
        Text(
            f"监管方式 {facts.name('trade_mode', trade_mode)} 应填备案号，现为空",
            f"Customs procedure {trade_mode} needs a record number, and it is blank",
        ),
        Text(
            f"填报首位为 {'、'.join(letters)} 的12位备案号",
            f"Enter the 12-character record number that begins with {' or '.join(letters)}",
        ),
        also=("trade_mode",),
    )
