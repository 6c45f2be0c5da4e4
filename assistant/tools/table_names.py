"""What the code tables are called: by title, by the fields they serve, and by what people say."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.index.terms import plain
from knowledge.library import Library

SAID = {
    "currency": ("币制", "币种", "货币", "currency"),
    "country": ("国别", "国家", "原产国", "country"),
    "trade_mode": ("监管方式", "贸易方式", "trade mode", "customs procedure", "supervision mode"),
    "levy_mode": ("征免方式", "征减免税方式", "levy mode", "levy method"),
    "nature_of_levy": ("征免性质", "nature of levy"),
    "licence": (
        "监管证件",
        "监管条件",
        "随附单证",
        "证件",
        "licence",
        "license",
        "supervision document",
    ),
    "packaging": ("包装种类", "包装", "package type", "kind of package", "packaging"),
    "unit_of_measure": ("计量单位", "单位", "unit of measure", "unit"),
    "customs_office": ("关区", "关别", "海关关区", "customs office"),
    "customs_district_prefix": ("关区", "关别", "直属海关", "customs district"),
    "transport_mode": ("运输方式", "mode of transport", "transport mode"),
    "terms_of_delivery": ("成交方式", "terms of delivery", "transaction mode"),
    "fta_agreement": ("优惠贸易协定", "协定", "trade agreement"),
    "receipt_status": ("回执状态", "回执", "receipt status"),
    "container_model": ("集装箱规格", "箱型", "container model"),
    "manual_no_prefix": ("备案号首字母", "手册首字母", "备案号"),
}
"""What people say that is no title of a table and no label of a field."""
BRACKETED = re.compile(r"[(（].*?[)）]")
ENDINGS = re.compile(r"代码表$|对应表$|代码$|表$|\bcodes?$|\btypes?$|s$")
SHORTEST_CHINESE, SHORTEST_ENGLISH = 2, 4


@lru_cache(maxsize=4)
def table_names(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Return the tables each name in plain spelling may stand for."""
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for table in library.tables():
        for name in _names(table, library):
            bare = ENDINGS.sub("", BRACKETED.sub("", plain(name))).strip()
            shortest = SHORTEST_ENGLISH if bare.isascii() else SHORTEST_CHINESE
            if len(bare) >= shortest:
                named[bare][table] = None
    for term in library.glossary.values():
        every = [plain(name) for name in (*term.name, *term.synonyms)]
        for table in dict.fromkeys(table for name in every[:1] for table in named.get(name, {})):
            for name in every:
                if not name.isascii() and len(name) > 1:
                    named[name][table] = None
    return {name: tuple(tables) for name, tables in named.items()}


def tables_in(text: str, library: Library) -> dict[str, tuple[str, ...]]:
    """Return the names of tables in a text in plain spelling, longest first, without overlaps."""
    names, found = table_names(library), {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        shape = (
            re.escape(name) if not name.isascii() else rf"(?<![a-z]){re.escape(name)}s?(?![a-z])"
        )
        if re.search(shape, text):
            found[name] = names[name]
            text = re.sub(shape, " ", text)
    return found


def _names(table: str, library: Library) -> Iterator[str]:
    yield from library.table(table).name
    yield from SAID.get(table, ())
    for block in library.fields.values():
        for field in block.fields.values():
            if field.table == table:
                yield from (*field.label, *field.synonyms)
