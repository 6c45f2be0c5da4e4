"""Documents of any corpus as passages of the index."""

import re
from collections.abc import Iterator, Sequence

from benchmarks.beir import Document
from knowledge.numerals import SIGNS, number_of
from knowledge.passage import Passage
from knowledge.text import Text

ARTICLE = re.compile(
    rf"第\s*([{SIGNS}]{{1,9}})\s*条(?:之([{SIGNS}]{{1,3}}))?(?=第|[^\u3400-\u9fff]|$)|\bart(?:icle|\.)\s*(\d{{1,4}})\b",
    re.I,
)
HEADING = re.compile(
    rf"\s+第[{SIGNS}]{{1,9}}[编章节].*$|\s+(?:chapter|part|title)\s+[0-9ivxlc]+\b.*$", re.I
)
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]")


def passages_of(
    documents: Sequence[Document], jurisdiction: str = "cn"
) -> Iterator[tuple[str, Passage]]:
    """Return each document's id and its passage: a place of its title where an article is named."""
    taken = {document.id for document in documents}
    for document in documents:
        entry, place = entry_and_place(document)
        name = f"{entry}#{place}"
        name = document.id if not place or name in taken else name
        taken.add(name)
        yield (
            document.id,
            Passage(
                id=name,
                entry=entry,
                place=place,
                kind="source",
                title=_said(document.title),
                text=_said(document.text),
                names=(entry,) if place and document.title else (),
                jurisdiction=jurisdiction,
            ),
        )


def entry_and_place(document: Document) -> tuple[str, str]:
    """Return the title of a law without headings and article, and the article's number.

    The number stands in the title, else at the very start of the text; without one the document is no
    article, and its whole title is the entry.

    >>> entry_and_place(Document("7", "刑法第二百三十三条之一", "…"))
    ('刑法', '233-1')
    >>> entry_and_place(Document("7", "海关法 第一章 总则", "第二条　……"))
    ('海关法', '2')
    >>> entry_and_place(Document("7", "Customs Act", "Article 12. Goods …"))
    ('Customs Act', '12')
    >>> entry_and_place(Document("7", "", "Cats sleep."))
    ('7', '')
    """
    titled = ARTICLE.search(document.title)
    found = titled or ARTICLE.match(document.text.lstrip())
    if not found:
        return document.title or document.id, ""
    entry = document.title
    if titled:
        entry = f"{entry[: titled.start()]} {entry[titled.end() :]}"
    entry = HEADING.sub("", entry).strip(" \t\u3000-—,，:：·")
    return entry or document.title or document.id, _place(found)


def _place(found: re.Match[str]) -> str:
    main, after, english = found.groups()
    number = english or number_of(main)
    return f"{number}-{number_of(after)}" if after else str(number or main)


def _said(text: str) -> Text:
    """The text in the slot of its language; a Chinese character tells as much as four letters."""
    chinese = len(HAN.findall(text)) * 4 > len(LATIN.findall(text))
    return Text(text, "") if chinese else Text("", text)
