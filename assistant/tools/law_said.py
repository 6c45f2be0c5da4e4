"""What an instrument or one of its articles says on a day, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from assistant.shelf import Shelf
from assistant.tools.law_named import Wanted
from assistant.tools.saying import confirmed, lasting, shortened, standing, titled, told
from assistant.turn import Sentence
from knowledge.importing.store import Wording
from knowledge.law import in_force
from knowledge.sources import Source
from knowledge.text import Language, Text

State = Literal["in force", "not in force", "unknown place", "unknown law"]
OFFICIAL, DIGEST, WHOLE_DIGEST = 300, 320, 110
"""Most characters of an official wording, of a digest, and of one of several."""
PLACES, LISTED = 4, 20
"""Places of an instrument that are told at once, and that are listed."""
LABEL = re.compile(r"^第[^条]{1,8}条(?:之.)?[\s　]*")
ARTICLES = re.compile(r"-(?:law|reg|order)-")
ISO = re.compile(r"\d{4}-\d\d-\d\d")
NAMED_ARTICLES = re.compile(r"第([\d、，]+)条|articles? ([\d, and]+)")
DIFFER = Text("两者条号不同，请按内容查", "Article numbers differ, so look it up by what it says")


class Found(NamedTuple):
    """What is said of one article on one day."""

    state: State
    id: str
    sentences: tuple[Sentence, ...]


def found(wanted: Wanted, day: date, lang: Language, shelf: Shelf) -> Found:
    """Return what is law on a day, what is law instead, or which articles are known."""
    sources = [source for source in map(shelf.library.source, wanted.ids) if source]
    held = [source for source in sources if source.span.covers(day)]
    for source in held:
        if said := tuple(_of(source, wanted.place, day, lang, shelf)):
            return Found("in force", source.id, said)
    if held:
        return Found(
            "unknown place", held[0].id, tuple(_no_place(held[0], wanted.place, day, lang, shelf))
        )
    if sources:
        return Found("not in force", sources[0].id, tuple(_instead(sources[0], day, lang, shelf)))
    return _imported_only(wanted, day, lang, shelf)


def _of(source: Source, place: str, day: date, lang: Language, shelf: Shelf) -> Iterator[Sentence]:
    if not place:
        yield from _whole(source, day, lang)
        return
    digest, wording = source.places.get(place), _wording(source.id, place, day, shelf)
    if wording and (lang == "zh" or digest is None):
        yield _official(wording, lang, shelf)
    elif digest:
        yield _digest(source, place, digest, lang)
    if wording or digest:
        yield from _warning(source, place, day, lang)


def _official(wording: Wording, lang: Language, shelf: Shelf) -> Sentence:
    held = wording.held
    said = shortened(LABEL.sub("", wording.text), OFFICIAL)
    label = labelled(held.id, wording.place)
    text = Text(
        f"《{held.title}》{label.zh}（原文，{held.since}起的文本）：{said}",
        f"{held.title}, {label.en} (official wording, in Chinese, of the text since {held.since}): {said}",
    )
    cite = f"{held.id}@{held.version}#{wording.place.partition('.')[0]}"
    known = (cite,) if cite in shelf.passages else ()
    return told(text, lang, *known, shown=() if known else (said, wording.place))


def _digest(source: Source, place: str, digest: Text, lang: Language) -> Sentence:
    label, how = labelled(source.id, place), standing(source.statuses.get(place, source.status))
    title = titled(source)
    text = Text(
        f"{title.zh}{label.zh}{how.zh}：{shortened(digest.zh, DIGEST)}",
        f"{title.en}, {label.en}{how.en}: {shortened(digest.en, DIGEST)}",
    )
    return told(text, lang, f"{source.id}#{place}")


def _whole(source: Source, day: date, lang: Language) -> Iterator[Sentence]:
    title, days, how = titled(source), lasting(source.span), standing(source.status)
    told_of = Text(f"（{days.zh}）" if days.zh else "", f" ({days.en})" if days.en else "")
    first, *others = _told_first(source)
    digest = source.places[first]
    label = labelled(source.id, first)
    most = DIGEST if not others else WHOLE_DIGEST * 2
    text = Text(
        f"{title.zh}{told_of.zh}{how.zh}：{_before(label.zh)}{shortened(digest.zh, most)}",
        f"{title.en}{told_of.en}{how.en}: {_before(label.en)}{shortened(digest.en, most)}",
    )
    yield told(text, lang, f"{source.id}#{first}")
    for place in others:
        digest, label = source.places[place], labelled(source.id, place)
        text = Text(*(f"{_before(label[n])}{shortened(digest[n], WHOLE_DIGEST)}" for n in (0, 1)))
        yield told(text, lang, f"{source.id}#{place}")
    yield from _warning(source, "", day, lang)
    numbered = [place for place in source.places if place.isdigit()]
    if len(numbered) > len(others) + 1:
        yield _more(source, numbered, lang)


def _told_first(source: Source) -> list[str]:
    """The general remarks where there are any, else the first articles."""
    if "general" in source.places:
        return ["general"]
    own = [place for place in source.places if place != "trap"] or list(source.places)
    return own[:PLACES] if len(own) <= PLACES + 2 else own[:2]


def _more(source: Source, numbered: Sequence[str], lang: Language) -> Sentence:
    listed, more = numbered[:LISTED], len(numbered) > LISTED
    text = Text(
        f"已收录第{'、'.join(listed)}条{'等' if more else ''}，可以按条问",
        f"Known articles: {', '.join(listed)}{' and more' if more else ''}; ask for one of them",
    )
    return told(text, lang, shown=tuple(numbered))


def _warning(source: Source, place: str, day: date, lang: Language) -> Iterator[Sentence]:
    """What has changed since a digest was law, where that concerns the article asked for."""
    trap = source.places.get("trap")
    if trap is None or not _concerns(trap, place) or not _begun(trap, day):
        return
    mark = confirmed(source.statuses.get("trap", source.status))
    text = Text(
        f"注意：{shortened(trap.zh, DIGEST)}{mark.zh}",
        f"Note: {shortened(trap.en, DIGEST)}{mark.en}",
    )
    yield told(text, lang, f"{source.id}#trap")


def _concerns(trap: Text, place: str) -> bool:
    own = re.search(r"本法第([\d、]+)条", trap.zh)
    return not (own and place) or place in own[1].split("、")


def _begun(trap: Text, day: date) -> bool:
    first = ISO.search(trap.zh)
    return first is None or date.fromisoformat(first[0]) <= day


def _instead(source: Source, day: date, lang: Language, shelf: Shelf) -> Iterator[Sentence]:
    """That it is not law that day, what its digest warns of, and what is law instead."""
    title, span = titled(source), source.span
    cite = f"{source.id}#{'trap' if 'trap' in source.places else next(iter(source.places))}"
    over = span.until is not None and span.until < day
    text = Text(
        f"{title.zh}在{day}{f'已不是现行法，有效到{span.until}为止' if over else f'还没有施行，{span.since}起才施行'}",
        f"{title.en} {f'is no longer law on {day}: it ended after {span.until}' if over else f'is not yet law on {day}: it is in force since {span.since}'}",
    )
    yield told(text, lang, cite)
    trap = source.places.get("trap")
    if over and trap:
        mark = confirmed(source.statuses.get("trap", source.status))
        yield told(Text(trap.zh + mark.zh, trap.en + mark.en), lang, f"{source.id}#trap")
    others = in_force(source, day, shelf.library)
    for other in others:
        yield _other(other, lang)
    if others:
        yield told(DIFFER, lang)
    if not others and not (over and trap):
        text = Text(
            "那天由什么代替，资料库没有记载", "What was law instead that day is not known here"
        )
        yield told(text, lang)


def _other(other: Source, lang: Language) -> Sentence:
    title, days = titled(other), lasting(other.span)
    since = Text(f"（{days.zh}）", f" ({days.en})") if days.zh else Text("", "")
    text = Text(f"那天有效的是{title.zh}{since.zh}", f"Law that day is {title.en}{since.en}")
    return told(text, lang, f"{other.id}#{next(iter(other.places))}")


def _no_place(
    source: Source, place: str, day: date, lang: Language, shelf: Shelf
) -> Iterator[Sentence]:
    title, label = titled(source), labelled(source.id, place)
    versions = shelf.texts.versions(source.id) if shelf.texts else ()
    if any(held.span.covers(day) for held in versions):
        text = Text(
            f"导入的{title.zh}文本没有{label.zh}，请核对条号",
            f"The imported text of {title.en} has no {label.en}; check the number",
        )
        yield told(text, lang, shown=(place, *title))
        return
    numbered = [name for name in source.places if name.isdigit()]
    text = Text(
        f"资料库没有收录{title.zh}{label.zh}，不能据此说它不存在",
        f"{label.en} of {title.en} is not held here, which does not mean that there is none",
    )
    yield told(text, lang, shown=(place, *title))
    if numbered:
        yield _more(source, numbered, lang)
    yield way_out(lang)


def way_out(lang: Language) -> Sentence:
    """Return how an official text gets in."""
    text = Text(
        "把官方文本导入后即可查原文：declarant knowledge import 文件 --site 数据文件夹",
        "Import the official text to look it up: declarant knowledge import FILE --site DIR",
    )
    return told(text, lang)


def _imported_only(wanted: Wanted, day: date, lang: Language, shelf: Shelf) -> Found:
    """Of an instrument that the site holds and the pack does not know."""
    law = wanted.ids[0]
    if wanted.place and (wording := _wording(law, wanted.place, day, shelf)):
        return Found("in force", law, (_official(wording, lang, shelf),))
    held = shelf.texts.versions(law) if shelf.texts else ()
    days = "、".join(str(each.since) for each in held)
    text = Text(
        f"导入的《{held[0].title if held else law}》里没有找到这一条（{day}），已有文本的施行日：{days}",
        f"No such article on {day} in the imported {held[0].title if held else law}; held texts are in force since: {days}",
    )
    shown = (held[0].title,) if held else ()
    return Found("unknown place", law, (told(text, lang, shown=shown),))


def _wording(id: str, place: str, day: date, shelf: Shelf) -> Wording | None:
    return shelf.texts.article(id, place, day) if shelf.texts else None


def labelled(id: str, place: str) -> Text:
    """Return what a place is called: an article of a law, an item of an announcement."""
    if not place[:1].isdigit():
        return Text("", "")
    if ARTICLES.search(id):
        return Text(f"第{place}条", f"Article {place}")
    return Text(f"第{place}项", f"item {place}")


def _before(label: str) -> str:
    return (
        f"{label[:1].upper()}{label[1:]}: "
        if label.isascii() and label
        else f"{label}："
        if label
        else ""
    )
