from auditors.declaration import Item
from auditors.finding import Finding
from auditors.rule import rule
from knowledge.facts import Facts
from knowledge.text import Text


@rule(
    "CN-W021",
    zh="各项件数合计应与件数一致",
    en="The packages of the items add up to the number of packages",
    status="logic",
    basis="cn-gacc-2019-18#24",
)
def package_count(
    items: tuple[Item, ...], pack_no: int, wrap_type: str | None, facts: Facts
) -> Finding | None:
    """Where each item says its packages, together they are the packages of the declaration.

    各项都注明件数的，合计就是表头件数。

    Wrong: 第1项 item 1: 4, 第2项 item 2: 6, 件数 12.
    Right: 第1项 item 1: 4, 第2项 item 2: 8, 件数 12.
    Limits: speaks only where each item gives its packages. Items that share a package should count
    it once. Bulk and unpacked goods count as one package and are left out.
    局限：每项都给出本项件数时才核对。几项合装一件的只应计一次。散装、裸装按一件填报，不核对。
    """
    packs = [item.pack_qty for item in items if item.pack_qty is not None]
    if not packs or len(packs) != len(items) or sum(packs) == pack_no:
        return None
    package = facts.row("packaging", wrap_type) if wrap_type else None
    if package and package.more["is_bulk_or_nude"] == "1":
        return None
    return Finding(
        "pack_no",
        Text(
            f"各项件数合计 {sum(packs)}，表头件数 {pack_no}",
            f"The items have {sum(packs)} packages together, the header {pack_no}",
        ),
        Text("按装箱单核对各项件数和总件数", "Check both against the packing list"),
        also=("items",),
    )
