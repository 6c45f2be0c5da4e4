"""Duty and taxes (税费) from a value and the rates that are given: ad valorem, specific, compound."""

import re
from datetime import date
from decimal import Decimal

from assistant.shelf import Shelf
from assistant.tools.given import CONVERSION, Yuan, in_yuan
from assistant.tools.landed import LABEL as SUM
from assistant.tools.landed import landed, of_parts
from assistant.tools.tax_rates import Rates, rates_in
from assistant.tools.tax_sums import DUTY, EXPORT_DUTY, MEASURE, Sums, export_duty, import_taxes
from assistant.tools.tool import Tool
from assistant.tools.working import Stage, data_of, digits, said, yuan
from assistant.turn import Sentence, Status, Turn, Worked
from knowledge.index.terms import plain
from knowledge.library import Library
from knowledge.text import Text

NAME = "tax"
TOPIC = re.compile(
    r"关税|增值税|消费税|税费|税金|交税|缴税|多少税|税率|\bdut(?:y|ies)\b|\btax|tariff|\bvat\b"
)
HOW_MUCH = re.compile(
    r"多少|几个点|怎么算|计算|算一下|算下|税率|how much|calculat|work out|what .*rate|rate"
)
OTHER = re.compile(r"滞纳|滞报|退税|late|refund")
VALUE = re.compile(r"计税价格|完税价格|货值|到岸价|cif|dutiable value|customs value|\bvalue")
ABROAD = re.compile(r"离岸价|fob|exw|工厂交货")
ABROAD_LABEL = re.compile(r"离岸价|fob|exw|工厂交货|计税价格|完税价格|value")
EXPORT = re.compile(r"出口|export")
TARIFF_LAW = date(2024, 12, 1)
LAW, FEN = "cn-law-tariff#23", "cn-gacc-order-272#19"
EXEMPT = "cn.duty_exempt.cny"


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the taxes worked out, or what is missing for them."""
    written = plain(turn.understood.text)
    if not TOPIC.search(written) or OTHER.search(written):
        return None
    rates = rates_in(written)
    exports = "export" in rates.shares or bool(EXPORT.search(written))
    given = _value(turn, written, rates, exports)
    if not (rates.shares or rates.each or rates.unclear):
        return _no_rates(turn, given, written)
    if given is None and not (rates.each and rates.quantity):
        return None if turn.understood.kind != "calculation" else _asking(turn, (NO_VALUE,))
    if lacking := _lacking(rates, given, written, exports):
        return _asking(turn, lacking)
    sums = export_duty(rates, given, _from_fob(written)) if exports else import_taxes(rates, given)
    return _worked(turn, shelf.library, given, sums)


def _value(turn: Turn, written: str, rates: Rates, exports: bool) -> Yuan | None:
    if not exports and (whole := landed(turn, written)):
        return whole
    label = ABROAD_LABEL if exports else VALUE
    return in_yuan(turn, written, label, (each.amount for each in rates.each.values()))


def _no_rates(turn: Turn, given: Yuan | None, written: str) -> Worked | None:
    """That no tariff is imported, where a sum or a rate of goods is asked for."""
    named = turn.understood.mentions.tariff
    if not (HOW_MUCH.search(written) and (named or given)):
        return None
    code = f" {named[0]} " if named else ""
    text = Text(
        f"还没有导入税则，查不到{code or '商品'}的税率。请直接给出税率，"
        "或者用 declarant import tariff 文件 导入税则后再查。",
        f"No tariff is imported, so the rates of {code.strip() or 'the goods'} are not known. Give"
        " the rates, or import a tariff with declarant import tariff FILE.",
    )
    told = (said(text, turn.lang, shown=named), *_formulas(turn))
    return Worked(NAME, told, {"missing": "tariff"}, "clarify", confidence=0.8)


def _formulas(turn: Turn) -> tuple[Sentence, ...]:
    text = Text(
        "从价关税 = 计税价格 × 税率；进口增值税 =（计税价格 + 关税 + 消费税）× 增值税率。",
        "Ad valorem duty = value × rate; import VAT = (value + duty + consumption tax) × VAT rate.",
    )
    return (said(text, turn.lang, MEASURE, LAW),)


def _lacking(rates: Rates, given: Yuan | None, written: str, exports: bool) -> tuple[Text, ...]:
    lacking = []
    if "trade remedy" in rates.shares or "trade remedy" in rates.each:
        lacking.append(REMEDY)
    if rates.unclear:
        lacking.append(UNCLEAR)
    if rates.each and rates.quantity is None:
        lacking.append(NO_QUANTITY)
    if (rates.shares or rates.unclear) and (given is None or given.value is None):
        lacking.append(given.missing if given and given.missing else NO_VALUE)
    elif not exports and _from_fob(written) and not of_parts(given):
        lacking.append(NOT_CIF)
    return tuple(lacking)


REMEDY = Text(
    "不含反倾销税、反补贴税的税率（知识库没有这类税的公式，不能代算）",
    "rates without anti-dumping or countervailing duty, whose formula is not held here",
)
UNCLEAR = Text("每个税率是哪种税的", "which tax each rate belongs to")
NO_QUANTITY = Text("与定额税率同一单位的数量", "the quantity in the unit of the specific rate")
NO_VALUE = Text("人民币计税价格（完税价格）", "the dutiable value in yuan")
NOT_CIF = Text(
    "进口计税价格：离岸价须加上起卸前的运费、保险费",
    "the import value: an FOB price plus freight and insurance up to unloading",
)


def _from_fob(written: str) -> bool:
    return ABROAD.search(written) is not None and VALUE.search(written) is None


def _asking(turn: Turn, lacking: tuple[Text, ...]) -> Worked:
    zh, en = "；".join(each.zh for each in lacking), "; ".join(each.en for each in lacking)
    text = Text(f"要算税费，请给出：{zh}。", f"To work out the taxes, please give: {en}.")
    cites = ("cn-law-tariff#24",) if NOT_CIF in lacking else ()
    told = (said(text, turn.lang, *cites, shown=text), *_formulas(turn))
    return Worked(NAME, told, {"missing": en}, "clarify", confidence=0.8)


def _worked(turn: Turn, library: Library, given: Yuan | None, sums: Sums) -> Worked:
    told = [_line(turn, stage) for stage in sums.stages]
    if len([each for each in sums.stages if each.article == MEASURE]) > 1:
        text = Text(
            f"税费合计 {yuan(sums.total)} 元，各税四舍五入至分。",
            f"Total CNY {yuan(sums.total)}; each tax is rounded to the fen.",
        )
        told.append(said(text, turn.lang, FEN, shown=(yuan(sums.total), *text)))
    told += [said(each, turn.lang) for each in sums.open]
    told += [said(given.note, turn.lang)] if given and given.note else []
    told += _threshold(turn, library, sums.duty)
    status: Status = "answer" if sums.duty is not None else "clarify"
    if turn.day < TARIFF_LAW:
        told.append(said(BEFORE, turn.lang, MEASURE, shown=BEFORE))
    sure = not sums.open and turn.day >= TARIFF_LAW and not (given and given.note)
    inputs = {"value_cny": digits(given.value)} if given and given.value is not None else {}
    data = data_of(inputs, sums.stages, yuan(sums.total), unit="CNY")
    return Worked(NAME, tuple(told), data, status, confidence=1.0 if sure else 0.8)


BEFORE = Text(
    "公式出自2024-12-01起施行的第272号令，此前的规定待核实。",
    "The formulas are those of Order 272, in force since 2024-12-01; for earlier days they are to be"
    " confirmed.",
)


def _line(turn: Turn, stage: Stage) -> Sentence:
    own = (stage.article, LAW) if stage.label in (DUTY, EXPORT_DUTY) else (stage.article,)
    cites = own if stage.article else (CONVERSION,)
    unit = Text("", "") if stage.label == SUM else Text(" 元", "CNY ")
    text = Text(
        f"{stage.label.zh} = {stage.expression} = {stage.result}{unit.zh}。",
        f"{stage.label.en} = {stage.expression} = {unit.en}{stage.result}.",
    )
    return said(text, turn.lang, *cites, shown=text)


def _threshold(turn: Turn, library: Library, duty: Decimal | None) -> list[Sentence]:
    """The exemption of a small shipment: its amount is known for the old rule only."""
    known = library.parameters[EXEMPT].values[-1].value
    if duty is None or not 0 < duty <= known:
        return []
    if turn.day < TARIFF_LAW:
        text = Text(
            f"一票货物关税税额在 {digits(known)} 元以下的免征关税。",
            f"A shipment with at most CNY {digits(known)} of duty is exempt from it.",
        )
        return [said(text, turn.lang, EXEMPT, "cn-reg-tariff#45", shown=(digits(known),))]
    text = Text(
        "一票货物在国务院规定的免征额度以内免征关税，现行额度待核实。",
        "A shipment within the State Council's threshold bears no duty; its present amount is to be"
        " confirmed.",
    )
    return [said(text, turn.lang, "cn-law-tariff#32", "cn-law-tariff#threshold")]


TOOL = Tool(NAME, explicit=True, answer=answer)
