"""A large made-up corpus: as many articles as wanted, put together from the pack's own clauses.

`python -m benchmarks.made_corpus 60000 FOLDER` writes it as BEIR lays corpora out. The clauses keep the
frequencies of real words, so that speed and memory mean something; the laws, places and goods are made
up. The same pack and number give the same bytes.
"""

import argparse
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.beir import Document, Query, write
from knowledge.library import shipped
from knowledge.numerals import numeral

SEED = 20_261_121
ARTICLES = 60
"""Articles of a law."""
SIGNS = "云川岭泽岩松柏鹤鹭澜渚沅汀崖麓岚曦朔禾菱芦荻棠桐槐榆枫檀楠桦"
OFFICES = ("口岸", "保税区", "自由贸易港", "机场", "铁路场站", "邮件处理中心")
MATTERS = ("查验", "申报", "估价", "检疫", "许可证件", "减免税", "舱单", "加工贸易", "退运", "核销")
FORMS = ("管理办法", "监管办法", "实施细则", "暂行规定", "条例", "操作规程")
GOODS = (
    "轴承",
    "涂料",
    "种子",
    "滤芯",
    "织物",
    "奶粉",
    "电池",
    "阀门",
    "试剂",
    "木材",
    "钢管",
    "仪表",
)
ASKING = ("{goods}{clause}吗？", "请问{goods}：{clause}怎么办", "{clause}，{goods}要怎么做？")


class MadeUp(NamedTuple):
    """A made-up corpus with its questions."""

    documents: tuple[Document, ...]
    queries: tuple[Query, ...]


def made_up(count: int, asked: int = 300) -> MadeUp:
    """Return so many articles, and questions each of which one of them answers."""
    chance = random.Random(SEED)
    documents, wanted = [], set(chance.sample(range(count), min(asked, count)))
    queries = []
    for number in range(count):
        document, goods, said = _article(number, chance)
        documents.append(document)
        if number in wanted:
            text = chance.choice(ASKING).format(goods=goods, clause=said)
            queries.append(Query(f"q{number}", text, {document.id: 1.0}))
    return MadeUp(tuple(documents), tuple(queries))


def _article(number: int, chance: random.Random) -> tuple[Document, str, str]:
    """An article, the goods it is about and a clause of it."""
    law, place = number // ARTICLES, number % ARTICLES + 1
    goods = _name(chance) + chance.choice(GOODS)
    picked = [chance.choice(_clauses()) for _ in range(chance.randint(3, 12))]
    text = f"{_law(law).partition('（')[0]}范围内的{goods}，" + "，".join(picked) + "。"
    title = f"{_law(law)}第{numeral(place)}条"
    return Document(f"a{number:06}", title, text), goods, chance.choice(picked)


@lru_cache(maxsize=64)
def _law(number: int) -> str:
    """The title of a law: the same number gives the same title."""
    chance = random.Random(SEED + number)
    return (
        _name(chance)
        + chance.choice(OFFICES)
        + chance.choice(MATTERS)
        + chance.choice(FORMS)
        + f"（第{number + 1}号）"
    )


def _name(chance: random.Random) -> str:
    return "".join(chance.sample(SIGNS, 2))


@lru_cache(maxsize=1)
def _clauses() -> tuple[str, ...]:
    """What the laws and problems of the pack say in Chinese, cut at the stops."""
    return tuple(clause for text in _texts() for clause in _cut(text))


def _texts() -> Iterator[str]:
    library = shipped()
    for name in library.sources():
        if source := library.source(name):
            yield from (text.zh for text in source.places.values())
    yield from (problem.body.zh for problem in library.problems().values())


def _cut(text: str) -> Iterator[str]:
    bare = re.sub(r"\[[^\]]*\]", "", text)
    return (each.strip() for each in re.split(r"[，。；：\n]", bare) if 5 < len(each.strip()) < 40)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("folder", type=Path)
    given = options.parse_args()
    write(given.folder, *made_up(given.count))
