"""The scrutiny: a second, slow look at each value the screen found odd."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from auditors.declaration import Declaration
from auditors.finding import SILENT, Finding, Fix, safe, suggested
from auditors.place import Oddity, Place
from auditors.rule import Rule
from auditors.screen import PLACEHOLDERS
from knowledge.fields import FormField
from knowledge.library import Library
from knowledge.text import Text


class Noticed(NamedTuple):
    """A finding of a rule at a part: the part is where its field names stand."""

    rule: Rule
    block: str
    number: int
    finding: Finding


class Scrutiny:
    """What the slow look found, what it may not judge, and what the rules may not look at."""

    def __init__(self, library: Library, rules: Mapping[str, Rule]) -> None:
        self.library = library
        self.rules = rules
        self.noticed: list[Noticed] = []
        self.unjudged: list[tuple[str, Text]] = []
        self.withheld: dict[tuple[str, int], set[str]] = {}
        self.tidied: dict[tuple[str, int], dict[str, str]] = {}

    def look(self, field: FormField, number: int, value: Any) -> None:
        """Judge one value that the screen found odd; None is a blank."""
        if value is None:
            self._say(field.need, field, number, *_blank(field))
        elif field.kind in {"number", "count"}:
            self._number(field, number, value)
        elif field.kind == "codes":
            self._codes(field, number, value)
        else:
            self._text(field, number, value)

    def look_at_message(self, draft: Declaration) -> None:
        """Judge what the reader could not read, or read only after tidying."""
        for odd in draft.message.unreadable:
            if field := self._field(odd.place):
                said = _unreadable(field, odd.found)
                self._say(field.format or "CN-M009", field, odd.place.number, *said, found=odd)
                self._withhold(field, odd.place.number)
            else:
                self._unreadable_part(odd)
        for odd in draft.message.untidy:
            if field := self._field(odd.place):
                code = "CN-F012" if odd.said == "date" else "CN-F024"
                code = "CN-F025" if odd.said == "blanks" else code
                self._say(code, field, odd.place.number, *_untidy(field, odd), found=odd)

    def _unreadable_part(self, odd: Oddity) -> None:
        says = Text(f"“{odd.found}”不是一组栏目", f'"{odd.found}" is not a set of fields')
        do = Text("按样例的结构重新填报", "Follow the structure of the examples")
        finding = Finding(odd.place, says, do)
        self.noticed.append(Noticed(self.rules["CN-M009"], odd.place.block, 0, finding))

    def _field(self, place: Place) -> FormField | None:
        block = self.library.fields.get(re.sub(r"\[\d+\]", "", place.block))
        return block.fields.get(place.field) if block else None

    def _say(
        self,
        code: str,
        field: FormField,
        number: int,
        says: Text,
        do: Text = SILENT,
        fixes: tuple[Fix, ...] = (),
        found: Oddity | None = None,
    ) -> None:
        where: str | Place = found.place if found else field.name
        finding = Finding(where, says, do, fixes=fixes)
        self.noticed.append(Noticed(self.rules[code], field.block, number, finding))

    def _withhold(self, field: FormField, number: int) -> None:
        self.withheld.setdefault((field.block, number), set()).add(field.name)

    def _number(self, field: FormField, number: int, value: Decimal | int) -> None:
        if re.fullmatch(_digits(field.size), str(value)):
            return
        self._say(field.format, field, number, *_ill_formed_number(field, value))
        if field.kind == "count" or "E" in str(value) or not Decimal(value).is_finite():
            self._withhold(field, number)

    def _codes(self, field: FormField, number: int, values: tuple[str, ...]) -> None:
        for value in values:
            self._look_up(field, number, value)

    def _text(self, field: FormField, number: int, value: str) -> None:
        tidy = tidied(value, field.kind == "code")
        if tidy != value:
            self._untidy_text(field, number, value, tidy)
        if not tidy:
            return
        if field.required == "R" and field.kind == "text" and tidy in PLACEHOLDERS:
            self._placeholder(field, number, tidy)
        elif field.shape and not re.fullmatch(field.shape, tidy):
            self._ill_formed(field, number, tidy)
        elif field.table and field.lookup:
            self._look_up(field, number, tidy)
        if field.length and len(tidy) > field.length:
            self._say("CN-F013", field, number, *_too_long(field, tidy))

    def _untidy_text(self, field: FormField, number: int, value: str, tidy: str) -> None:
        blanks_only = value.strip() == tidy
        code = "CN-F025" if blanks_only else "CN-F024"
        says = _untidy_blanks(field, value) if blanks_only else _untidy_signs(field, value)
        self._say(code, field, number, *says, fixes=(safe(field.name, tidy or None),))
        self.tidied.setdefault((field.block, number), {})[field.name] = tidy

    def _placeholder(self, field: FormField, number: int, value: str) -> None:
        self._say("CN-F026", field, number, *_still_to_come(field, value))

    def _ill_formed(self, field: FormField, number: int, value: str) -> None:
        rule = self.rules[field.format]
        meant = self.library.table(field.table).resolve(value) if field.table else ()
        says = Text(
            f"{field.label.zh}“{value}”格式不符：{rule.title.zh}",
            f'{field.label.en} "{value}" is ill-formed: {rule.title.en}',
        )
        self._say(field.format, field, number, says, *_correction(field, value, meant))
        self._withhold(field, number)

    def _look_up(self, field: FormField, number: int, value: str) -> None:
        table = self.library.table(field.table)
        if table.known(value):
            return
        if table.complete or (table.shape and not table.shape.fullmatch(value)):
            says = Text(
                f"{field.label.zh}“{value}”不在{table.name.zh}中",
                f'{field.label.en} "{value}" is not in the table {table.name.en}',
            )
            meant = table.resolve(value)
            self._say(field.lookup, field, number, says, *_correction(field, value, meant))
        else:
            self.unjudged.append((field.lookup, _not_checked(field, value, table.size)))


def tidied(value: str, is_code: bool) -> str:
    """Return a value without blanks at its ends; a code also in half-width without controls."""
    if is_code:
        value = unicodedata.normalize("NFKC", value)
        value = "".join(sign for sign in value if unicodedata.category(sign) not in {"Cc", "Cf"})
    return value.strip()


def _digits(size: str) -> str:
    whole, _, decimals = size.lstrip("n±≤").partition(",")
    sign = "-?" if "±" in size else ""
    rest = rf"(\.\d{{1,{decimals}}})?" if decimals else ""
    return rf"{sign}\d{{1,{whole}}}{rest}"


def _blank(field: FormField) -> tuple[Text, Text, tuple[Fix, ...]]:
    label = field.label
    if field.name == "mark_no":
        says = Text(f"{label.zh}为空", f"{label.en} is blank")
        do = Text("没有唛码时填报 N/M", "Enter N/M where there are no marks")
        return says, do, (safe("mark_no", "N/M"),)
    says = Text(f"{label.zh}为必填项，现为空", f"{label.en} is mandatory and blank")
    return says, Text(f"填报{label.zh}", f"Fill in {label.en}"), ()


def _unreadable(field: FormField, found: str) -> tuple[Text, Text]:
    says = Text(f"{field.label.zh}“{found}”无法识别", f'{field.label.en} "{found}" cannot be read')
    return says, _wanted(field)


def _wanted(field: FormField) -> Text:
    match field.kind:
        case "date" | "moment":
            return Text(
                "按八位年月日填报，例如 20260302", "Enter a real day as YYYYMMDD, such as 20260302"
            )
        case "number":
            return Text(
                f"只填数字和小数点（{field.size}），不加千分位、单位或科学计数",
                f"Enter digits and a point only ({field.size}), no separators, units or exponents",
            )
        case "count" | "counts":
            return Text("只填整数", "Enter whole numbers only")
        case _:
            return Text("按文本重新填报", "Enter it again as text")


def _untidy(field: FormField, odd: Oddity) -> tuple[Text, Text, tuple[Fix, ...]]:
    says = Text(
        f"{field.label.zh}“{odd.found}”的写法不规范", f'{field.label.en} "{odd.found}" is untidy'
    )
    do = Text(f"改写为 {odd.read_as}", f"Write {odd.read_as}")
    value: Any = Decimal(odd.read_as) if field.kind == "number" else odd.read_as
    return says, do, (safe(odd.place, value),)


def _ill_formed_number(
    field: FormField, value: Decimal | int
) -> tuple[Text, Text, tuple[Fix, ...]]:
    says = Text(
        f"{field.label.zh} {value} 超出位数（{field.size}）",
        f"{field.label.en} {value} has too many digits or an odd form ({field.size})",
    )
    decimals = int(field.size.partition(",")[2] or 0)
    plain = isinstance(value, Decimal) and value.is_finite() and "E" not in str(value)
    if not plain or abs(value) >= Decimal(10) ** 14:
        return says, _wanted(field), ()
    rounded = round(Decimal(value), decimals)
    do = Text(f"核对后保留 {decimals} 位小数：{rounded}", f"Check, then round to {rounded}")
    return says, do, (suggested(field.name, rounded),)


def _untidy_blanks(field: FormField, value: str) -> tuple[Text, Text]:
    says = Text(
        f"{field.label.zh}“{value}”首尾有空格", f'{field.label.en} "{value}" has blanks at an end'
    )
    return says, Text("删去首尾空格", "Remove the blanks")


def _untidy_signs(field: FormField, value: str) -> tuple[Text, Text]:
    says = Text(
        f"{field.label.zh}“{value}”含全角或控制字符",
        f'{field.label.en} "{value}" holds full-width or control characters',
    )
    return says, Text("改为半角字符", "Write it in half-width characters")


def _still_to_come(field: FormField, value: str) -> tuple[Text, Text]:
    says = Text(
        f"{field.label.zh}“{value}”是占位文字", f'{field.label.en} "{value}" is a placeholder'
    )
    return says, Text("填报真实内容", "Enter the true value")


def _too_long(field: FormField, value: str) -> tuple[Text, Text]:
    says = Text(
        f"{field.label.zh}有 {len(value)} 个字符，超过最大长度 {field.length}",
        f"{field.label.en} has {len(value)} characters, more than {field.length}",
    )
    return says, Text("缩写或移入备注", "Shorten it, or move a part to the notes")


def _correction(
    field: FormField, value: str, meant: tuple[str, ...]
) -> tuple[Text, tuple[Fix, ...]]:
    if len(meant) == 1:
        do = Text(f"应为 {meant[0]}，核对后改正", f"It should be {meant[0]}; correct it")
        return do, (safe(field.name, meant[0]),)
    if meant:
        listed = "、".join(meant)
        return Text(f"可能是 {listed}，请选定", f"It may be one of {', '.join(meant)}"), ()
    return Text(f"核对{field.label.zh}后重新填报", f"Check {field.label.en} and enter it again"), ()


def _not_checked(field: FormField, value: str, size: str) -> Text:
    return Text(
        f"{field.label.zh}“{value}”未核对：随附代码表不完整（{size}）",
        f'{field.label.en} "{value}" was not checked: the code table at hand is partial ({size})',
    )


Look = Callable[[FormField, int, Any], None]
