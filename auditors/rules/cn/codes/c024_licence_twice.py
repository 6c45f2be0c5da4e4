from auditors.declaration import Licence
from auditors.finding import Finding, safe
from auditors.place import Place
from auditors.rule import rule
from knowledge.text import Text


@rule(
    "CN-C024",
    zh="同一随附单证只列一次",
    en="A licence is listed once",
    status="logic",
    basis="cn-gacc-2019-18#31 declarant-house#files",
)
def licence_twice(licences: tuple[Licence, ...]) -> list[Finding]:
    """The same code with the same number is one document, however many items it covers.

    代码和编号都相同的是同一份单证，无论涉及几项商品，只列一次。

    Wrong: Y 同一编号列两次 code Y twice with the same number.
    Right: Y 两个不同编号各列一次 code Y with two numbers.
    Limits: numbers are compared letter by letter.
    局限：编号逐字比较，写法不同的视为不同。
    """
    first: dict[tuple[str, str], int] = {}
    found = []
    for number, each in enumerate(licences, 1):
        if each.licence_code is None or each.licence_no is None:
            continue
        at = first.setdefault((each.licence_code, each.licence_no), number)
        if at != number:
            found.append(_twice(each, number, at))
    return found


def _twice(licence: Licence, number: int, at: int) -> Finding:
    return Finding(
        Place("licences", number),
        Text(
            f"随附单证 {licence.licence_code} {licence.licence_no} 与第 {at} 行重复",
            f"Licence {licence.licence_code} {licence.licence_no} stands in row {at} already",
        ),
        Text("删去重复的一行", "Drop the second row"),
        also=(Place("licences", at),),
        fixes=(safe(Place("licences", number), None),),
    )
