"""Numbers that belong to somebody: phones, identities, shipments, accounts, prices."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from assistant.masking_names import Private
from auditors.numbers import is_credit_code

IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"
FIRST_YEAR, LAST_YEAR = 1999, 2049
"""Years that the number of a declaration can bear."""

_IS = r"\s*(?:号码?|编号|代码|no\.?|number)?\s*(?:是|为|叫|:|#)?\s*"
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,15})(?:\.\d{1,6})?"
_SCALE = r"(?:\s?(?:[百千万亿]{1,3}|thousand|million|billion|mn|bn|[kKmM])(?![A-Za-z]))?"
_CODES = "USD|EUR|CNY|RMB|JPY|HKD|GBP|KRW|AUD|CAD|CHF|SGD|TWD|NTD|RUB|THB|INR|VND|MYR|IDR|MOP"
_WORDS = (
    "元(?![件素器旦月组化])|块钱|人民币|美元|美金|美刀|欧元|日元|日币|港元|港币|港纸|英镑|韩元|韩币|澳元|澳币|加元|加币|瑞郎|"
    "瑞士法郎|新加坡元|新元|新币|台币|新台币|卢布|泰铢|卢比|越南盾|澳门元"
)
_DOCUMENTS = (
    r"合同(?:协议)?|发票|提单|分单|主单|运单|提运单|订单|装箱单|许可证|舱单|核放单|"
    r"invoice|contract|purchase order|\bpo|bill of lading|b/l|\bawb|air waybill|booking|licen[cs]e"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

SHAPES: tuple[tuple[str, str], ...] = (
    ("mail", r"(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}"),
    ("eighteen", r"(?<![0-9a-z])[0-9a-hj-npqrtuwxy]{2}\d{6}[0-9a-z]{10}(?![0-9a-z])"),
    ("declaration", r"(?<![0-9a-z])[ie]\d{17}(?!\d)"),
    ("container", r"(?<![a-z0-9])[a-z]{3}[ujz][ -]?\d{6}[ -]?\d(?!\d)"),
    ("plate", rf"(?-i:[{_PROVINCES}][A-Z])[·• -]?(?=[A-Z]{{0,5}}\d)(?-i:[A-Z0-9]{{4,6}}[港澳挂]?)(?![a-z0-9])"),
    ("phone", r"(?<![\d.])(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]?\d{4})(?!\d)"),
    ("phone", r"(?<!\d)\(?0[1-9]\d{1,2}\)?[ -]\d{7,8}(?:(?:-|转|\s?ext\.?\s?)\d{1,6})?(?!\d)"),
    ("phone", r"(?<!\d)(?:400|800)[ -]\d{3,4}[ -]\d{3,4}(?!\d)"),
    ("phone", r"(?<![\d+])\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}(?:[ -]?\d{2,4}){1,4}(?!\d)"),
    ("phone", rf"(?:电话|手机|座机|传真|(?<![a-z])(?:tel|phone|mobile|fax|whatsapp)\.?){_IS}(?P<v>\(?\d(?:[ -]?\d){{6,14}})(?!\d)"),
    ("account", r"(?:微信号?|wechat(?: id)?|(?<![a-z])wx|(?<![a-z])qq号?)\s*(?:是|为|:)?\s*(?P<v>(?=[a-z_-]{0,20}\d)[a-z0-9_-]{5,20})(?![a-z0-9])"),
    ("account", rf"(?:账号|帐号|账户|帐户|卡号|银行卡|(?<![a-z])(?:account|acct|a/c|iban)){_IS}(?P<v>[a-z]{{2}}\d{{2}}(?: ?[a-z0-9]{{4}}){{3,7}}|\d(?:[ -]?\d){{7,22}})(?![a-z0-9])"),
    ("account", r"(?<!\d)(?:62\d{14,17}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?!\d)"),
    ("identity", rf"(?:护照|passport){_IS}(?P<v>[a-z]{{1,2}}\d{{7,8}})(?!\d)"),
    ("customs", rf"(?:海关(?:注册|备案|十位|10位)(?:登记)?(?:编码|代码|号码?|编号)|(?:企业|单位|公司|收发货人|经营单位|报关行|申报单位)的?(?:海关)?(?:十位|10位)?(?:编码|代码|编号)|(?:注册登记|备案|十位|10位海关)编码|customs registration(?: code| number| no\.?)?|company customs code){_IS}(?P<v>\d{{5}}[0-9a-z]{{5}})(?![0-9a-z])"),
    ("document", rf"(?:{_DOCUMENTS})(?:\s*(?:号码?|编号|no\.?|number|\#))\s*(?:是|为|:)?\s*(?P<v>(?=[a-z/-]{{0,12}}\d)[a-z0-9][a-z0-9/-]{{5,30}})(?![a-z0-9])"),
    ("record", r"(?<![0-9a-z])(?-i:[A-Z])\d{4}[0-9a-z]\d{6}(?![0-9a-z])"),
    ("number", r"(?<![\da-z.])\d{14,40}(?![\da-z])"),
    ("amount", rf"(?:(?<![a-z])(?:{_CODES})|(?:US|HK|NT|A|C)?[$€£¥￥]|人民币|美元|美金|欧元|日元|港币)\s?:?\s?(?!0\d){_NUMBER}{_SCALE}(?:\s?(?:{_WORDS}))?(?![\d]|\s?[年月日号条位])"),
    ("amount", rf"(?<![\d.,a-z#])(?<!第){_NUMBER}{_SCALE}\s?(?:多|余|来)?(?:(?:{_CODES}|dollars?|euros?|yuan|yen|bucks)(?![a-z])|{_WORDS}|[$€£¥￥])"),
    ("amount", rf"[一二三四五六七八九十百千两半][一二三四五六七八九十百千万亿两零〇]{{0,12}}(?:多|余|来|几)?(?:{_WORDS})"),
    ("address", r"(?:地址|住址|address)\s*(?:是|为|:)\s*(?P<v>[^,，。;；\n?？!！]{4,80})"),
)  # fmt: skip
"""Kinds and their shapes, the surest first; a group `v` is what is private of a longer match."""
_COMPILED = tuple((kind, re.compile(shape, re.I)) for kind, shape in SHAPES)
_KEEPS: dict[str, Callable[[str], str]] = {
    "declaration": lambda value: value[-4:],
    "record": lambda value: value[:1],
}
"""What of a number stays, so that people can still tell one from another."""


def private_numbers(plain: str) -> Iterator[Private]:
    """Return the numbers in a text of plain width that belong to somebody, the surest first."""
    for shape, pattern in _COMPILED:
        for found in pattern.finditer(plain):
            part = "v" if "v" in pattern.groupindex else 0
            start, end = found.span(part)
            value = found[part]
            kind = kind_of_eighteen(value.upper()) if len(value) == 18 and _free(shape) else shape
            keep = _KEEPS[kind](value) if kind in _KEEPS else ""
            yield Private(start, end, kind, keep)


def kind_of_eighteen(value: str) -> str:
    """Return what a number of 18 signs is: an identity, a firm's credit code or a declaration's.

    >>> kind_of_eighteen("91310115MA1FL0T52J"), kind_of_eighteen("222920241230004567")
    ('credit', 'declaration')
    >>> kind_of_eighteen("11010519491231002X")
    'identity'
    """
    if value[0] in "IE" and value[1:].isdigit():
        return "declaration"
    if value[:17].isdigit() and _identity_check(value[:17]) == value[-1] and _born(value):
        return "identity"
    if not value.isdigit() or is_credit_code(value):
        return "identity" if value[:17].isdigit() and _born(value) else "credit"
    if FIRST_YEAR <= int(value[4:8]) <= LAST_YEAR and value[8] in "01":
        return "declaration"
    return "identity" if _born(value) else "number"


def _free(shape: str) -> bool:
    """Whether a shape says only how long a number is, and not whose."""
    return shape in ("eighteen", "number")


def _identity_check(first: str) -> str:
    weighed = zip(first, IDENTITY_WEIGHTS, strict=True)
    return IDENTITY_CHECKS[sum(int(sign) * weight for sign, weight in weighed) % 11]


def _born(value: str) -> bool:
    """Whether a number bears a day of birth where an identity number does."""
    try:
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return False
    return FIRST_YEAR - 100 < born.year < LAST_YEAR
