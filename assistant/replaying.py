"""Makes an answer again, to see whether it is the one that went out."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from assistant.answer import Answer
from assistant.desk import Desk
from assistant.journal import Kept
from assistant.memory import Earlier
from assistant.shelf import Shelf
from assistant.turn import Question, Turn
from knowledge.text import Text

SENT_FILE = Text(
    "审核的是发来的文件，文件本身不留存，无法重放；请再审核一次该文件",
    "the audit was of a file, and files are not kept; audit the file again",
)
NAMES = {
    "package": Text("程序版本", "package version"),
    "index": Text("索引", "index stamp"),
    "embedder": Text("向量模型", "embedder"),
}


class Replayed(NamedTuple):
    """An answer made again."""

    answer: Answer
    differs: tuple[Text, ...]
    """What is not as it was; empty where the bytes are the same."""


class Then:
    """The memory of one turn: what was known when it was asked, and nothing since."""

    def __init__(self, question: Question, case: str) -> None:
        self._question = question
        self._case = case

    def earlier(self, chat: str) -> Earlier:
        """Return what was said before the turn."""
        return Earlier(self._question.history, None, self._question.findings)

    def note(self, turn: Turn, answer: Answer) -> None:
        """Keep nothing: it is kept already."""

    def open_case(self, turn: Turn) -> str:
        """Return the case that was opened then."""
        return self._case


def replay(kept: Kept, shelf: Shelf, versions: Mapping[str, str]) -> Replayed:
    """Ask a kept question again, on the same day, after the same words, with no language model.

    Args:
        kept: the turn.
        shelf: what answers are made from now.
        versions: those of the program and the index now.
    """
    desk = Desk(shelf, Then(kept.question, kept.case), policy=kept.question.policy)
    answer = desk.ask(kept.question)
    now = msgspec.json.encode(answer)
    same = now == _composed(kept.answer)
    return Replayed(answer, () if same else tuple(_differs(kept, now, versions)))


def _composed(answer: bytes) -> bytes:
    """An answer without the note that a model was asked and its words were not used."""
    held = msgspec.json.decode(answer, type=Answer)
    set_aside = held.narration.startswith("set aside")
    return msgspec.json.encode(msgspec.structs.replace(held, narration="")) if set_aside else answer


def _differs(kept: Kept, now: bytes, versions: Mapping[str, str]) -> Iterator[Text]:
    for name, label in NAMES.items():
        was, is_now = kept.versions.get(name, ""), versions.get(name, "")
        if was != is_now:
            yield Text(
                f"{label.zh}：当时 {was or '无'}，现在 {is_now or '无'}",
                f"{label.en}: then {was or 'none'}, now {is_now or 'none'}",
            )
    before, after = msgspec.json.decode(kept.answer), msgspec.json.decode(now)
    if "worded" in before.get("narration", ""):
        yield Text("当时由语言模型措辞", "a language model worded it then")
    fields = ", ".join(sorted(name for name in after if before.get(name) != after[name]))
    yield Text(f"不同的部分：{fields or '编码'}", f"what differs: {fields or 'the encoding'}")
