from collections.abc import Mapping

from auditors.blocks import OriginLink, Supplement, Transit
from auditors.declaration import Container, Item
from auditors.finding import Finding, safe, suggested
from auditors.place import Oddity, Place
from auditors.rule import rule
from knowledge.text import Text

Numbered = tuple[tuple[int, int | None], ...]
NOTHING: Mapping[int | None, Text] = {None: Text("空", "nothing")}


@rule(
    "CN-F004",
    zh="项号从 1 起连续编号",
    en="Item numbers run from 1 without a gap",
    basis="cn-gacc-2019-18#33 cn-broker-practice#formats",
)
def item_numbers(
    items: tuple[Item, ...],
    containers: tuple[Container, ...],
    origin_links: tuple[OriginLink, ...],
    supplements: tuple[Supplement, ...],
    transit: Transit | None,
    unreadable: tuple[Oddity, ...] | None,
) -> Finding | None:
    """The first line of the item number counts the goods 1, 2, 3 in the order they stand in.

    项号第一行是商品在报关单中的顺序号，按 1、2、3 依次编排，不跳号、不重号、不留空。

    Wrong: 项号 1、2、4 numbers 1, 2, 4.
    Right: 项号 1、2、3 numbers 1, 2, 3.
    Limits: renumbering is offered as safe only while no container, origin document, supplement or
        transit form refers to a number that would change.
    局限：集装箱、原产地证明、补充申报单或转关单引用了要改的项号时，重编只作建议，由人确认。
    """
    wrong = tuple((n, item.g_no) for n, item in enumerate(items, 1) if item.g_no != n)
    if not wrong or not (wrong := _legible(wrong, unreadable)):
        return None
    first, written = wrong[0]
    said = NOTHING.get(written, Text(f" {written}", str(written)))
    referred = {no for container in containers for no in container.goods_nos}
    referred |= {link.dec_g_no for link in origin_links if link.dec_g_no}
    referred |= {each.sup_g_no for each in supplements if each.sup_g_no}
    referred |= {each.trg_g_no for each in transit.goods if each.trg_g_no} if transit else set()
    offer = suggested if referred & {no for _, no in wrong} else safe
    places = [Place("items", n, "g_no") for n, _ in wrong]
    return Finding(
        places[0],
        Text(
            f"第 {first} 项的项号为{said.zh}，应为 {first}",
            f"Item {first} is numbered {said.en}, not {first}",
        ),
        Text("从 1 起依次重编项号", "Number the items anew from 1"),
        also=tuple(places[1:]),
        expected=str(first),
        fixes=tuple(offer(place, place.number) for place in places),
    )


def _legible(wrong: Numbered, unreadable: tuple[Oddity, ...] | None) -> Numbered:
    """Leave out numbers that could not be read: they are spoken of already."""
    unread = {odd.place for odd in unreadable or ()}
    return tuple(each for each in wrong if Place("items", each[0], "g_no") not in unread)
