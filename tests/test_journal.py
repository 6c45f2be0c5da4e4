"""The journal: what is kept of a turn, who may read it, and what is forgotten."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, event, select, text

from assistant.answer import Answer, Stated
from assistant.journal import REMEMBERED, Journal
from assistant.memory import Earlier
from assistant.sparing import Sparing
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.sealing import Seal, Unsealable
from assistant.storage.tables import counts, turns
from assistant.turn import Amount, Mentions, Noted, Question, Said, Sentence, Turn, Understood
from knowledge.text import Text
from tests.reports import HOME

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
PHONE = "13812345678"
NOTED = Noted(
    1, "CN-W001", "error", Text("净重", "Net weight"), Text("净重 90 大于毛重 80", "90 > 80"), (), Text("", "")
)  # fmt: skip


class Clock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the moment it is set to."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def journal(database: Engine, tmp_path: Path, clock: Clock) -> Journal:
    """Return an empty journal in a database of each kind."""
    return Journal(database, Seal.of(tmp_path), {"package": "1", "index": "abc"}, now=clock)


def turn_of(said: str, answer: str = "好的", chat: str = "group-7", **more: Any) -> Turn:
    """Return a finished turn."""
    question = Question(said, DAY, chat=chat, findings=more.pop("findings", ()))
    understood = Understood("question", "zh", said, more.pop("mentions", Mentions()))
    shown = more.pop("shown", ())
    said_back = (Sentence(answer, ("cn-law-customs#24",), shown),)
    return Turn(question, understood, sentences=said_back, confidence=0.9, **more)


def answer_to(turn: Turn, trace: str = "t-1") -> Answer:
    """Return what goes out for a turn."""
    return Answer(
        id=trace,
        status=turn.status,
        kind=turn.understood.kind,
        lang=turn.lang,
        as_of=turn.day,
        text="\n".join(each.text for each in turn.sentences),
        sentences=tuple(Stated(each.text, each.cites) for each in turn.sentences),
        citations=(),
        confidence=turn.confidence,
        policy=turn.question.policy,
        suggestions=turn.suggestions,
        tool={},
        trace=trace,
        case=turn.case,
    )


def note(
    journal: Journal, said: str, answer: str = "好的", trace: str = "t-1", **more: Any
) -> Answer:
    """Keep a turn and return its answer."""
    turn = turn_of(said, answer, **more)
    given = answer_to(turn, trace)
    journal.note(turn, given)
    return given


def test_a_turn_is_kept_masked_and_comes_back_whole(journal: Journal, database: Engine) -> None:
    """The row can be read without a name or number in it; unsealed, the words and bytes are there."""
    given = note(journal, f"联系人张伟 {PHONE}，净重怎么填")
    row = _rows(database)[0]
    assert row["question"] == "联系人〔姓名1〕 〔电话1〕，净重怎么填"
    assert (row["trace"], row["organisation"], row["channel"], row["chat"]) == (
        "t-1",
        "local",
        "cli",
        "group-7",
    )
    assert (row["moment"], row["day"], row["status"]) == (NOW, DAY, "answer")
    assert row["versions"] == {"index": "abc", "package": "1"}
    kept = journal.kept("t-1")
    assert kept is not None
    assert kept.question.text == f"联系人张伟 {PHONE}，净重怎么填"
    assert kept.answer == msgspec.json.encode(given)
    assert journal.kept("t-none") is None


@pytest.mark.parametrize(
    "said, answer, more",
    [
        (f"我的电话{PHONE}", f"已记下{PHONE}", {}),
        ("我叫张伟，怎么改单", "张伟您好", {}),
        (
            "货值123456元交多少税",
            "123456 × 10% = 12345.6",
            {
                "mentions": Mentions(amounts=(Amount("123456", "CNY", "123456元"),)),
                "shown": ("123456", "12345.6"),
                "data": {"value": "123456"},
                "origin": "tool:tax",
            },
        ),
        ("第二条怎么改", "净重 90 大于毛重 80", {"origin": "tool:finding", "findings": (NOTED,)}),
        (
            '{"header": {"consignee_name": "Zhang Wei 张伟", "n": "1"}}',
            "净重 90",
            {"origin": "audit"},
        ),
    ],
    ids=["phone", "name", "sum", "finding", "draft"],
)
def test_no_column_tells_what_belongs_to_somebody(
    journal: Journal, database: Engine, said: str, answer: str, more: dict[str, Any]
) -> None:
    """No readable column holds a number, a name, a price or a value of a draft."""
    note(journal, said, answer, **more)
    row = {name: value for name, value in _rows(database)[0].items() if name != "sealed"}
    told = json.dumps(row, ensure_ascii=False, default=str)
    for secret in (PHONE, "张伟", "123456", "12345.6", "净重 90", "Zhang"):
        assert secret not in told, secret


def test_what_the_law_says_stays_readable(journal: Journal, database: Engine) -> None:
    """Sentences of the pack keep their amounts: they are nobody's."""
    note(journal, "个人物品限值多少", "个人年度交易限值为人民币26000元")
    assert "26000元" in _rows(database)[0]["answer"]["sentences"][0]["text"]


def test_a_conversation_is_remembered_and_never_another(journal: Journal) -> None:
    """The last messages of a chat come back in order, with the last answer, and of no other chat."""
    for number in range(5):
        note(journal, f"问{number}", f"答{number}", trace=f"t-{number}")
    note(journal, "别群的问题", chat="group-8")
    note(journal.within("other", "cli"), "别家的问题")
    note(journal.within("local", "telegram"), "别处的问题")
    earlier = journal.earlier("group-7")
    assert earlier.history == tuple(
        said
        for number in (2, 3, 4)
        for said in (Said("user", f"问{number}"), Said("assistant", f"答{number}"))
    )
    assert len(earlier.history) == REMEMBERED
    assert earlier.last is not None
    assert earlier.last.trace == "t-4"
    assert journal.earlier("group-9") == Earlier()


def test_questions_outside_a_conversation_are_not_remembered(journal: Journal) -> None:
    """Where no chat is named, two askers see nothing of each other."""
    note(journal, "问", chat="")
    assert journal.earlier("") == Earlier()


def test_the_findings_last_talked_about_are_remembered(journal: Journal) -> None:
    """The report of an audit can be spoken of afterwards."""
    note(journal, "审核", findings=(NOTED,), origin="audit")
    note(journal, "谢谢")
    assert journal.earlier("group-7").findings == (NOTED,)


def test_a_pasted_draft_does_not_swell_the_conversation(journal: Journal) -> None:
    """Of a pasted draft the conversation holds that it was one, and long messages are cut."""
    note(journal, '{"header": {"net_weight": "' + "9" * 50_000 + '"}}', origin="audit")
    note(journal, "长" * 50_000)
    said = [each.content for each in journal.earlier("group-7").history if each.role == "user"]
    assert said[0] == "〔报关单草稿〕"
    assert len(said[1]) == 2_000


def test_another_key_opens_no_turn(journal: Journal, database: Engine, tmp_path: Path) -> None:
    """With another key a conversation begins anew, and a turn is told to be sealed."""
    note(journal, "问")
    other = Journal(database, Seal.of(tmp_path / "other"))
    assert other.earlier("group-7") == Earlier()
    with pytest.raises(Unsealable):
        other.kept("t-1")


@pytest.mark.parametrize(
    "said", ["净\0重", "x" * 100_000, "😀", "\u202e"], ids=["nul", "long", "emoji", "rtl"]
)
def test_odd_messages_are_kept(journal: Journal, said: str) -> None:
    """Whatever was sent, the turn is kept and comes back as it was."""
    note(journal, said, chat="c" * 500)
    kept = journal.kept("t-1")
    assert kept is not None
    assert kept.question.text == said
    assert journal.earlier("c" * 500).last is not None


def test_an_opinion_is_kept_with_its_answer(journal: Journal, database: Engine) -> None:
    """An answer is rated where it was given, and by nobody elsewhere."""
    note(journal, "问")
    assert not journal.within("other", "cli").rate("t-1", "wrong")
    assert not journal.rate("t-none", "wrong")
    assert journal.rate("t-1", "helpful")
    assert _rows(database)[0]["feedback"] == "helpful"


def test_a_case_is_opened_with_masked_words(journal: Journal) -> None:
    """A curator reads the question standing alone, without what belongs to somebody."""
    turn = turn_of(f"那出口呢？{PHONE}")
    understood = turn.understood._replace(text=f"出口怎么报 {PHONE}", follows=True)
    reason = Text(f"{PHONE} 无依据", "no source")
    case = journal.open_case(turn._replace(understood=understood, reason=reason))
    assert journal.cases.wordings(case) == ("出口怎么报 〔电话1〕",)
    assert journal.cases.case(case).reason == Text("〔电话1〕 无依据", "no source")


def test_a_chat_is_forgotten_and_its_counts_stay(
    journal: Journal, database: Engine, clock: Clock
) -> None:
    """Forgetting removes a chat's turns and wordings, of no other chat, and keeps how many there were."""
    note(journal, "一")
    note(journal, "二")
    clock.now += timedelta(days=1)
    note(journal, "三", status="abstain")
    note(journal, "别群", chat="group-8")
    case = journal.open_case(turn_of("三"))
    assert journal.forget("group-7") == 3
    assert [row["question"] for row in _rows(database)] == ["别群"]
    assert journal.earlier("group-7") == Earlier()
    assert journal.cases.wordings(case) == ()
    with database.connect() as connection:
        held = connection.execute(select(counts).order_by(counts.c.id)).mappings().all()
    told = [(row["day"], row["status"], row["kind"], row["lang"], row["turns"]) for row in held]
    assert told == [
        (date(2026, 11, 20), "answer", "question", "zh", 2),
        (date(2026, 11, 21), "abstain", "question", "zh", 1),
    ]
    assert journal.forget("group-7") == 0


def test_old_turns_are_removed_and_younger_ones_stay(
    journal: Journal, database: Engine, clock: Clock
) -> None:
    """A turn is kept to its last day, and not a moment longer."""
    note(journal, "旧")
    clock.now += timedelta(days=30)
    note(journal, "新")
    assert journal.expire(30) == 0
    clock.now += timedelta(seconds=1)
    assert journal.expire(30) == 1
    assert [row["question"] for row in _rows(database)] == ["新"]


def test_nothing_forgotten_is_left_in_the_file(tmp_path: Path) -> None:
    """After forgetting, the words are in no byte of the database or its log."""
    file = tmp_path / "site.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    journal = Journal(engine, Seal.of(tmp_path))
    for number in range(40):
        note(journal, f"独一无二的话{number}" + "长" * 900)
    journal.open_case(turn_of("独一无二的话"))
    assert "独一无二".encode() in _bytes_of(file)
    journal.forget("group-7")
    assert "独一无二".encode() not in _bytes_of(file)
    engine.dispose()


def _ask(memory: Sparing) -> tuple[Earlier, str]:
    turn = turn_of("问")
    memory.note(turn, answer_to(turn))
    return memory.earlier("group-7"), memory.open_case(turn)


def _dropped(engine: Engine) -> None:
    with engine.begin() as connection:
        for name in ("turns", "case_events"):
            connection.execute(text(f"DROP TABLE {name}"))


def _full(engine: Engine) -> None:
    """Leave no room in the file, as on a full disk."""
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1"))


@pytest.mark.parametrize("broken", [_dropped, _full], ids=["no table", "full disk"])
def test_a_journal_that_cannot_be_used_costs_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: Callable[[Engine], None]
) -> None:
    """The fault is logged once, with nobody's words, and shown; the turn goes on."""
    engine = open_engine(f"sqlite:///{tmp_path / 'site.db'}")
    migrate(engine)
    memory = Sparing(Journal(engine, Seal.of(tmp_path)))
    broken(engine)
    with caplog.at_level(logging.WARNING):
        for _ in range(40):
            _ask(memory)
    assert memory.fault == "OperationalError"
    assert len(caplog.records) == 1
    assert "问" not in caplog.text
    engine.dispose()


def test_a_journal_that_works_again_is_told_so(tmp_path: Path) -> None:
    """Once a turn is kept again, no fault is shown."""
    engine = open_engine(f"sqlite:///{tmp_path / 'site.db'}")
    memory = Sparing(Journal(engine, Seal.of(tmp_path)))
    assert _ask(memory) == (Earlier(), "")
    assert memory.fault
    migrate(engine)
    earlier, case = _ask(memory)
    assert (earlier.history[0].content, case[:2], memory.fault) == ("问", "c-", "")
    engine.dispose()


def test_a_killed_writer_leaves_every_turn_it_told_of(tmp_path: Path) -> None:
    """After kill -9 in the midst of writing, each turn reported as kept is there and opens."""
    url = f"sqlite:///{tmp_path / 'site.db'}"
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assistant.journal import Journal\n"
        "from assistant.storage.engine import open_engine\n"
        "from assistant.storage.migrating import migrate\n"
        "from assistant.storage.sealing import Seal\n"
        "from tests.test_journal import note\n"
        "engine = open_engine(sys.argv[1])\n"
        "migrate(engine)\n"
        "journal = Journal(engine, Seal.of(Path(sys.argv[2])))\n"
        "for number in range(100_000):\n"
        "    note(journal, f'问{number}', trace=f't-{number}')\n"
        "    print(number, flush=True)\n"
    )
    told = -1
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", program, url, str(tmp_path)], cwd=HOME, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            until = time.monotonic() + 60
            for line in process.stdout:
                told = max(told, int(line))
                if int(line) >= 25 or time.monotonic() > until:
                    process.kill()
                    break
            rest = process.stdout.read().split()
            told = max([told, *map(int, rest[:-1])])
    engine = open_engine(url)
    migrate(engine)
    journal = Journal(engine, Seal.of(tmp_path))
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert told >= 25
    assert all(journal.kept(f"t-{number}") for number in range(told + 1))
    engine.dispose()


def _rows(database: Engine) -> list[dict[str, Any]]:
    with database.connect() as connection:
        rows = connection.execute(select(turns).order_by(turns.c.id)).mappings()
        return [dict(row) for row in rows]


def _bytes_of(file: Path) -> bytes:
    return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
