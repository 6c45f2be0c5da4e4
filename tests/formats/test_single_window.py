"""The Single Window message, read."""

import json

import msgspec
import pytest

from auditors.declaration import Message
from auditors.formats.building import Builder
from auditors.formats.lines import Line, Lines
from auditors.formats.reading import Unreadable
from auditors.formats.single_window import read_xml
from auditors.interface import NAMESPACE
from auditors.place import Oddity, Place
from knowledge.library import shipped
from tests.formats.there_and_back import HERE, SAMPLE, plain, read


def test_the_sample_says_what_its_json_says() -> None:
    """The same draft as a message and as JSON reads alike, apart from what a message lacks."""
    raw = json.loads((HERE.parent / "drafts" / "cn_import.json").read_text("utf-8"))
    wanted = plain(Builder(shipped(), "json").declaration(raw), schema=None)
    reading = read_xml(SAMPLE, shipped(), "import.xml")
    assert plain(reading.draft) == msgspec.structs.replace(wanted, context=reading.draft.context)
    assert reading.draft.transit is None
    assert reading.draft.extras == ()
    assert (reading.name, reading.form, reading.source) == ("import.xml", "xml", SAMPLE)
    assert reading.draft.message == Message(
        form="xml", namespace=NAMESPACE, version="4", confirmations="00000"
    )


def test_values_are_noted_as_by_every_reader() -> None:
    """Dates with dashes, blanks around numbers and nonsense are noted at their place."""
    draft = read(
        "<DecHead><IEDate>2026-11-16</IEDate><NetWt> 12 </NetWt><GrossWet>heavy</GrossWet>"
        "<PackNo><Sum>4</Sum></PackNo></DecHead><DecRisk>high</DecRisk>"
    )
    assert draft.header.net_weight == 12
    assert [(str(each.place), each.read_as) for each in draft.message.untidy] == [
        ("header.ie_date", "20261116"),
        ("header.net_weight", "12"),
    ]
    found = {(str(each.place), each.found, each.said) for each in draft.message.unreadable}
    assert ("header.gross_weight", "heavy", "number") in found
    assert ("risk", "high", "object") in found
    assert {place for place, _, _ in found} == {"header.gross_weight", "header.pack_no", "risk"}


def test_the_line_of_an_element() -> None:
    """A place leads to its line; what is not there, to the nearest around it."""
    lines = Lines(read_xml(SAMPLE, shipped()), shipped().fields)

    def line(written: str) -> Line | None:
        return lines.find(Place.parse(written))

    assert (found := line("items[1].g_no"))
    assert "<GNo>" in found.text
    assert line("items[1].stuff") == line("items[1]")
    assert (around := line("items[9].g_no"))
    assert "<DecLists>" in around.text
    assert (second := line("attached_documents[2].edoc_id"))
    assert "PL-001" in second.text
    assert line("documents.invoice.total") is None


@pytest.mark.parametrize("root", ["DecImportResponse", "dec:Receipt"])
def test_another_message_is_named(root: str) -> None:
    """A receipt or another document is refused by the name of its root."""
    content = f'\n<{root} xmlns:dec="urn:x"/>'.encode()
    with pytest.raises(Unreadable, match=root.rpartition(":")[2]) as refused:
        read_xml(content, shipped())
    assert (refused.value.code, refused.value.where.en) == ("CN-M001", "line 2")


def test_version_and_namespace_are_noted_as_found() -> None:
    """Another namespace, a prefix or another version is read, and noted as it stood."""
    content = b'<d:DecMessage xmlns:d="urn:old" Version="3.1"><d:DecHead><d:IEFlag>I</d:IEFlag>'
    draft = read_xml(content + b"</d:DecHead></d:DecMessage>", shipped()).draft
    assert draft.header.ie_flag == "I"
    assert (draft.message.namespace, draft.message.version) == ("urn:old", "3.1")
    bare = read_xml(b"<DecMessage/>", shipped()).draft
    assert (bare.message.namespace, bare.message.version) == ("", "")


def test_the_first_of_two_counts() -> None:
    """A value or block that stands twice is read once, and the second is noted."""
    draft = read(
        "<DecHead><BillNo>A</BillNo><BillNo>B</BillNo><BillNo>A</BillNo></DecHead>"
        "<DecHead><BillNo>C</BillNo></DecHead>"
        "<DecLists><DecList/><DecList><GNo/><GNo>3</GNo></DecList></DecLists>"
        "<DecLists><DecList/></DecLists>"
    )
    assert draft.header.bill_no == "A"
    assert len(draft.items) == 2
    assert draft.items[1].g_no is None
    bill_no = Place("header", 0, "bill_no")
    assert draft.message.repeated == (
        Oddity(bill_no, "B"),
        Oddity(bill_no, "A"),
        Oddity(Place("header"), "DecHead", "", "element"),
        Oddity(Place("items", 2, "g_no"), "3"),
        Oddity(Place("items"), "DecLists", "", "element"),
    )
