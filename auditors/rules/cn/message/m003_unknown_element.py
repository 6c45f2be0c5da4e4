from auditors.finding import Finding, Severity
from auditors.notation import label
from auditors.place import Oddity
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text

KINDS = {
    "xml": Text("元素", "element"),
    "json": Text("键", "key"),
    "xlsx": Text("列", "column"),
}
SHEET = Text("工作表", "sheet")
STRICT = ("header", "items")
"""The blocks of which the interface leaves no doubt what they hold."""


@rule(
    "CN-M003",
    zh="报文中只有接口规定的元素",
    en="A message holds only elements of the interface",
    basis="cn-sw-decmessage#DecHead cn-sw-decmessage#DecLists",
)
def unknown_element(unknown: tuple[Oddity, ...], form: str, facts: Facts) -> list[Finding]:
    """An element the interface does not have makes customs refuse the message; often it is misspelt.

    表头或表体中有接口没有的元素，报文会被退回；多为元素名写错。接口自身的拼写（GrossWet、
    EntyPortCode）即使看似有误也须照写。

    Wrong: <GrossWt>1260</GrossWt>.
    Right: <GrossWet>1260</GrossWet>.
    Limits: an error in DecHead and DecLists; in other blocks, and for a key of JSON, a warning;
        a column of a workbook that was not read is for information. Its value was not audited.
    局限：在 DecHead、DecLists 中为错误；其他部分及 JSON 的键为警告；工作簿中未读的列只作提示。
        其中的值未经审核。
    """
    return [
        Finding(
            odd.place,
            _says(odd, form, label(odd.place, facts.library.fields)),
            _do(odd),
            expected=odd.read_as,
            severity=_weight(odd, form),
        )
        for odd in unknown
    ]


def _says(odd: Oddity, form: str, part: Text) -> Text:
    kind = SHEET if form == "xlsx" and not odd.place.block else KINDS.get(form, KINDS["json"])
    return Text(
        f"{part.zh}中没有名为“{odd.found[:60]}”的{kind.zh}，其值未读入",
        f'{part.en if part.en else "The form"} has no {kind.en} "{odd.found[:60]}"; its value was not read',
    )


def _do(odd: Oddity) -> Text:
    if odd.read_as:
        return Text(f"是否应为 {odd.read_as}", f"Check whether {odd.read_as} is meant")
    return Text("核对名称，不需要的删去", "Check the name, or remove what is not needed")


def _weight(odd: Oddity, form: str) -> Severity | None:
    """None leaves it the error it is."""
    if form == "xml" and odd.place.block.partition("[")[0] in STRICT:
        return None
    return "info" if form == "xlsx" else "warning"
