"""Objections: what is said of one value of the form, and which change would settle it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from auditors.finding import Finding, Fix, safe, suggested
from auditors.formats.values import read_value
from auditors.place import Oddity
from knowledge.codes import CodeTable
from knowledge.fields import FormField
from knowledge.text import Text

SHOWN = 60
"""Signs of a value that are shown; a note of a thousand would drown what is said of it."""

DO: Mapping[str, Text] = {
    "CN-C010": Text(
        "折算成货币代码表内的币制后填报", "Convert the amounts to a currency of the table"
    ),
    "CN-P003": Text("核对海关备案的10位编码", "Check the 10 characters of the customs record"),
}
"""What to do where the rule asks for more than to look again."""

SIGNED = Text("，可为负", ", and perhaps a sign")
UNSIGNED = Text("，不为负", ", and no sign")

CELL_REMEDIES: Mapping[str, Text] = {
    "formula": Text(
        "单元格是公式且没有存下结果：在 Excel 中打开并保存，或粘贴为数值",
        "The cell is a formula without a stored result: open and save it in Excel, or paste values",
    ),
    "error": Text(
        "改正单元格中的公式错误，或粘贴为数值", "Mend the error in the cell, or paste values"
    ),
    "digits": Text(
        "Excel 只保留15位数字：把单元格设为文本后重新填报",
        "Excel keeps 15 digits only: make the cell text and enter it again",
    ),
}
"""What to do about a cell that could not be read, by what was wrong with it."""

PART_REMEDIES: Mapping[str, tuple[Text, Text]] = {
    "object": (
        Text("不是一组栏目", "is not a set of fields"),
        Text("按样例的结构填报", "Follow the structure of the examples"),
    ),
    "list": (
        Text("不是列表", "is not a list"),
        Text("按样例的结构填报", "Follow the structure of the examples"),
    ),
    "rows": (
        Text("所在的行超出读取上限，未读入", "lies beyond the rows that are read"),
        Text("分拆为几份文件", "Split the file"),
    ),
    "item": (
        Text(
            "指向的项号不在表体中，该行未读入",
            "names an item that is not there; the line was not read",
        ),
        Text("核对该行的项号", "Check the item number of the line"),
    ),
}
"""What is wrong with a part that could not be read, and what to do about it."""


def blank(field: FormField) -> Finding:
    """A field that must be filled is not."""
    label = field.label
    if field.name == "mark_no":
        return Finding(
            field.name,
            Text(f"{label.zh}为空", f"{label.en} is blank"),
            Text("没有唛码时填报 N/M", "Enter N/M where there are no marks"),
            expected="N/M",
            fixes=(safe(field.name, "N/M"),),
        )
    says = Text(f"{label.zh}为必填项，现为空", f"{label.en} is mandatory and blank")
    return Finding(field.name, says, Text(f"填报{label.zh}", f"Fill in {label.en}"))


def unreadable(field: FormField, odd: Oddity) -> Finding:
    """A value is not of its field's kind."""
    says = Text(
        f"{field.label.zh}“{shown(odd.found)}”无法识别",
        f'{field.label.en} "{shown(odd.found)}" cannot be read',
    )
    return Finding(odd.place, says, CELL_REMEDIES.get(odd.said) or _wanted(field))


def unreadable_part(odd: Oddity) -> Finding:
    """Where a part or a list of parts should stand, something else does."""
    says, do = PART_REMEDIES.get(odd.said, PART_REMEDIES["object"])
    found = shown(odd.found)
    return Finding(odd.place, Text(f"“{found}”{says.zh}", f'"{found}" {says.en}'), do)


def untidy_figure(field: FormField, odd: Oddity) -> Finding:
    """A number or a day could be read, but is not written as the form wants it."""
    says = Text(
        f"{field.label.zh}“{shown(odd.found)}”的写法不规范",
        f'{field.label.en} "{shown(odd.found)}" is not written as the form wants it',
    )
    do = Text(f"改写为 {odd.read_as}", f"Write {odd.read_as}")
    fixes = (safe(odd.place, read_value(field, odd.read_as)),)
    return Finding(odd.place, says, do, expected=odd.read_as, fixes=fixes)


def ill_formed_number(field: FormField, value: Decimal | int) -> Finding:
    """A number has a sign, an exponent, or more digits than its field."""
    width = _width(field)
    says = Text(
        f"{field.label.zh} {value} 不符合格式：{width.zh}",
        f"{field.label.en} {value} is ill-formed: {width.en}",
    )
    if isinstance(value, int) or not value.is_finite() or "E" in str(value):
        return Finding(field.name, says, _wanted(field))
    if value < 0 and not field.signed:
        return Finding(field.name, says, _wanted(field))
    whole, decimals = field.digits
    if abs(value) >= 10**whole:
        return Finding(field.name, says, _wanted(field))
    rounded = round(value, decimals)
    do = Text(f"核对后保留 {decimals} 位小数：{rounded}", f"Check, then round to {rounded}")
    offer = safe if rounded == value else suggested
    return Finding(field.name, says, do, fixes=(offer(field.name, rounded),))


def untidy_blanks(field: FormField, value: str, tidy: str) -> Finding:
    """A value has blanks at an end, or blanks that are no ordinary ones."""
    label, seen = field.label, shown(value)
    if "\xa0" in value:
        says = Text(
            f"{label.zh}“{seen}”含不间断空格", f'{label.en} "{seen}" has non-breaking blanks'
        )
        do = Text(f"改为“{shown(tidy)}”", f'Write "{shown(tidy)}"')
    else:
        says = Text(f"{label.zh}“{seen}”首尾有空格", f'{label.en} "{seen}" has blanks at an end')
        do = Text("删去首尾空格", "Remove the blanks")
    return Finding(field.name, says, do, fixes=(safe(field.name, tidy),))


def untidy_signs(field: FormField, value: str, tidy: str) -> Finding:
    """A value holds full-width signs where codes stand, or control characters."""
    says = Text(
        f"{field.label.zh}“{shown(value)}”含全角或控制字符",
        f'{field.label.en} "{shown(value)}" holds full-width or control characters',
    )
    do = Text("改为半角并删去控制字符", "Write it in half-width and without control characters")
    return Finding(field.name, says, do, fixes=(safe(field.name, tidy),))


def placeholder(field: FormField, value: str) -> Finding:
    """A word stands for a value still to come."""
    says = Text(
        f"{field.label.zh}“{value}”是占位文字", f'{field.label.en} "{value}" is a placeholder'
    )
    if field.name == "mark_no":
        do = Text("填报真实唛码，没有唛码填报 N/M", "Enter the marks, or N/M where there are none")
        return Finding(field.name, says, do, fixes=(suggested(field.name, "N/M"),))
    return Finding(field.name, says, Text("填报真实内容", "Enter the true value"))


def too_long(field: FormField, value: str) -> Finding:
    """A text is longer than its column."""
    says = Text(
        f"{field.label.zh}有 {len(value)} 个字符，超过最大长度 {field.length}",
        f"{field.label.en} has {len(value)} characters, more than {field.length}",
    )
    do = Text(f"缩写至 {field.length} 个字符以内", f"Shorten it to {field.length} characters")
    return Finding(field.name, says, do)


def ill_formed(field: FormField, value: str, wanted: Text, table: CodeTable | None) -> Finding:
    """A value does not have the shape of its field."""
    says = Text(
        f"{field.label.zh}“{shown(value)}”格式不符：{wanted.zh}",
        f'{field.label.en} "{shown(value)}" is ill-formed: {wanted.en}',
    )
    meant = (table.resolve(value) or table.resolve(value.upper())) if table else ()
    if not meant and (spelt := _respelt(field, value)):
        do = Text(f"是否应为 {spelt}，请核对", f"Check whether {spelt} is meant")
        return Finding(field.name, says, do, fixes=(suggested(field.name, spelt),))
    return _corrected(field, field.format, says, meant, *meant)


def unlisted(
    field: FormField, value: str, table: CodeTable, whole: tuple[str, ...] = ()
) -> Finding:
    """A code table refuses a code; `whole` is the list it stands in, where it stands in one."""
    says = Text(
        f"{field.label.zh}“{shown(value)}”不在{table.name.zh}中",
        f'{field.label.en} "{shown(value)}" is not in the table {table.name.en}',
    )
    meant = table.resolve(value)
    if whole and len(meant) == 1:
        rest = tuple(meant[0] if each == value else each for each in whole)
        return _corrected(field, field.lookup, says, meant, rest)
    return _corrected(field, field.lookup, says, meant, *meant)


def unchecked(field: FormField, value: str, table: CodeTable) -> Text:
    """Why a code that a partial table lacks is neither accepted nor refused."""
    return Text(
        f"{field.label.zh}“{shown(value)}”未核对：随附代码表不完整（{table.size}）",
        f'{field.label.en} "{shown(value)}" not checked: the table at hand is partial ({table.size})',
    )


def shown(value: str) -> str:
    """Return a value fit to be printed: cut short, with its unseen signs named.

    >>> shown("AB" + chr(7))
    'AB<U+0007>'
    """
    cut = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    return "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in cut)


def _corrected(
    field: FormField, code: str, says: Text, meant: tuple[str, ...], *values: Any
) -> Finding:
    """One meaning is put right at once; of several a person chooses."""
    if len(meant) == 1:
        do = Text(f"应为 {meant[0]}", f"It should be {meant[0]}")
        fixes: tuple[Fix, ...] = (safe(field.name, values[0]),)
        return Finding(field.name, says, do, expected=meant[0], fixes=fixes)
    if meant:
        do = Text(f"可能是 {'、'.join(meant)}，请选定", f"Choose one of {', '.join(meant)}")
        return Finding(field.name, says, do)
    again = Text(f"核对{field.label.zh}后重新填报", f"Check {field.label.en} and enter it again")
    return Finding(field.name, says, DO.get(code, again))


def _respelt(field: FormField, value: str) -> str:
    """Return what has the shape once marks between the signs and small letters are put right."""
    signs = re.sub(r"[\s./_-]", "", value)
    spellings = (signs, signs.upper(), f"{signs[:2]}-{signs[2:4]}-{signs[4:]}".upper())
    fits = (each for each in spellings if re.fullmatch(field.shape, each, re.ASCII))
    return next(fits, "")


def _width(field: FormField) -> Text:
    whole, decimals = field.digits
    sign = SIGNED if field.signed else UNSIGNED
    if not decimals:
        return Text(f"整数至多 {whole} 位{sign.zh}", f"at most {whole} digits{sign.en}")
    return Text(
        f"整数至多 {whole} 位、小数至多 {decimals} 位{sign.zh}",
        f"at most {whole} digits before the point and {decimals} after it{sign.en}",
    )


def _wanted(field: FormField) -> Text:
    match field.kind:
        case "date":
            return Text("按八位年月日填报，如 20260302", "Enter a real day as YYYYMMDD: 20260302")
        case "moment":
            return Text(
                "按日期和时刻填报，如 2026-03-02T08:30",
                "Enter a day and a time: 2026-03-02T08:30",
            )
        case "number":
            return Text(
                "只填数字和小数点，不加千分位、单位或科学计数",
                "Enter digits and a point only: no separators, units or exponents",
            )
        case "numbers":
            return Text("按币制逐一填数字", "Enter one figure for each currency")
        case "count" | "counts":
            return Text("只填不带小数的整数", "Enter whole numbers only")
        case _:
            return Text("按文本重新填报", "Enter it again as text")
