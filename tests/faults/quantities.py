"""Slips in weights, packages and quantities."""

from collections.abc import Iterator
from decimal import Decimal

from tests.faults.trying import Raw, Slip, fault, last_item


@fault("the two weights swapped", "W001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    gross, net = header["gross_weight"], header["net_weight"]
    if Decimal(gross) != Decimal(net):
        yield "header.net_weight", {"header.gross_weight": net, "header.net_weight": gross}


@fault("the point of the gross weight slipped to the left", "W001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield "header.gross_weight", {"header.gross_weight": f"{Decimal(header['gross_weight']) / 10}"}


@fault("the point of the net weight slipped to the left", "W008 W009 W017")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    net = Decimal(header["net_weight"]) / 10
    if net > 1 and header["trade_mode"] != "9700":
        yield "header.net_weight", {"header.net_weight": f"{net.normalize():f}"}


@fault("gross weight in grams", "W022 W017 W018")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    gross = Decimal(header["gross_weight"]) * 1000
    if raw["containers"]:
        yield "header.gross_weight", {"header.gross_weight": f"{gross:f}"}


@fault("bulk goods counted", "W003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["wrap_type"] in {"00", "01"}:
        yield "header.pack_no", {"header.pack_no": 7}


@fault("an item weighs ten times as much", "W008 W009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "9700":
        return
    for at, item in last_item(raw):
        for field, unit in (("first_qty", "first_unit"), ("second_qty", "second_unit")):
            if item.get(unit) == "035" and item["unit"] not in {"035", "070"}:
                heavier = Decimal(item[field]) * 10
                over = heavier > Decimal(header["net_weight"])
                if over and not item["hs_code"].startswith(("51", "26")):
                    yield "header.net_weight", {f"{at}.{field}": f"{heavier:f}"}
                return


@fault("statutory quantity unlike the deal quantity", "W012 W011")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        same = item["unit"] == item["first_unit"]
        if (same or (item["unit"], item["first_unit"]) == ("070", "035")) and (
            header["trade_mode"] != "9700"
        ):
            more = Decimal(item["first_qty"]) + 1000
            wrong = Decimal(item["qty"]) * 100 if item["hs_code"].startswith("26") else more
            yield f"{at}.first_qty", {f"{at}.first_qty": f"{wrong:f}"}


@fault("half a piece", "W010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        if item["unit"] in {"001", "006", "007", "008"} and header["trade_mode"] != "9700":
            yield f"{at}.qty", {f"{at}.qty": f"{Decimal(item['qty']) + Decimal('0.5')}"}


@fault("second unit without its quantity", "W014")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, _ in last_item(raw, "second_unit", "second_qty"):
        if header["trade_mode"] != "9700":
            yield f"{at}.second_qty", {f"{at}.second_qty": None}


@fault("second quantity without its unit", "W015")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, _ in last_item(raw, "second_unit", "second_qty"):
        yield f"{at}.second_qty", {f"{at}.second_unit": None}
