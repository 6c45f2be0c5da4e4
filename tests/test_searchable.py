"""Imported texts are found article by article, each with its place in the official text."""

from datetime import date
from pathlib import Path

from assistant.searchable import index_of
from knowledge.importing import Given, Store, import_file
from knowledge.library import Library
from tests.knowledge.small_pack import small_pack

DAY = date(2026, 11, 21)
LAW = """# 中华人民共和国船员通关法

2024年4月26日 第十四届全国人民代表大会常务委员会第九次会议通过

## 第一章 总则

第一条 为了方便船员通关，制定本法。

第二条 船员携带的自用物品，免予申报。
超过自用数量的，应当向海关申报。

## 第二章 附则

第三条 本法自2024年12月1日起施行。
"""


def test_an_article_tells_where_it_stands_in_the_official_text(tmp_path: Path) -> None:
    """Its characters there are the end of the passage's text, word for word."""
    file = tmp_path / "船员通关法.md"
    file.write_text(LAW, "utf-8")
    store = Store(tmp_path / "site")
    store.keep(import_file(file, Given()).texts)
    index = index_of(Library(small_pack(tmp_path / "pack")), tmp_path / "index", store)
    hit = index.find("船员的物品超过自用数量的要向海关申报吗", DAY)[0]
    (held,) = store.held()
    whole = "".join(piece.text for piece in store.pieces(held))
    assert hit.passage.place == "2"
    assert hit.passage.at
    said = whole[slice(*hit.passage.at)]
    assert said.startswith("第二条")
    assert hit.passage.text.zh.endswith(said)
    assert hit.marks.zh
    assert "超过自用数量" in hit.passage.text.zh[slice(*hit.marks.zh.sentence)]
    assert hit.marks.en is None
