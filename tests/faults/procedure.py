"""Slips in procedure, levy, record and licences."""

from collections.abc import Iterator

from tests.faults.trying import FACTS, Raw, Slip, fault, last_item


@fault("a levy that does not go with the procedure", "X013")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    key = f"{header['ie_flag']}/{header['trade_mode']}/{header.get('cut_mode')}"
    if row := FACTS.row("levy_by_procedure", key):
        at = f"items[{len(raw['items'])}].duty_mode"
        yield at, {at: "3" if row.more["duty_mode"] == "1" else "1"}


@fault("one line under another levy", "X013 X014")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    free = any(item.get("fta_code") for item in raw["items"])
    if len(raw["items"]) > 1 and not free and (header.get("manual_no") or "C")[0] != "Z":
        at = f"items[{len(raw['items'])}].duty_mode"
        yield at, {at: "2"}


NATURES = {"0214": "503", "0615": "502", "0320": "101", "2225": "299", "1300": "101"}
NATURES |= {"1427": "101", "4561": "101"}


@fault("a nature of levy of another procedure", "X007 X009 X010 X011 X012")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if wrong := NATURES.get(header["trade_mode"]):
        yield "header.cut_mode", {"header.cut_mode": wrong}


@fault("general trade under another nature of levy", "X006 X008")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "0110" and not header.get("manual_no"):
        kind = header["ie_flag"] == "I" or header["trade_code"][5] in "123456"
        if kind:
            yield "header.cut_mode", {"header.cut_mode": "299"}


def _on_record(header: Raw) -> bool:
    row = FACTS.row("trade_mode", header["trade_mode"])
    way = "import" if header["ie_flag"] == "I" else "export"
    return bool(row and row.more[f"manual_prefix_{way}"]) and header["trade_mode"] != "9700"


@fault("a record number left out", "X001 X003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    relief = header["trade_mode"] == "0110" and header.get("manual_no")
    if header.get("manual_no") and (_on_record(header) or relief):
        yield "header.manual_no", {"header.manual_no": None}


@fault("a record number of another kind", "X002 X003 X004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("manual_no") and _on_record(header):
        yield "header.manual_no", {"header.manual_no": "L" + header["manual_no"][1:]}


@fault("a processing manual under general trade", "X005")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "0110" and not header.get("manual_no"):
        yield "header.manual_no", {"header.manual_no": "C22186400123"}


@fault("an item without its number in the record", "X025")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    number = header.get("manual_no") or "-"
    listed = any(each["licence_code"] == "a" for each in raw["licences"])
    stored = number[0] in "TL" or (number[0] == "H" and number[5] == "W")
    for at, _ in last_item(raw, "manual_item_no"):
        if not stored and not (listed and number[0] in "EH"):
            yield f"{at}.manual_item_no", {f"{at}.manual_item_no": None}


@fault("a number in a record that is not there", "X026")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if not header.get("manual_no"):
        yield "items[1].manual_item_no", {"items[1].manual_item_no": "4"}


@fault("a product without its consumption version", "X024")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, _ in last_item(raw, "exg_version"):
        if header["manual_no"][0] in "EH":
            yield f"{at}.exg_version", {f"{at}.exg_version": None}


@fault("a carry-over that leaves China", "X015")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "E" and header["trade_mode"] in {"0654", "0657"}:
        yield "header.trade_country", {"header.trade_country": "KOR"}


@fault("a carry-over bound abroad", "X017")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "E" and header["trade_mode"] in {"0654", "0657"}:
        yield "items[1].destination_country", {"items[1].destination_country": "KOR"}


@fault("a carry-over without the other side's record", "X041")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] in {"0654", "0657"}:
        yield "header.related_manual_no", {"header.related_manual_no": None}


@fault("a deep-processing carry-over without its application", "X018")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "0654":
        yield "licences", {"licences": []}


@fault("a domestic sale without its levy form", "X021")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] in {"0644", "0844"}:
        yield "licences", {"licences": []}


@fault("goods that stay in China on board a ship", "X019")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    row = FACTS.row("trade_mode", header["trade_mode"])
    if row and row.more["physical_border_crossing"] == "0":
        yield "header.transport_mode", {"header.transport_mode": "2"}


@fault("supplied processing without its fee", "X023")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "0214" and header["ie_flag"] == "E":
        yield "header.note", {"header.note": None}


@fault("temporary goods without a day of return", "D011")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    temporary = header["trade_mode"] in {"2600", "2700"}
    if temporary and not header.get("related_declaration_no"):
        yield "header.note", {"header.note": "展览品", "context.return_due_date": None}


@fault("a free return without a reason", "D012")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "4561":
        yield "header.note", {"header.note": None}


@fault("an e-commerce export without its order", "X030")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "9710":
        yield "header.ec_no", {"header.ec_no": None}


@fault("market procurement above its limit", "X028")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "1039":
        yield "header.trade_mode", {"items[1].total_price": "150001"}


@fault("samples by the thousand", "X038")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] == "3010":
        yield "items[1].qty", {"items[1].qty": "3000"}


@fault("a transit declaration without its transit block", "F029")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw.get("transit"):
        yield "transit", {"transit": {}}


@fault("an import under a procedure for exports", "X027 X029 X033 X039")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["trade_mode"] in {"1039", "2210", "9710", "0265"}:
        yield "header.trade_mode", {"header.ie_flag": "I"}


@fault("an export under a procedure for imports", "X032 X039")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    one_way = header["trade_mode"] in {"1239", "0644", "0844", "9700"}
    if one_way and header["decl_trn_rel"] == "0":
        yield "header.trade_mode", {"header.ie_flag": "E"}


@fault("a licence of the other direction", "C023")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    at = f"licences[{len(raw['licences']) + 1}]"
    code = "4" if header["ie_flag"] == "I" else "1"
    yield f"{at}.licence_code", {at: {"licence_code": code, "licence_no": "26-AA-100007"}}


@fault("a licence that does not exist", "C015")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    at = f"licences[{len(raw['licences']) + 1}]"
    yield f"{at}.licence_code", {at: {"licence_code": "?", "licence_no": "26-AA-100007"}}


@fault("a licence listed twice", "C024")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw["licences"]:
        at = f"licences[{len(raw['licences']) + 1}]"
        yield at, {at: {}}


@fault("a licence that ran out", "D010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw["licences"]:
        yield "licences[1].valid_to", {"licences[1].valid_to": "2026-10-31"}


@fault("an attached document of a kind that does not exist", "C016")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    at = "attached_documents[1].edoc_code"
    yield at, {at: "1"}
