"""Which trade mode (监管方式) fits: a short choice, at most one question a turn."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.shelf import Shelf
from assistant.tools.asking import asked_in
from assistant.tools.saying import confirmed, shortened, told
from assistant.tools.tool import Tool
from assistant.turn import Said, Sentence, Turn, Worked
from knowledge.index.terms import plain
from knowledge.parameters import load_yaml
from knowledge.text import Language, Text

FILE = Path(__file__).with_name("trade_mode.yaml")
FIRST = "purpose"
MODE = r"(?:监管方式|贸易方式|监管代码)"
ASKS = re.compile(
    rf"(?:用|走|选|报|填|按|属于|适用|是)(?:什么|哪个|哪种|哪一种|啥|哪些|何种)(?:海关)?{MODE}|(?:什么|哪个|哪种|哪一种|啥){MODE}|"
    rf"{MODE}(?:应该|应|该|要|得)?(?:怎么|如何|咋)?(?:选|确定|判断|报|填)?(?:什么|哪个|哪种|啥)|{MODE}(?:应该|应|该|要)?(?:怎么|如何|咋)(?:选|确定|判断|定)|"
    r"(?:which|what) (?:customs |supervision )?(?:trade mode|customs procedure|procedure code|supervision mode|mode of trade)|"
    r"(?:choose|pick|select|right|correct|suitable) (?:a |the )?(?:trade mode|customs procedure)"
)
WHAT_IT_IS = re.compile(
    rf"{MODE}(?:代码)?(?:是什么意思|是什么$|是啥|指什么|[a-z]?\d)|what is (?:a|the|an)?\s*(?:trade mode|customs procedure)\??$|(?:trade mode|procedure) (?:code )?\d"
)
CODE = re.compile(r"(?<!\d)\d{4}(?!\d|年)")
"""Who names a mode by its code asks what it is."""
MOST_CHARACTERS = 110
NUMBERED = re.compile(r"^(?:选|第|option|no\.?)?\s*([1-9])\s*(?:个|项|种|号)?[.、)]?$")


class Option(NamedTuple):
    """One way to answer a question, and where it leads."""

    say: Text
    words: tuple[str, ...]
    next: str
    mode: str
    places: tuple[str, ...]


class Choice(NamedTuple):
    """One question with its options."""

    id: str
    ask: Text
    options: tuple[Option, ...]


def answer(turn: Turn, shelf: Shelf) -> Worked | None:
    """Return the next question, or the mode the answers lead to."""
    begun = _begun(turn)
    text = plain(asked_in(turn))
    if not begun and (not ASKS.search(text) or WHAT_IT_IS.search(text) or CODE.search(text)):
        return None
    told_before, answered = _conversation(turn) if begun else (text, {})
    return _walk(told_before, answered, turn, shelf)


@cache
def choices() -> Mapping[str, Choice]:
    """Return the questions by id."""
    held = load_yaml(FILE.read_text("utf-8"))
    return {
        each["id"]: Choice(each["id"], _both(each["ask"]), tuple(map(_option, each["options"])))
        for each in held
    }


def _option(held: Mapping[str, Any]) -> Option:
    return Option(
        say=_both(held["say"]),
        words=tuple(plain(word) for word in held["words"]),
        next=held.get("next", ""),
        mode=held.get("mode", ""),
        places=tuple(held.get("places", ())),
    )


def _both(held: Mapping[str, str]) -> Text:
    return Text(held["zh"], held["en"])


def _begun(turn: Turn) -> bool:
    """Whether the last thing said to the asker was one of these questions, and this answers it."""
    last = next(
        (said for said in reversed(turn.question.history) if said.role == "assistant"), None
    )
    choice = _choice_in(last) if last else None
    return choice is not None and bool(_picked(choice, plain(turn.question.text)))


def _choice_in(said: Said) -> Choice | None:
    asked = (each for each in choices().values() if any(ask in said.content for ask in each.ask))
    return next(asked, None)


def _conversation(turn: Turn) -> tuple[str, dict[str, str]]:
    """What was told before the first question of the last run of them, and what was answered."""
    said = [*turn.question.history, Said("user", turn.question.text)]
    answered: dict[str, str] = {}
    at = len(said) - 1
    while at > 0 and (choice := _choice_in(said[at - 1])) and said[at - 1].role == "assistant":
        answered[choice.id] = plain(said[at].content)
        at -= 2
    return plain(said[at].content) if at >= 0 else "", answered


def _walk(text: str, answered: Mapping[str, str], turn: Turn, shelf: Shelf) -> Worked:
    """Follow what is known from the first question on; ask the first one that is open."""
    choice = choices()[FIRST]
    while True:
        given = answered.get(choice.id, "")
        picked = _picked(choice, given) if given else ()
        picked = picked or _spoken(choice, " ".join((text, *answered.values())))
        if len(picked) != 1:
            return _question(choice, picked or choice.options, turn.lang)
        if picked[0].mode:
            return _mode(picked[0], turn, shelf)
        choice = choices()[picked[0].next]


def _picked(choice: Choice, given: str) -> tuple[Option, ...]:
    """The options an answer means: by number, by label, or by what people say."""
    bare = given.strip(" 。.！!？?")
    if (number := NUMBERED.match(bare)) and int(number[1]) <= len(choice.options):
        return (choice.options[int(number[1]) - 1],)
    labelled = tuple(each for each in choice.options if bare in map(plain, each.say))
    return labelled or _spoken(choice, given)


def _spoken(choice: Choice, text: str) -> tuple[Option, ...]:
    """The options whose words a text holds; a word within a longer one of another does not count."""
    found = {
        option: [word for word in option.words if _stands(word, text)] for option in choice.options
    }
    words = [word for each in found.values() for word in each]
    kept = {
        option: [
            word for word in own if not any(word != other and word in other for other in words)
        ]
        for option, own in found.items()
    }
    return tuple(option for option, own in kept.items() if own)


def _stands(word: str, text: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def _question(choice: Choice, options: tuple[Option, ...], lang: Language) -> Worked:
    return Worked(
        tool="trade_mode",
        sentences=(told(choice.ask, lang),),
        data={"question": choice.id},
        status="clarify",
        suggestions=tuple(option.say.said_in(lang) for option in options),
    )


def _mode(option: Option, turn: Turn, shelf: Shelf) -> Worked:
    return Worked(
        tool="trade_mode",
        sentences=tuple(_told(option, turn, shelf)),
        data={"mode": option.mode},
    )


def _told(option: Option, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    row, lang = shelf.library.table("trade_mode").known(option.mode), turn.lang
    if row is None:
        return
    mark, full = confirmed(row.status), row.more.get("full_zh", "")
    more = f"：{full}" if full and full != row.name.zh else ""
    text = Text(
        f"监管方式 {row.code} {row.name.zh}{more}{mark.zh}",
        f"Trade mode {row.code}: {row.name.en}{mark.en}",
    )
    yield told(text, lang, f"trade_mode#{row.code}")
    if not row.span.covers(turn.day):
        text = Text(
            f"它在{turn.day}还不能用，{row.span.since}起才有",
            f"It is not in use on {turn.day}; it began on {row.span.since}",
        )
        yield told(text, lang)
    for place in option.places:
        yield from _condition(place, turn, shelf)


def _condition(place: str, turn: Turn, shelf: Shelf) -> Iterator[Sentence]:
    """What a cited place says, where it is law that day."""
    passage = shelf.passages.get(place)
    if passage is None or not passage.span.covers(turn.day):
        return
    mark = confirmed(passage.status)
    said = Text(
        *(shortened(each, MOST_CHARACTERS * (n + 1)) for n, each in enumerate(passage.text))
    )
    yield told(Text(f"{said.zh}{mark.zh}", f"{said.en}{mark.en}"), turn.lang, place)


TOOL = Tool("trade_mode", explicit=True, answer=answer)
