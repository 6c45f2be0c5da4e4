"""Slips in dates, numbers of items and direction."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.faults.trying import Raw, Slip, crosses, fault, last_item


@fault("an import date still to come", "D003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "I" and raw["context"]["advance_flag"] == "0":
        yield "header.ie_date", {"header.ie_date": "2026-12-18"}


@fault("an import date of another day than the ship's", "D001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw["context"].get("conveyance_arrival_date") and crosses(header):
        earlier = date.fromisoformat(header["ie_date"]) - timedelta(days=1)
        yield "header.ie_date", {"header.ie_date": str(earlier)}


@fault("a departure after the arrival", "D014")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header.get("ie_date") and header["ie_date"] < "2026-11-20" and crosses(header):
        later = date.fromisoformat(header["ie_date"]) + timedelta(days=1)
        yield "header.desp_date", {"header.desp_date": str(later)}


@fault("declared after fourteen days", "D005")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw["context"].get("conveyance_arrival_date") and header["decl_trn_rel"] != "1":
        place = "context.conveyance_arrival_date"
        yield place, {place: "2026-10-20", "header.ie_date": "2026-10-20"}


@fault("an export date filled in", "D002")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "E" and crosses(header):
        yield "header.ie_date", {"header.ie_date": "2026-11-20"}


@fault("loaded six hours after the declaration", "D007")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw["context"].get("loading_time"):
        yield "context.loading_time", {"context.loading_time": "2026-11-20T14:40:00+08:00"}


@fault("an item number twice", "F004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if len(raw["items"]) > 1:
        at = f"items[{len(raw['items'])}].g_no"
        yield at, {at: 1}


@fault("item numbers from nought", "F004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield "items[1].g_no", {f"items[{n}].g_no": n - 1 for n, _ in enumerate(raw["items"], 1)}


@fault("fifty-one items", "F003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if len(raw["items"]) == 50:
        yield "items", {"items[51]": {"g_no": 51}}


@fault("no item at all", "F002")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield "items", {"items": []}


@fault("import for export or the reverse", "F034")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield "items[1].goods_model", {"header.ie_flag": "E" if header["ie_flag"] == "I" else "I"}


@fault("the export benefit of the other direction", "F034")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, item in last_item(raw):
        brand, _, *rest = item["goods_model"].split("|")
        second = "0" if header["ie_flag"] == "I" else "3"
        yield f"{at}.goods_model", {f"{at}.goods_model": "|".join((brand, second, *rest))}


@fault("a key that no field has", "M003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield "header", {"header.gros_weight": "12"}
