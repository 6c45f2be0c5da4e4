"""The desk: the one object the outside talks to."""

import hashlib
from pathlib import Path

import msgspec

from assistant.answer import Answer, answer_of, rest_of
from assistant.audits import audit_of, noted, pasted, summary
from assistant.memory import Memory, NoMemory
from assistant.pipeline import Voice, pipeline
from assistant.searchable import SHIPPED, index_of
from assistant.shelf import Shelf
from assistant.tools.every import every_tool
from assistant.turn import Policy, Question, Turn
from assistant.understanding.language import language_of
from auditors.engine import VERSION
from auditors.render.audited import Audited
from auditors.rule import Profile
from knowledge.importing import Store
from knowledge.library import Library, shipped

CACHE = Path("~/.cache/declarant/index")
"""Where the index lies for somebody without a site."""
MORE = frozenset(("更多", "还有呢", "继续", "more", "go on", "the rest"))
"""Messages that ask for the rest of the last answer."""


class Desk:
    """Answers questions and audits drafts; opened once and asked by many."""

    def __init__(
        self,
        shelf: Shelf,
        memory: Memory | None = None,
        *,
        policy: Policy = "normal",
        voice: Voice | None = None,
    ) -> None:
        self.shelf = shelf
        self.policy = policy
        self._memory = memory or NoMemory()
        self._voice = voice
        self._answer = pipeline(shelf, every_tool(), self._memory.open_case, voice)

    @classmethod
    def open(cls, site: Path | None = None, library: Library | None = None) -> "Desk":
        """Open a desk over the shipped pack and, where there is a site, its imported texts.

        Nothing is remembered; `assistant.opening` opens the desk of a site with its memory.

        Raises:
            OSError: the index cannot be kept in its folder.
            PackError: a file of the pack or of the site cannot be used.
        """
        return cls(shelf_of(site, library))

    def remembering(self, memory: Memory) -> "Desk":
        """Return a desk over the same shelf that remembers elsewhere: that of another organisation."""
        return Desk(self.shelf, memory, policy=self.policy, voice=self._voice)

    def ask(self, question: Question) -> Answer:
        """Answer one question; a pasted draft is audited."""
        question = self._with_past(question)
        if draft := pasted(question.text):
            return self.audit(draft, "", question)[0]
        if question.text.strip().lower() in MORE and question.chat:
            last = self._memory.earlier(question.chat).last
            if last and (rest := rest_of(last)):
                return rest
        return self._finished(self._answer(question))

    def audit(
        self, content: bytes, name: str, question: Question, profile: Profile = "default"
    ) -> tuple[Answer, Audited]:
        """Audit a draft that was sent or pasted, and return a short summary and the whole report.

        Args:
            content: the bytes of the file.
            name: its name; empty where it was pasted.
            question: what was said with it, by whom, in which chat; its day is the day to audit on
                where the draft names none.
            profile: `strict` takes errors whose legal text was not read as errors.
        """
        given = audit_of(content, name, self.shelf.library, None, profile)
        lang = question.lang or language_of(question.text if name else "", "zh")
        question = question._replace(findings=noted(given.report))
        return self._finished(summary(given.report, question, lang)), given

    def _with_past(self, question: Question) -> Question:
        if not question.chat or question.history:
            return question
        earlier = self._memory.earlier(question.chat)
        return question._replace(history=earlier.history, findings=earlier.findings)

    def _finished(self, turn: Turn) -> Answer:
        answer = answer_of(turn, self.shelf, trace_of(turn.question, self.shelf))
        self._memory.note(turn, answer)
        return answer


def shelf_of(
    site: Path | None = None,
    library: Library | None = None,
    *,
    embedder: str = SHIPPED,
    store: str = "auto",
    cross_encoder: str = "",
) -> Shelf:
    """Return the shelf of a site, of the shipped pack alone where none is named.

    Args:
        site: the folder of its data.
        library: the pack, by default the one shipped.
        embedder: the setting of the dense lane: `shipped`, `none`, or a model on this machine.
        store: where vectors are looked up: `auto`, `scan`, `chroma`, or a Chroma server.
        cross_encoder: a model that puts the first hits in order; empty for none.

    Raises:
        OSError: the index cannot be kept in its folder.
        PackError: a file of the pack or of the site cannot be used.
    """
    held = library or shipped()
    texts = Store(site) if site else None
    home = site / "index" if site else CACHE.expanduser()
    index = index_of(held, home, texts, embedder, store=store, cross_encoder=cross_encoder)
    return Shelf(held, index, texts)


def trace_of(question: Question, shelf: Shelf) -> str:
    """Return the id of a turn: the same question over the same knowledge has the same one."""
    said = question._replace(text=question.text.encode("utf-8", "replace").decode())
    told = msgspec.json.encode([said, shelf.index.content, VERSION])
    return hashlib.sha256(told).hexdigest()[:20]
