"""The Single Window message, written: nothing is lost on the way there and back."""

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from auditors.declaration import Declaration, Header, Item, Permit, Vehicle
from auditors.formats.building import Builder
from auditors.formats.message_elements import Element, message_elements
from auditors.formats.single_window import read_xml, write_xml
from auditors.interface import NAMESPACE
from auditors.place import Place
from knowledge.errors import PackError
from knowledge.library import SHIPPED, Library, shipped
from tests.formats.there_and_back import again, plain, read, slow, write
from tests.strategies import drafts


@slow
@given(drafts(shipped()))
def test_what_is_written_is_read_again(draft: Declaration) -> None:
    """A draft of fields the message has elements for survives the way there and back."""
    result = write_xml(draft, shipped())
    assert result.left_out == ()
    assert again(draft) == draft
    assert write_xml(again(draft), shipped()).content == result.content


@slow
@given(drafts(shipped()), st.randoms(use_true_random=False), st.booleans())
def test_any_order_is_read(draft: Declaration, chance: random.Random, bare: bool) -> None:
    """Order of elements, namespace and comments do not matter to what is read."""
    root = etree.fromstring(write_xml(draft, shipped()).content)
    for holder in (root, *root.iter(f"{{{NAMESPACE}}}DecHead", f"{{{NAMESPACE}}}DecList")):
        names = [str(child.tag) for child in holder]
        repeated = {name for name in names if names.count(name) > 1}
        holder[:] = sorted(holder, key=lambda child: child.tag in repeated or chance.random())
        holder.insert(0, etree.Comment("ours"))
    shuffled = etree.tostring(root, encoding="unicode")
    if bare:
        shuffled = shuffled.replace(f' xmlns="{NAMESPACE}"', "")
    read_again = read_xml(shuffled.encode(), shipped()).draft
    assert plain(read_again) == draft
    assert read_again.message.namespace == ("" if bare else NAMESPACE)


def test_elements_stand_in_the_order_of_the_interface() -> None:
    """Blocks and their elements are written in the order of the list in the pack."""
    vehicle = Vehicle(vin_code="LTEST000000000001", vin_permit_no="A1")
    permit = Permit(permit_no="A1", permit_unit="001", vin=(vehicle, vehicle))
    item = Item(g_no=1, hs_code="8413703190", manufacturer_name="甲厂", goods_limits=(permit,))
    draft = Declaration(
        header=Header(seq_no="1", voyage_no="026W", declare_date=None, net_weight=Decimal("1E+3")),
        items=(item,),
    )
    assert re.findall(r"<(\w+)", write(draft)) == [
        *("DecMessage", "DecHead", "SeqNo", "NetWt", "DecLists", "DecList", "CodeTS", "GNo"),
        *("DecGoodsLimits", "DecGoodsLimit", "LicenceNo"),
        *("DecGoodsLimitVin", "LicenceNo", "VinCode", "DecGoodsLimitVin", "LicenceNo", "VinCode"),
        *("LicWrtofQtyUnit", "MnufctrRegName", "DecFreeTxt", "VoyNo"),
    ]
    assert "<NetWt>1000</NetWt>" in write(draft)


def _all_elements(element: Element) -> list[Element]:
    return [element, *(each for inner in element.inner.values() for each in _all_elements(inner))]


def test_every_modelled_element_has_its_place_in_the_order() -> None:
    """The list of elements in the pack knows all elements of the field tables."""
    wrappers = {"DecLists", "DecGoodsLimits"}
    for element in _all_elements(message_elements(shipped())):
        held = {*element.fields, *element.inner}
        if element.name in wrappers or (len(held) == 1 and not element.order):
            continue
        assert held <= element.order.keys(), element.name


def test_a_library_without_the_list_is_refused(tmp_path: Path) -> None:
    """A pack that lacks the order of the elements is named, not guessed at."""
    with pytest.raises(PackError, match=r"elements\.txt"):
        message_elements(Library(tmp_path))
    assert message_elements(Library(SHIPPED, tmp_path)).order


@pytest.mark.parametrize(
    ("written", "flags", "rewritten"),
    [
        pytest.param("010", "010  ", "010", id="three stated"),
        pytest.param("09999", "0    ", "09999", id="nines are blanks, and stay"),
        pytest.param("0", "0    ", "099", id="filled up to three"),
        pytest.param("99991", "    1", "99991", id="the fifth alone"),
        pytest.param("0001077", "00010", "0001077", id="characters the form has no field for"),
        pytest.param("", "     ", None, id="blank"),
        pytest.param("999", "     ", "999", id="nothing stated"),
    ],
)
def test_confirmations_are_characters(written: str, flags: str, rewritten: str | None) -> None:
    """The confirmation string is read by character and written as long as it was."""
    draft = read(f"<DecHead><PromiseItmes> {written}\n</PromiseItmes></DecHead>")
    header = draft.header
    stated = (
        header.special_relation_flag,
        header.price_effect_flag,
        header.royalty_flag,
        header.formula_price_flag,
        header.provisional_price_flag,
    )
    assert "".join(flag or " " for flag in stated) == flags
    assert draft.message.confirmations == (written or None)
    found = re.search("<PromiseItmes>(.*)</PromiseItmes>", write(draft))
    assert (found and found[1]) == rewritten


def test_what_has_no_element_is_named() -> None:
    """Filled fields the message cannot hold are left out, and each is named."""
    raw = {
        "header": {"ec_no": "EC1", "note": "a\u0000b", "royalty_flag": "no", "trade_name": "甲"},
        "items": [{}, {"fta_code": "01", "goods_attr": ["1 2"], "g_no": 2}],
        "transit": {"means": {"trn_bill_no": "\ufffe"}},
        "context": {"advance_flag": "0"},
        "documents": {"invoice": {"total": "1"}},
    }
    result = write_xml(Builder(shipped(), "json").declaration(raw), shipped())
    assert sorted(map(str, result.left_out)) == [
        "context.advance_flag",
        "documents.invoice.total",
        "header.ec_no",
        "header.note",
        "header.royalty_flag",
        "items[2].fta_code",
        "items[2].goods_attr",
        "transit.means.trn_bill_no",
    ]
    names = re.findall(r"<(\w+)", result.content.decode())
    assert names == ["DecMessage", "DecHead", "TradeName", "DecLists", "DecList", "DecList", "GNo"]


@pytest.mark.parametrize("weight", ["NaN", "Infinity", "1E+999999", "1E-999999"])
def test_a_number_that_is_none_is_left_out(weight: str) -> None:
    """A program's draft may hold numbers that no message can."""
    draft = Declaration(header=Header(net_weight=Decimal(weight)))
    assert write_xml(draft, shipped()).left_out == (Place("header", 0, "net_weight"),)


def test_the_bytes_are_always_the_same() -> None:
    """Each element stands on its own line, indented; kept elements stay as they were within."""
    kept = ("DecLists/DecList[1]\n<Foo> <Bar/></Foo>", "DecUsers\n<Foo/>")
    draft = Declaration(items=(Item(g_no=1), Item()), extras=kept)
    assert write(draft) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<DecMessage xmlns="{NAMESPACE}" Version="4">\n'
        "  <DecLists>\n"
        "    <DecList>\n"
        "      <GNo>1</GNo>\n"
        "      <Foo> <Bar/></Foo>\n"
        "    </DecList>\n"
        "    <DecList/>\n"
        "  </DecLists>\n"
        "  <DecUsers>\n"
        "    <Foo/>\n"
        "  </DecUsers>\n"
        "</DecMessage>\n"
    )


def test_an_empty_draft_is_an_empty_message() -> None:
    """Nothing filled, nothing written but the root."""
    assert write(Declaration()) == (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<DecMessage xmlns="{NAMESPACE}" Version="4"/>\n'
    )
