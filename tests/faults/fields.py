"""Fields left blank, or filled with what no table and no shape allows."""

from collections.abc import Iterator
from typing import Any

from tests.faults.trying import Making, Raw, Slip, fault, last_box

HEADER_BLANKS = [
    "ie_flag",
    "entry_type",
    "customs_master",
    "trade_name",
    "owner_name",
    "agent_name",
    "transport_mode",
    "trade_mode",
    "trade_area_code",
    "trade_country",
    "transit_port_code",
    "entry_port_code",
    "wrap_type",
    "pack_no",
    "gross_weight",
    "net_weight",
    "trans_mode",
]
ITEM_BLANKS = [
    "hs_code",
    "goods_name",
    "goods_model",
    "qty",
    "unit",
    "first_qty",
    "first_unit",
    "unit_price",
    "total_price",
    "currency",
    "origin_country",
    "destination_country",
    "district_code",
    "duty_mode",
]
HEADER_VALUES = {
    "an abolished procedure": ("trade_mode", "3039", "C002"),
    "a procedure that does not exist": ("trade_mode", "0111", "C001"),
    "a procedure of three digits": ("trade_mode", "110", "F008"),
    "a mode of transport that does not exist": ("transport_mode", "Q", "C004"),
    "terms of delivery that do not exist": ("trans_mode", "8", "C005"),
    "terms of delivery in letters": ("trans_mode", "DDP", "C005"),
    "a nature of levy of two digits": ("cut_mode", "10", "F009"),
    "packages of a kind that does not exist": ("wrap_type", "77", "C008"),
    "a country by its old number": ("trade_country", "304", "F015"),
    "a country of two letters": ("trade_area_code", "DE", "F015"),
    "an office of three digits": ("customs_master", "224", "F007"),
    "an office of no district": ("ie_port", "9922", "C012"),
    "a port of five signs": ("entry_port_code", "31000", "F018"),
    "a foreign port in small letters": ("transit_port_code", "deu061", "F018"),
    "half a package": ("pack_no", "2.5", "F019"),
    "no package": ("pack_no", 0, "W004"),
    "no gross weight": ("gross_weight", "0", "W005"),
    "a weight that is negative": ("net_weight", "-5", "F020 W005"),
    "a weight with its unit": ("gross_weight", "1260KGS", "F020 M009"),
    "marks left blank": ("mark_no", None, "F027"),
    "a name that is too long": ("trade_name", "上" * 80, "F013"),
    "an owner whose name is too long": ("owner_name", "海" * 71, "F013"),
    "a note that is too long": ("note", "注" * 300, "F013"),
    "a placeholder for a name": ("owner_name", "待定", "F026"),
    "a form of declaration that does not exist": ("entry_type", "X", "F028"),
    "a domestic party without a code": ("trade_code", "NO", "P007"),
    "a customs code that lost a digit": ("trade_code", "312226Q17", "P003"),
    "a customs code with a type that does not exist": ("agent_code", "31222X0K55", "P004"),
    "a credit code of seventeen signs": ("agent_uscc", "91310115MA1FL0T52", "P001"),
    "a declarant who is not named": ("declarant_name", None, "P017"),
    "a related declaration of seventeen digits": (
        "related_declaration_no", "22482026000018472", "X042",
    ),
    "a record number of eleven signs": ("manual_no", "C2218640012", "F010"),
    "an inspection organ no longer asked for": ("org_code", "471400", "C021"),
    "destination customs of six digits": ("purp_customs", "312300", "C022"),
    "a licence number without hyphens": ("license_no", "26AA100007", "F011"),
    "an AEO code without a country": ("overseas_consignor_code", "123456789", "P010"),
    "a date that is not on the calendar": ("ie_date", "2026-02-30", "F012"),
    "a freight mark that does not exist": ("fee_mark", "4", "T011"),
    "insurance by the tonne": ("insur_mark", "2", "T011"),
}  # fmt: skip
ITEM_VALUES = {
    "a commodity code of eight digits": ("hs_code", "84137031", "F006"),
    "a commodity code with a letter O": ("hs_code", "841370319O", "F006"),
    "a unit in letters": ("unit", "PCS", "F017"),
    "a currency that does not exist": ("currency", "ERU", "C010"),
    "a currency by its old number": ("currency", "502", "F016"),
    "a currency customs does not list": ("currency", "VND", "C010"),
    "a destination in small letters": ("destination_country", "chn", "F015"),
    "a levy that does not exist": ("duty_mode", "0", "C007"),
    "a specification that is too long": ("goods_model", "4|3|" + "钢" * 260, "F013"),
    "a goods name that is only a kind": ("goods_name", "配件", "F031"),
    "a goods name still to come": ("goods_name", "待补充", "F026"),
    "a specification without brand type": ("goods_model", "不锈钢制|机械加工", "F033"),
    "a quantity in full-width digits": ("qty", "１２", "F024"),
    "a goods name with a blank behind it": ("goods_name", "离心泵 ", "F025"),
    "a negative quantity": ("qty", "-4", "F021"),
    "a total of three decimals": ("total_price", "12600.125", "F022"),
    "a unit price of five decimals": ("unit_price", "1.23456", "F023"),
    "goods sold for nothing": ("total_price", "0", "V002 V001"),
    "a purpose that does not exist": ("purpose", "99", "C017"),
    "an attribute that does not exist": ("goods_attr", ["99"], "C018"),
}  # fmt: skip
BOX_VALUES = {
    "a container without its model": ("container_model", None, "K007"),
    "a container of an item that is not there": ("goods_nos", [88], "K005"),
    "a container of nothing": ("goods_nos", [], "K005"),
    "a container lighter than its tare": ("container_weight", "350", "K008"),
}


def _field(block: str, field: str, value: Any) -> Making:
    def slips(raw: Raw, header: Raw) -> Iterator[Slip]:
        place = {"header": "header", "items": f"items[{len(raw['items'])}]"}.get(block)
        if block == "containers":
            place = next((at for at, _ in last_box(raw)), None)
        if place:
            yield f"{place}.{field}", {f"{place}.{field}": value}

    return slips


for _name in HEADER_BLANKS:
    fault(f"header: {_name} left blank", "F001")(_field("header", _name, None))
for _name in ITEM_BLANKS:
    fault(f"item: {_name} left blank", "F005")(_field("items", _name, None))
for _block, _values in (
    ("header", HEADER_VALUES), ("items", ITEM_VALUES), ("containers", BOX_VALUES),
):  # fmt: skip
    for _name, (_at, _value, _codes) in _values.items():
        fault(_name, _codes)(_field(_block, _at, _value))
