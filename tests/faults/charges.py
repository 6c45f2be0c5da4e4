"""Slips in prices, terms and charges."""

from collections.abc import Iterator
from decimal import Decimal

from tests.faults.trying import Raw, Slip, crosses, fault, last_item, turned_about


@fault("the point of the unit price slipped", "V001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        price = Decimal(item["unit_price"]) * 10
        yield f"{at}.unit_price", {f"{at}.unit_price": f"{price.normalize():f}"}


@fault("two digits of the total turned about", "V001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        whole, dot, part = item["total_price"].partition(".")
        if turned := turned_about(whole):
            yield f"{at}.total_price", {f"{at}.total_price": turned + dot + part}


@fault("a zero too many in the deal quantity", "V001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        yield f"{at}.qty", {f"{at}.qty": f"{Decimal(item['qty']) * 10:f}"}


@fault("the unit price copied into the total", "V001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        total = Decimal(item["unit_price"]).quantize(Decimal("0.01"))
        if item["qty"] != "1" and total:
            yield f"{at}.total_price", {f"{at}.total_price": f"{total}"}


@fault("one line in another currency", "V004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if len(raw["items"]) > 1:
        at = f"items[{len(raw['items'])}].currency"
        yield at, {at: "GBP" if raw["items"][0]["currency"] != "GBP" else "USD"}


@fault("a line left out", "V003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if len(raw["items"]) > 1 and raw["context"].get("expected_total"):
        yield "items", {"items": raw["items"][:-1]}


def _no_charge(charge: str) -> dict[str, None]:
    return {f"header.{charge}_{part}": None for part in ("mark", "rate", "curr")}


FREIGHT_DUE = {"I": "37", "E": "127"}
INSURANCE_DUE = {"I": "237", "E": "1"}


@fault("freight left out", "T001 T004 T005 T007")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if crosses(header) and header["trans_mode"] in FREIGHT_DUE[header["ie_flag"]]:
        yield "header.fee_mark", _no_charge("fee")


@fault("insurance left out", "T002 T004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if crosses(header) and header["trans_mode"] in INSURANCE_DUE[header["ie_flag"]]:
        yield "header.insur_mark", _no_charge("insur")


@fault("freight beside a price that holds it, or never bears it", "T008 T009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if crosses(header) and (header["ie_flag"], header["trans_mode"]) in {("I", "1"), ("E", "3")}:
        parts = {"header.fee_mark": "3", "header.fee_rate": "300", "header.fee_curr": "USD"}
        yield "header.fee_mark", parts


@fault("freight without its currency", "T013")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("fee_mark") == "3":
        yield "header.fee_curr", {"header.fee_curr": None}


@fault("freight without its amount", "T001 T004 T005 T007")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("fee_mark"):
        yield "header.fee_rate", {"header.fee_rate": None}


@fault("an insurance rate with a currency", "T013")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("insur_mark") == "1":
        yield "header.insur_curr", {"header.insur_curr": "USD"}


@fault("insurance rate by the thousand", "T015 T014")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("insur_mark") == "1":
        yield "header.insur_rate", {"header.insur_rate": "3"}


@fault("other charges of zero", "T019")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield (
        "header.other_rate",
        {"header.other_mark": "3", "header.other_rate": "0", "header.other_curr": "USD"},
    )


@fault("terms unlike those of the invoice", "T020")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw.get("documents", {}).get("invoice", {}).get("terms"):
        yield "header.trans_mode", {"header.trans_mode": "4"}


@fault("foreign terms on goods that stay in China", "T010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if not crosses(header):
        yield "header.trans_mode", {"header.trans_mode": "3" if header["ie_flag"] == "I" else "1"}


@fault("price confirmations left out", "V009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "I" and header["trade_mode"] in {"0110", "0644", "0844", "2225"}:
        blank = ("special_relation_flag", "price_effect_flag", "royalty_flag")
        yield "header.special_relation_flag", {f"header.{name}": None for name in blank}


@fault("influence on the price between strangers", "V010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("special_relation_flag") == "0":
        yield "header.price_effect_flag", {"header.price_effect_flag": "1"}


@fault("influence on the price without a word on it", "V007")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("special_relation_flag"):
        yes = {"header.special_relation_flag": "1", "header.price_effect_flag": "1"}
        yield "header.price_effect_flag", yes | {"header.note": None}


@fault("royalties confirmed and nowhere stated", "V008")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("royalty_flag") and not header.get("other_mark"):
        yield "header.royalty_flag", {"header.royalty_flag": "1", "header.note": None}


@fault("a formula in the notes that is not confirmed", "V011")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("formula_price_flag") == "1" and "公式" in header.get("note", ""):
        yield "header.formula_price_flag", {"header.formula_price_flag": "0"}
