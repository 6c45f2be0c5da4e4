"""Fields changed about, and one procedure, mode or term taken for another."""

from collections.abc import Iterator

from tests.faults.trying import (
    FACTS,
    Making,
    Raw,
    Slip,
    crosses,
    fault,
    last_box,
    last_item,
    turned_about,
)

TERMS = {
    "I": {"1": "3", "2": "1", "3": "1", "7": "1"},
    "E": {"1": "3", "2": "3", "3": "1", "7": "3"},
}


@fault("terms taken for others", "T001 T002 T004 T008 T009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if crosses(header):
        other = TERMS[header["ie_flag"]][header["trans_mode"]]
        yield "header.trans_mode", {"header.trans_mode": other}


def _other_mode(was: str, becomes: str, place: str) -> Making:
    def slips(raw: Raw, header: Raw) -> Iterator[Slip]:
        if header["transport_mode"] == was:
            yield f"header.{place}", {"header.transport_mode": becomes}

    return slips


fault("air for sea", "R003")(_other_mode("2", "5", "bill_no"))
fault("road for sea", "R006")(_other_mode("2", "4", "transport_name"))
fault("sea for air", "R001")(_other_mode("5", "2", "voyage_no"))
fault("road for air", "R006 R010")(_other_mode("5", "4", "transport_name"))
fault("sea for road", "R001 R002")(_other_mode("4", "2", "transport_name"))


@fault("port of entry and last port changed about", "F018")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if crosses(header):
        ports = header["entry_port_code"], header["transit_port_code"]
        changed_about = {"header.transit_port_code": ports[0], "header.entry_port_code": ports[1]}
        yield "header.entry_port_code", changed_about


@fault("loaded at the port of entry", "R011")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "I" and crosses(header):
        yield "header.desp_port_code", {"header.desp_port_code": header["entry_port_code"]}


@fault("no port of loading", "R017")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "I" and crosses(header):
        yield "header.desp_port_code", {"header.desp_port_code": None}


@fault("departed in the year before", "D014")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("ie_date") and crosses(header):
        yield "header.desp_date", {"header.desp_date": "2025" + header["desp_date"][4:]}


@fault("a day written the way of another country", "F012")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("desp_date"):
        yield "header.desp_date", {"header.desp_date": "17/11/2026"}


@fault("no nature of levy", "X043")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    row = FACTS.row("trade_mode", header["trade_mode"])
    if row and row.more["cut_mode_normally_filled"] == "1":
        yield "header.cut_mode", {"header.cut_mode": None}


@fault("general trade for a procedure on a manual", "X005")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] in {"0214", "0615", "0654"}:
        yield "header.manual_no", {"header.trade_mode": "0110"}


@fault("processing trade for general trade", "X001 X010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "0110":
        yield "header.cut_mode", {"header.trade_mode": "0615"}


@fault("a line entered twice under two numbers", "W008 W009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if len(raw["items"]) < 50 and header["trade_mode"] != "9700":
        at = len(raw["items"]) + 1
        yield "header.net_weight", {f"items[{at}]": {"g_no": at}}


@fault("two digits of the net weight turned about", "W008 W009 W001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    whole, dot, part = header["net_weight"].partition(".")
    if (turned := turned_about(whole)) and header["trade_mode"] != "9700":
        yield "header.net_weight", {"header.net_weight": turned + dot + part}


@fault("quantity and unit price changed about", "W010 W011 W012")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        price, qty = item["unit_price"], item["qty"]
        if header["trade_mode"] != "9700" and price != qty:
            place = f"{at}.{'first_qty' if item['unit'] == item['first_unit'] else 'qty'}"
            yield place, {f"{at}.qty": price, f"{at}.unit_price": qty}


@fault("the statutory quantities changed about", "W012 W008 W009 W010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw, "second_qty"):
        one, two = item["first_qty"], item["second_qty"]
        if one != two and header["trade_mode"] != "9700":
            place = f"{at}.first_qty" if item["unit"] == item["first_unit"] else "header.net_weight"
            yield place, {f"{at}.first_qty": two, f"{at}.second_qty": one}


@fault("freight in total marked as a rate", "T012 T013")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("fee_mark") == "3":
        yield "header.fee_curr", {"header.fee_mark": "1"}


@fault("insurance in total marked as a rate", "T013")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("insur_mark") == "3":
        yield "header.insur_curr", {"header.insur_mark": "1"}


@fault("freight in RMB", "C010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("fee_curr"):
        yield "header.fee_curr", {"header.fee_curr": "RMB"}


@fault("an IMO number that lost a digit", "R002")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    name = header.get("transport_name") or ""
    if header["transport_mode"] == "2" and "/" in name:
        yield "header.transport_name", {"header.transport_name": name[:-1]}


@fault("a plate that lost its last sign", "R006")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    name = header.get("transport_name") or ""
    if header["transport_mode"] == "4" and name.endswith("港"):
        yield "header.transport_name", {"header.transport_name": name[:-1]}


@fault("credit code and customs code changed about", "P001 P003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    codes = {"header.trade_uscc": header["trade_code"], "header.trade_code": header["trade_uscc"]}
    yield "header.trade_uscc", codes


@fault("a container number in small letters", "K001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, box in last_box(raw):
        yield f"{at}.container_no", {f"{at}.container_no": box["container_no"].lower()}
