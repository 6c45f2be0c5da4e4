"""Slips in the parties."""

from collections.abc import Iterator

from auditors import numbers
from tests.faults.trying import Raw, Slip, fault, turned_about


@fault("a credit code with a wrong check sign", "P001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    code = header["trade_uscc"]
    wrong = "3" if numbers.credit_code_check(code[:-1]) != "3" else "4"
    yield "header.trade_uscc", {"header.trade_uscc": code[:-1] + wrong}


@fault("two digits of a credit code turned about", "P001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if turned := turned_about(header["agent_uscc"], 2):
        yield "header.agent_uscc", {"header.agent_uscc": turned}


@fault("a credit code with the letter O for a zero", "P001")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if "0" in header["owner_uscc"]:
        yield "header.owner_uscc", {"header.owner_uscc": header["owner_uscc"].replace("0", "O", 1)}


@fault("a customs code without a credit code", "P006")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield "header.trade_uscc", {"header.trade_uscc": None}


@fault("a trader who declares for others", "P005")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    if header["agent_code"] != header["trade_code"]:
        code = header["agent_code"]
        yield "header.agent_code", {"header.agent_code": code[:5] + "6" + code[6:]}


def _overseas(header: Raw) -> str:
    return f"overseas_{'consignor' if header['ie_flag'] == 'I' else 'consignee'}_name_en"


@fault("no overseas party", "P008")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield f"header.{_overseas(header)}", {f"header.{_overseas(header)}": None}


@fault("an overseas party in Chinese", "P009")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    yield f"header.{_overseas(header)}", {f"header.{_overseas(header)}": "某某贸易公司"}


@fault("the domestic party as the overseas party", "P011")
def _(raw: Raw, header: Raw) -> Iterator[Slip]:
    own_goods = {"2210", "2600", "2700", "3422"}
    if header["trade_mode"] not in own_goods:
        place = f"header.{_overseas(header)}"
        yield place, {place: header["trade_name"]}
