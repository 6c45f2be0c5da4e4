"""What a pack has names for, ready for looking up: fields, terms, rows of code tables, laws."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from assistant.understanding.amounts import Amounts
from assistant.understanding.message import HAN, Message
from assistant.understanding.phrases import Phrases, Place
from knowledge.codes import CodeTable, Row
from knowledge.law import names_of
from knowledge.library import Library

TABLES = (
    *("trade_mode", "licence", "country", "currency", "transport_mode", "terms_of_delivery"),
    *("packaging", "levy_mode", "nature_of_levy", "fta_agreement", "container_model"),
    *("entry_type", "declaration_kind", "decl_trn_rel", "customs_district_prefix", "brand_type"),
    *("unit_of_measure", "attached_document", "requested_certificate", "purpose"),
    *("goods_attribute", "manual_no_prefix", "fee_mark", "customs_office", "receipt_status"),
)
"""Tables whose rows people name; a word of two tables is a row of the first."""
LOOSE = frozenset(TABLES[TABLES.index("packaging") :]) - {"levy_mode", "fta_agreement"}
"""Tables whose words are everybody's: they name a row only where a code is asked for."""
BLOCKS = ("header", "items", "containers", "licences", "attached_documents", "requested_certs")
"""Blocks of the form whose labels people say; the first one that has a label owns it."""
COMMON = frozenset(
    [
        "其他",
        "其它",
        "单位",
        "征税",
        "备注",
        "用途",
        "other",
        "others",
        "aid",
        "mail",
        "post",
        "postal",
        "rate",
        "levy",
        "notes",
        "kind",
        "unit",
        "sea-freight",
        "序号",
        "有效期",
        "箱",
        "包",
        "袋",
        "无牌",
        "汇总",
        "数量",
        "金额",
        "保险",
        "证件",
        "标签",
        "押金",
        "开箱",
        "插件",
        "口令",
        "处罚",
        "申报",
        "导入",
        "合同",
        "海关",
        "客户端",
        "驱动",
        "自查",
        "旧设备",
        "海关总署",
        "总署",
        "gacc",
        "中国",
        "china",
        "cn",
        "prc",
        "operator",
        "declarant",
        "customs",
    ]
)
"""Words too common to be taken for a name."""
BRACKETED = re.compile(r"\s*[(（][^)）]*[)）]")
MEANT_AS_CAPITALS = re.compile(r"[A-Z][A-Z/&.-]{0,3}")
SHORT_COUNTRIES = {"us": "USA", "u.s": "USA", "u.s.": "USA", "uk": "GBR", "hk": "HKG"}
Name = tuple[str, str]
"""What is named: `("trade_mode", "0110")`, `("field", "header.net_weight")`, `("term", "提单")`."""


class Vocabulary:
    """The names of a pack; each kind is read when it is first asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._capitals: set[str] = set()

    @cached_property
    def names(self) -> Phrases[Name]:
        """Fields, terms and rows of code tables by what they are called."""
        said = [*self._fields(), *self._rows(), *self._terms()]
        return Phrases((low, name) for word, name in said if (low := self._learnt(word, name)))

    @cached_property
    def tables(self) -> Phrases[str]:
        """Code tables by their names and by the fields that are filled from them."""
        return Phrases(self._table_names())

    @cached_property
    def laws(self) -> Phrases[str]:
        """Instruments by title."""
        held = filter(None, map(self.library.source, self.library.sources()))
        return Phrases((name, source.id) for source in held for name in names_of(source))

    @cached_property
    def amounts(self) -> Amounts:
        """What reads amounts, with the words for the currencies of the table."""
        rows = self.library.table("currency").rows
        return Amounts((word.lower(), row.code) for row in rows for word in (row.code, *_said(row)))

    def find(self, message: Message) -> Iterator[tuple[Place, tuple[Name, ...]]]:
        """Return what a message names, in each place the longest name."""
        for place, names in self.names.longest(message.low):
            if self._as_written(message, place):
                yield place, names

    def _as_written(self, message: Message, place: Place) -> bool:
        """Whether a name that is written in capitals is so here; amid Chinese either will do."""
        low = message.low[place.start : place.end]
        if low not in self._capitals or HAN.search(message.said):
            return True
        said = message.said[place.start : place.end]
        return said.isupper() and not message.said.isupper()

    def _learnt(self, word: str, name: Name) -> str:
        """The word as it is looked up; empty where it is no name to go by."""
        low = BRACKETED.sub("", word).strip().lower()
        if low in COMMON or not low or len(low) < 2 or low.isdigit():
            return ""
        if name[0] not in ("currency", "terms_of_delivery") and MEANT_AS_CAPITALS.fullmatch(word):
            self._capitals.add(low)
        return low

    def _fields(self) -> Iterator[tuple[str, Name]]:
        for block in BLOCKS:
            held = self.library.fields.get(block)
            for name, field in held.fields.items() if held else ():
                named: Name = ("field", f"{block}.{name}")
                also = self.library.glossary.get(field.label.zh)
                for word in (*field.label, *field.synonyms, *(also.synonyms if also else ())):
                    yield word, named
                for word in (f"{block}.{name}", name, field.xml.rpartition("/")[2]):
                    if re.search(r"_|[a-z][A-Z]", word):
                        yield word, named

    def _rows(self) -> Iterator[tuple[str, Name]]:
        for table in self._held():
            for row in table.rows:
                for word in _said(row):
                    two = table.id.endswith(".country") and re.fullmatch(r"[A-Z]{2}", word)
                    if len(word) > 1 and not two:
                        yield word, (_short(table), row.code)
        for short, code in SHORT_COUNTRIES.items():
            self._capitals.add(short)
            yield short, ("country", code)

    def _terms(self) -> Iterator[tuple[str, Name]]:
        for name, term in self.library.glossary.items():
            for word in (*term.name, *term.synonyms):
                yield word, ("term", name)
                if term.table in TABLES[:7] and term.code:
                    yield word, (term.table, term.code)

    def _table_names(self) -> Iterator[tuple[str, str]]:
        for table in self._held():
            short = _short(table)
            yield re.sub(r"代码表$|表$", "", BRACKETED.sub("", table.name.zh)), short
            yield short.replace("_", " "), short
            yield from ((word, short) for word in TABLE_WORDS.get(short, ()))
        for block in self.library.fields.values():
            for field in block.fields.values():
                if field.table in TABLES:
                    words = (*field.label, *field.synonyms)
                    yield from ((BRACKETED.sub("", w).lower(), field.table) for w in words)
        for term in self.library.glossary.values():
            for short in {short for name, short in TABLE_TERMS.items() if name == term.name.zh}:
                yield from ((w.lower(), short) for w in (*term.name, *term.synonyms) if len(w) > 1)

    def _held(self) -> Iterable[CodeTable]:
        held = set(self.library.tables())
        return (self.library.table(name) for name in TABLES if name in held)


TABLE_TERMS = {
    "监管方式": "trade_mode",
    "运输方式": "transport_mode",
    "成交方式": "terms_of_delivery",
    "监管证件": "licence",
    "监管条件": "licence",
    "币制": "currency",
    "征免性质": "nature_of_levy",
    "征减免税方式": "levy_mode",
    "包装种类": "packaging",
    "成交单位": "unit_of_measure",
    "原产国": "country",
    "启运国": "country",
    "运抵国": "country",
    "贸易国": "country",
    "优惠贸易协定代码": "fta_agreement",
    "品牌类型": "brand_type",
}
"""Terms that are filled from a table."""

TABLE_WORDS = {
    "licence": ("license",),
    "customs_district_prefix": ("关区", "关别", "customs district"),
    "customs_office": ("关区", "关别"),
}
"""What else tables are called."""


def _short(table: CodeTable) -> str:
    return table.id.rpartition(".")[2]


def _said(row: Row) -> Iterator[str]:
    yield from row.aliases
    for name in (row.name.zh, row.name.en, row.more.get("full_zh", "")):
        bare = BRACKETED.sub("", name).strip()
        if bare:
            yield bare


@lru_cache(maxsize=4)
def vocabulary(library: Library) -> Vocabulary:
    """Return the names of a library, made once."""
    return Vocabulary(library)
