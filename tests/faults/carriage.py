"""Slips in containers, bills and means of transport."""

from collections.abc import Iterator

from tests.faults.trying import Raw, Slip, crosses, fault, last_box, other_digit, turned_about


@fault("a container number that lost a digit", "K001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, box in last_box(raw):
        number = box["container_no"]
        yield f"{at}.container_no", {f"{at}.container_no": number[:6] + number[7:]}


@fault("a container number with a wrong check digit", "K002")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, box in last_box(raw):
        number = box["container_no"]
        wrong = number[:-1] + other_digit(number[-1])
        yield f"{at}.container_no", {f"{at}.container_no": wrong}


@fault("two digits of a container number turned about", "K002")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, box in last_box(raw):
        if turned := turned_about(box["container_no"], 4):
            yield f"{at}.container_no", {f"{at}.container_no": turned}


@fault("a container number with the letter O for a zero", "K001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    for at, box in last_box(raw):
        if "0" in box["container_no"]:
            number = box["container_no"].replace("0", "O", 1)
            yield f"{at}.container_no", {f"{at}.container_no": number}


@fault("a container listed twice", "K004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if boxes := raw["containers"]:
        at = f"containers[{len(boxes) + 1}]"
        yield f"{at}.container_no", {at: {}}


@fault("an item in no container", "K006")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    lists = [box["goods_nos"] for box in raw["containers"]]
    if len(raw["items"]) > 1 and lists and header["wrap_type"] not in {"00", "01"}:
        left = {
            f"containers[{n}].goods_nos": [no for no in listed if no != 1] or [2]
            for n, listed in enumerate(lists, 1)
        }
        yield "items[1].g_no", left


@fault("a container the bill of lading does not have", "K010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    bill = raw.get("documents", {}).get("bill_of_lading", {})
    if bill.get("bl_containers"):
        boxes = f"containers[{len(raw['containers']) + 1}]"
        yield "containers", {boxes: {"container_no": "CSQU3054383"}}


@fault("containers in the air", "K009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if raw["containers"]:
        yield "containers", {"header.transport_mode": "5"}


@fault("no bill of lading or waybill", "R001 R010")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] in "2345" and header["decl_trn_rel"] != "1":
        yield "header.bill_no", {"header.bill_no": None}


@fault("two bills on one declaration", "R008")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if bill := header.get("bill_no"):
        yield "header.bill_no", {"header.bill_no": f"{bill[:12]},{bill[:10]}9Z"}


@fault("a vessel that is not named", "R001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] == "2" and header["decl_trn_rel"] != "1":
        yield "header.transport_name", {"header.transport_name": None}


@fault("a voyage that is not given", "R001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] == "2" and header["decl_trn_rel"] != "1":
        yield "header.voyage_no", {"header.voyage_no": None}


@fault("an IMO number with a wrong check digit", "R002")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    name = header.get("transport_name") or ""
    if header["transport_mode"] == "2" and "/" in name:
        yield "header.transport_name", {"header.transport_name": name[:-1] + other_digit(name[-1])}


@fault("an air waybill with a wrong check digit", "R004")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] == "5":
        bill = header["bill_no"]
        check = str((int(bill[10]) + 2) % 7)
        yield "header.bill_no", {"header.bill_no": bill[:10] + check + bill[11:]}


@fault("an air waybill that lost a digit", "R003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] == "5":
        yield "header.bill_no", {"header.bill_no": header["bill_no"][1:11]}


@fault("an air waybill as it is printed", "R003")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] == "5":
        bill = header["bill_no"]
        yield "header.bill_no", {"header.bill_no": f"{bill[:3]}-{bill[3:7]} {bill[7:11]}"}


@fault("a bill number with the letter O for a zero", "R009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    bill = header.get("bill_no") or ""
    tail = bill[-6:]
    if header["transport_mode"] in "234" and tail.isdigit() and "0" in tail[1:-1]:
        at = len(bill) - 6 + tail.index("0", 1)
        yield "header.bill_no", {"header.bill_no": f"{bill[:at]}O{bill[at + 1 :]}"}


@fault("a lorry without its plate", "R006")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["transport_mode"] == "4":
        yield "header.transport_name", {"header.transport_name": "TRUCK"}


@fault("no place of storage", "R016")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "I" and crosses(header):
        yield "header.goods_place", {"header.goods_place": None}


@fault("dispatched from a country without the port", "R011")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "I" and crosses(header):
        yield "header.trade_country", {"header.trade_country": "BRA", "header.note": None}


@fault("arrives elsewhere than the goods are bound for", "R013")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["ie_flag"] == "E" and crosses(header):
        yield "header.trade_country", {"header.trade_country": "BRA"}


@fault("a port of destination in another country", "R012")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    bound = {item["destination_country"] for item in raw["items"]}
    landed = header["transit_port_code"][:3] in bound
    if header["ie_flag"] == "E" and crosses(header) and landed:
        yield "header.transit_port_code", {"header.transit_port_code": "BRA018"}
