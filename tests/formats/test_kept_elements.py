"""Elements of a message the form does not have: noted where they are strange, kept always."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditors.declaration import Declaration, Item, Message
from auditors.formats.message_elements import message_elements
from auditors.formats.single_window import MOST_GUESSES, read_xml, write_xml
from auditors.interface import NAMESPACE
from auditors.place import Oddity, Place
from knowledge.library import shipped
from tests.formats.there_and_back import again, plain, read, slow, write

STRANGE = """
<SddTax><SddTaxHead><GrossWt>1</GrossWt> a &amp; b </SddTaxHead></SddTax>
<DecSign><Stamp/></DecSign>
<ds:Signature xmlns:ds="urn:sign" Id="s"><ds:Value>x</ds:Value></ds:Signature>
<DecHead><Foo>2</Foo><GrossWt>1260</GrossWt><Foo>1</Foo><BusinessItems>10000</BusinessItems></DecHead>
<DecLists><DecList/><DecList><RcepOrigPlaceCode>DEU</RcepOrigPlaceCode><DecGoodsLimits>
<DecGoodsLimit><LimitId>7</LimitId></DecGoodsLimit></DecGoodsLimits></DecList><Sum>2</Sum></DecLists>
<EdocRealation/><EdocRealation><GNoStr>1,2</GNoStr></EdocRealation>
"""


def test_strange_elements_are_noted_and_known_ones_are_not() -> None:
    """What the interface has, or a whole block nobody knows, is no slip; the rest is noted."""
    strange = read(STRANGE).message.unknown
    assert [(str(each.place), each.found, each.read_as) for each in strange] == [
        ("header", "Foo", ""),
        ("header", "GrossWt", "GrossWet"),
        ("header", "Foo", ""),
        ("items[2].goods_limits[1]", "LimitId", ""),
        ("items", "Sum", ""),
        ("sign", "Stamp", ""),
    ]
    assert {each.said for each in strange} == {"element"}


def test_all_of_them_are_kept_where_they_stood() -> None:
    """Each is kept as text with the path of its parent, in the order of the interface."""
    draft = read(STRANGE)
    assert draft.extras == (
        "DecHead\n<BusinessItems>10000</BusinessItems>",
        "DecHead\n<Foo>2</Foo>",
        "DecHead\n<GrossWt>1260</GrossWt>",
        "DecHead\n<Foo>1</Foo>",
        "DecLists/DecList[2]/DecGoodsLimits/DecGoodsLimit[1]\n<LimitId>7</LimitId>",
        "DecLists/DecList[2]\n<RcepOrigPlaceCode>DEU</RcepOrigPlaceCode>",
        "DecLists\n<Sum>2</Sum>",
        "DecSign\n<Stamp/>",
        "EdocRealation[2]\n<GNoStr>1,2</GNoStr>",
        "\n<SddTax><SddTaxHead><GrossWt>1</GrossWt> a &amp; b </SddTaxHead></SddTax>",
        '\n<ds:Signature xmlns:ds="urn:sign" Id="s"><ds:Value>x</ds:Value></ds:Signature>',
    )
    assert again(draft) == plain(draft)
    assert write_xml(draft, shipped()).left_out == ()
    assert 'xmlns=""' not in write(draft)
    assert write(draft).count(NAMESPACE) == 1


ANYWHERE = ["DecHead", "DecFreeTxt", "DecLists", "DecLists/DecList[1]", "TrnHead", "DecUsers", ""]


@slow
@given(
    st.lists(
        st.tuples(
            st.sampled_from(ANYWHERE),
            st.sampled_from(["<Foo/>", "<GNo1>\n x &lt; y\t</GNo1>", "<SddTax> <a>z<b/> </a></SddTax>"]),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_kept_elements_survive_the_round_trip(kept: list[tuple[str, str]]) -> None:
    """Written and read again, kept elements are the same and settle in the same order."""
    extras = tuple(f"{path}\n{xml}" for path, xml in kept)
    once = again(Declaration(items=(Item(g_no=1),), extras=extras))
    assert sorted(once.extras) == sorted(extras)
    assert again(once) == once


def test_an_extra_without_a_home_is_named() -> None:
    """An extra whose parent is gone, or that is no XML, is left out, and says so."""
    extras = ("DecLists/DecList[3]\n<Foo/>", "DecHead\n<Foo>", "nonsense", "DecHead\n<Foo/>")
    result = write_xml(Declaration(items=(Item(),), extras=extras), shipped())
    assert result.left_out == tuple(Place("extras", number) for number in (1, 2, 3))
    assert result.content.count(b"<Foo/>") == 1


@pytest.mark.parametrize(
    ("holder", "written", "meant"),
    [
        ("DecHead", "GrossWt", "GrossWet"),
        ("DecHead", "EntryPortCode", "EntyPortCode"),
        ("DecHead", "DestinatePort", "DistinatePort"),
        ("DecHead", "PromiseItems", "PromiseItmes"),
        ("DecHead", "TaxAdminMark", "TaxAaminMark"),
        ("DecHead", "PartnerID", "PartenerID"),
        ("DecHead", "NetWet", "NetWt"),
        ("DecHead", "gRosswet", "GrossWet"),
        ("DecHead", "Weather", ""),
        ("DecMessage", "EdocRelation", "EdocRealation"),
        ("DecMessage", "EcoRealation", "EcoRelation"),
    ],
)
def test_a_misspelt_element_is_recognised(holder: str, written: str, meant: str) -> None:
    """The spelling of the interface is proposed, its own misspellings included."""
    root = message_elements(shipped())
    assert root.inner.get(holder, root).closest(written) == meant


def test_a_misspelt_block_is_noted() -> None:
    """A block whose content would be missed is noted; a block of a later interface is not."""
    message = read("<DecList><GNo>1</GNo></DecList><DecRoyaltyFee/><Weather/>").message
    assert message.unknown == (Oddity(Place(""), "DecList", "DecLists", "element"),)


def test_guessing_comes_to_an_end() -> None:
    """Thousands of unknown elements are all noted, and only the first ones guessed at."""
    names = "".join(f"<GrossWt{number}/>" for number in range(MOST_GUESSES + 50))
    unknown = read(f"<DecHead>{names}</DecHead>").message.unknown
    assert len(unknown) == MOST_GUESSES + 50
    assert sum(bool(each.read_as) for each in unknown) == MOST_GUESSES


def test_a_message_in_another_namespace_keeps_its_elements_too() -> None:
    """Kept elements carry no trace of the namespace they were read under."""
    content = b'<DecMessage xmlns="urn:old"><DecHead><Foo><Bar/></Foo></DecHead></DecMessage>'
    draft = read_xml(content, shipped()).draft
    assert draft.extras == ("DecHead\n<Foo><Bar/></Foo>",)
    assert again(draft) == msgspec.structs.replace(draft, message=Message())
