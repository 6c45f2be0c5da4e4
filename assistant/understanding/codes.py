"""Codes and names a message gives: rows of code tables, commodity codes, fields, terms."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.understanding.message import HAN, Message
from assistant.understanding.phrases import Place
from assistant.understanding.vocabulary import LOOSE, TABLES, Vocabulary
from knowledge.index.references import LICENCE

Found = tuple[str, str, Place]
"""Kind, value and place: `("trade_mode", "0110", Place(0, 4))`."""
MOST = 40
"""Things of one message that are looked at."""
TOKEN = re.compile(r"(?<![0-9a-z_.&/-])[0-9a-z]{3,8}(?![0-9a-z_&]|[./-]\d)")
TARIFF = re.compile(
    r"(?<![\d.,-])(\d{4}\.\d{2}(?:\.?\d{2,4}){0,3}|\d{13}|\d{10}|\d{8}|\d{6}|\d{4}(?=\.(?!\d)|\b))"
    r"(?![\d]|[.,-]\d)"
)
TARIFF_CUE = re.compile(
    r"税号|商编|商品编[码号]|编码|税目|品目|归类|hs|hts|heading|tariff|税则|税率|监管条件|commodity"
)
TARIFF_AFTER = re.compile(
    r"(?:章|品目|税目|heading|hs(?:\s*code)?|编码|税号|商编|商品编号)[\s:为是]*$"
)
NOT_TARIFF = re.compile(
    r"(?:注册编码|企业编码|备案号|电话|手机|单号|编号为|订单|柜号|箱号|运单|提单号?|qq|微信|phone|tel)[\s:为是]*$"
)
MODE_CUE = re.compile(r"监管方式|贸易方式|报关方式|trade mode|supervision mode|procedure|方式")
OFFICE_CUE = re.compile(r"关区|关别|海关|口岸|customs office|port")
COUNTRY_CUE = re.compile(r"国|country|countries|代码|\bcode|origin|产地")
CODE_CUE = re.compile(r"代码|\bcodes?\b|编号|填几|填哪个|选哪个|选几|填多少|哪个码")
YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
AFTER = re.compile(
    r"(?:\s*(?:代码|编码|codes?|no\.?|填写?|选|用|是|为|is|=|:|的|栏|写)){0,3}\s*[\"'“‘(\[]?"
    r"([0-9A-Za-z]{1,8})(?![0-9A-Za-z])(?!\s*[张份个件票天日月年项种位号])"
)
BEFORE = re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z]{2,4})\s*(?:的|这个|号)?\s*$")
CONDITIONS = re.compile(
    r"(?:监管条件|监管证件(?:代码)?|随附单证代码)[\s:是为有]*([0-9A-Za-z]{1,8}(?:[/、和][0-9A-Za-z])*)(?![0-9A-Za-z])"
)


def codes_in(message: Message, taken: Iterable[Place], words: Vocabulary) -> list[Found]:
    """Return the codes and names of a message that stand on nothing already taken."""
    places = sorted(taken)
    found: list[Found] = []
    for lane in (_tariff, _conditions, _beside, _tokens, _named):
        for kind, code, place in lane(message, words):
            if len(found) < MOST and _free(place, places) and (kind, code, place) not in found:
                found.append((kind, code, place))
        places = sorted([*places, *(f[2] for f in found if f[0] not in ("field", "term"))])
    return found


def _free(place: Place, taken: Iterable[Place]) -> bool:
    return all(place.end <= other.start or other.end <= place.start for other in taken)


def _tariff(message: Message, words: Vocabulary) -> Iterator[Found]:
    low = message.low
    cued = TARIFF_CUE.search(low) is not None
    for found in TARIFF.finditer(low):
        code, before = found[1].replace(".", ""), low[max(0, found.start() - 14) : found.start()]
        if (
            not "01" <= code[:2] <= "98"
            or NOT_TARIFF.search(before)
            or len(code) not in (4, 6, 8, 10, 13)
        ):
            continue
        dotted = "." in found[1]
        if len(code) == 4 and not (TARIFF_AFTER.search(before) or low[found.end() :][:1] == "章"):
            continue
        alone = low.strip() == found[1]
        if len(code) == 6 and not (cued or dotted or alone):
            continue
        if len(code) == 8 and not dotted and _is_day(code):
            continue
        yield "tariff", code, Place(*found.span(1))


def _is_day(code: str) -> bool:
    try:
        return 1980 <= date(int(code[:4]), int(code[4:6]), int(code[6:])).year <= 2049
    except ValueError:
        return False


def _conditions(message: Message, words: Vocabulary) -> Iterator[Found]:
    """Licence codes written together, `监管条件AB`, or before their noun, `7证`."""
    licences = words.library.table("licence")
    for found in CONDITIONS.finditer(message.said):
        signs = re.sub(r"[/、和]", "", found[1])
        if all(licences.known(sign) for sign in signs):
            start = found.start(1)
            for away, sign in enumerate(found[1]):
                if sign in signs:
                    yield "licence", sign, Place(start + away, start + away + 1)
    for found in LICENCE.finditer(message.said):
        word = found[1] in "aAI" and not HAN.search(message.said)
        if licences.known(found[1]) and not word:
            yield "licence", found[1], Place(*found.span())


def _beside(message: Message, words: Vocabulary) -> Iterator[Found]:
    """Codes next to the name of their table."""
    for place, tables in words.tables.longest(message.low):
        after = AFTER.match(message.said, place.end)
        before = BEFORE.search(message.said[max(0, place.start - 8) : place.start])
        for table in tables:
            if after and (code := _row(words, table, after[1])):
                yield table, code, Place(*after.span(1))
            elif before and len(before[1]) > 2 and (code := _row(words, table, before[1])):
                end = place.start - (len(before[0]) - len(before[1]))
                yield table, code, Place(end - len(before[1]), end)


def _row(words: Vocabulary, table: str, written: str) -> str:
    """The row a code means, in capitals or with its lost zeros; empty where that is not certain."""
    held = words.library.table(table)
    if re.fullmatch(r"[a-z]{2,}", written) and not held.known(written.upper()):
        return ""
    for each in (written, written.upper()):
        if len(found := held.resolve(each)) == 1:
            return found[0]
    return ""


def _tokens(message: Message, words: Vocabulary) -> Iterator[Found]:
    """Codes that say by their shape what they are."""
    low, library = message.low, words.library
    for found in TOKEN.finditer(low):
        code, place = found[0], Place(*found.span())
        said = message.said[place.start : place.end]
        if re.fullmatch(r"\d{4}", code):
            yield from _four(code, place, low, words)
        elif re.fullmatch(r"\d{8}", code) and library.table("attached_document").known(code):
            yield "attached_document", code, place
        elif re.fullmatch(r"[a-z]{3}", code):
            if library.table("currency").known(code.upper()) and (said.isupper() or code != "php"):
                yield "currency", code.upper(), place
            elif said.isupper() and library.table("country").known(said):
                if (
                    said == "USA"
                    or (not message.said.isupper() and COUNTRY_CUE.search(low))
                    or low == code
                ):
                    yield "country", said, place
            elif code == "usa":
                yield "country", "USA", place


def _four(code: str, place: Place, low: str, words: Vocabulary) -> Iterator[Found]:
    rest = low[place.end :].lstrip()[:1]
    if rest in tuple("年条号位") or low[max(0, place.start - 1) : place.start] == "第":
        return
    cue = MODE_CUE.search(low)
    if words.library.table("trade_mode").known(code) and (cue or not YEAR.fullmatch(code)):
        yield "trade_mode", code, place
    elif words.library.table("customs_office").known(code) and OFFICE_CUE.search(low):
        yield "customs_office", code, place


def _named(message: Message, words: Vocabulary) -> Iterator[Found]:
    """Rows, fields and terms by what they are called."""
    asks = CODE_CUE.search(message.low) is not None
    for place, names in words.find(message):
        tables = sorted(
            {name for name in names if name[0] in TABLES}, key=lambda name: TABLES.index(name[0])
        )
        firm = [name for name in tables if name[0] not in LOOSE]
        for kind, code in (firm or (tables if asks else []))[:2]:
            yield kind, code, place
        yield from ((kind, value, place) for kind, value in names if kind in ("field", "term"))
