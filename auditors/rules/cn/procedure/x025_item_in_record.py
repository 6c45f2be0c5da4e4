from auditors.declaration import Licence
from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.records import is_storage_account
from knowledge.text import Text

ACCOUNT_BOOKS = "EH"


@rule(
    "CN-X025",
    zh="填了备案号的，每项应填备案序号",
    en="Each item of a declaration under a record gives its number in the record",
    basis="cn-gacc-2019-18#33 cn-gacc-2023-158#6 cn-broker-practice#records",
    over="items",
)
def item_in_record(
    manual_no: str, manual_item_no: str | None, licences: tuple[Licence, ...]
) -> Finding | None:
    """Goods are written off line by line, so each item names its line of the record.

    货物按备案单证逐项核销，每项应填其在手册、账册或征免税证明中的序号。

    Wrong: 备案号 C22186000123, 备案序号 blank.
    Right: 备案号 C22186000123, 备案序号 12.
    Limits: silent for logistics accounts (T, L, H with W), which are posted as goods move and
    number them afterwards, and for account books E and H with a bonded verification list (a),
    which keeps the numbers and may merge several into one item. Does not know whether the number
    exists.
    局限：物流账册（T、L、第六位为W的H账册）实行记账式管理，事后自动编号，E、H 账册随附核注清单（a）
    时序号在清单中且可归并，均不提示；无法核对该序号是否存在。
    """
    if manual_item_no is not None or is_storage_account(manual_no):
        return None
    if manual_no[0].upper() in ACCOUNT_BOOKS and any(each.licence_code == "a" for each in licences):
        return None
    return Finding(
        "manual_item_no",
        Text(
            f"填了备案号 {manual_no}，备案序号为空",
            f"Record number {manual_no} is given, but the item number in the record is blank",
        ),
        Text(
            "填写该项货物在备案单证中的序号",
            "Enter the number these goods have in the record",
        ),
        also=("manual_no",),
    )
