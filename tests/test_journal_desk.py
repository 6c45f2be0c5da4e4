"""The journal behind a real desk: conversations, replay and forgetting by the command line."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from assistant.cli.remembering import forget, replay
from assistant.desk import Desk, shelf_of
from assistant.journal import Journal
from assistant.opening import open_desk, open_journal, versions_of
from assistant.replaying import replay as again
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.storage.sealing import KEY
from assistant.turn import Question
from tests.reports import HOME

DAY = date(2026, 11, 20)
ASKED = (
    "净重大于毛重怎么办",
    "联系人张伟 13812345678，报关单被退单怎么办",
    "那出口呢？",
    "货值10万元的滞纳金怎么算，晚交20天",
    "月球基地的关税是多少",
    "海关法第二十四条",
    "What is the trade mode 0110?",
    "转人工",
)
DRAFT = (HOME / "tests/drafts/cn_import.json").read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site where some questions were asked."""
    home = tmp_path_factory.mktemp("site")
    desk = open_desk(home)
    for said in (*ASKED, DRAFT, "第一条怎么改？"):
        desk.ask(Question(said, DAY, chat="group-7"))
    desk.ask(Question("净重怎么填", DAY, chat="group-8"))
    return home


@pytest.fixture(scope="module")
def shelf(site: Path) -> Shelf:
    """Return what the answers of the site are made from."""
    return shelf_of(site)


@pytest.fixture
def journal(site: Path, shelf: Shelf) -> Iterator[Journal]:
    """Return the journal of the site."""
    held = open_journal(Settings.of(site), versions_of(shelf))
    yield held
    held.close()


def test_every_kept_turn_is_made_again_byte_for_byte(
    site: Path, shelf: Shelf, journal: Journal
) -> None:
    """Questions, follow-ups, sums, cases opened, audits and refusals give the same bytes again."""
    traces = _traces(site)
    assert len(traces) >= len(ASKED) + 3
    for trace in traces:
        kept = journal.kept(trace)
        assert kept is not None
        done = again(kept, shelf, versions_of(shelf))
        assert (kept.question.text, done.differs) == (kept.question.text, ())
        assert msgspec.json.encode(done.answer) == kept.answer


def test_a_replay_opens_no_case_and_keeps_no_turn(
    site: Path, shelf: Shelf, journal: Journal
) -> None:
    """Making answers again changes nothing in the journal."""
    before = (_traces(site), [case.asked for case in journal.cases.cases("local")])
    for trace in before[0]:
        kept = journal.kept(trace)
        assert kept is not None
        again(kept, shelf, versions_of(shelf))
    assert (_traces(site), [case.asked for case in journal.cases.cases("local")]) == before
    assert before[1]


def test_no_readable_column_of_the_site_names_anybody(site: Path) -> None:
    """Neither turns nor cases tell the phone number, the name, the price or the draft's firms."""
    with closing(sqlite3.connect(site / "declarant.db")) as raw:
        dumped = [line for line in raw.iterdump() if line.startswith("INSERT")]
    firms = [value for value in _texts(json.loads(DRAFT)) if value.endswith("公司")]
    for secret in ("13812345678", "张伟", "10万元", *firms):
        assert secret not in "\n".join(dumped), secret
    assert len(dumped) > len(ASKED)


def test_the_command_makes_an_answer_again(site: Path) -> None:
    """`replay` prints the answer as JSON and ends with 0 where its bytes are those of then."""
    trace = _traces(site)[0]
    done = _run(replay, trace, "--site", site)
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["trace"] == trace


def test_an_answer_of_another_program_is_told_to_differ(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`replay` ends with 1 and names what is not as it was."""
    monkeypatch.setattr("assistant.opening.VERSION", "99.0")
    monkeypatch.setattr("assistant.desk.VERSION", "99.0")
    done = _run(replay, _traces(site)[0], "--site", site, "--lang", "en")
    assert done.exit_code == 1
    assert "package version: then" in done.stderr
    assert "now 99.0" in done.stderr
    assert "id, trace" in done.stderr


def test_without_its_key_nothing_can_be_made_again(site: Path) -> None:
    """`replay` says that the key is missing, makes none, and ends with 1."""
    key = site / KEY
    held = key.read_bytes()
    key.unlink()
    try:
        done = _run(replay, _traces(site)[0], "--site", site, "--lang", "en")
        assert (done.exit_code, key.exists()) == (1, False)
        assert "journal.key" in done.stderr
        desk = open_desk(site)  # makes another key
        desk.ask(Question("净重怎么填", DAY))
        other = _run(replay, _traces(site)[0], "--site", site)
        assert (other.exit_code, "journal.key" in other.stderr) == (1, True)
    finally:
        key.write_bytes(held)


def test_a_trace_nobody_knows_is_wrong_usage(site: Path) -> None:
    """`replay` of an unknown trace ends with 2."""
    assert _run(replay, "nonsense", "--site", site).exit_code == 2


def test_a_file_audited_cannot_be_made_again(site: Path) -> None:
    """Files are not kept, and `replay` says so."""
    desk = open_desk(site)
    answer, _ = desk.audit(DRAFT.encode(), "draft.json", Question("看看这份", DAY, chat="group-9"))
    done = _run(replay, answer.trace, "--site", site, "--lang", "en")
    assert done.exit_code == 1
    assert "audit the file again" in done.stderr


def test_the_command_forgets_a_chat_and_no_other(tmp_path: Path) -> None:
    """`forget` removes a chat's turns, so that its conversation begins anew, and ends with 1 once none is left."""
    desk = open_desk(tmp_path)
    for chat in ("group-7", "group-8"):
        desk.ask(Question("净重大于毛重怎么办", DAY, chat=chat))
    done = _run(forget, "group-7", "--site", tmp_path)
    assert (done.exit_code, "1" in done.stdout) == (0, True)
    assert _run(forget, "group-7", "--site", tmp_path).exit_code == 1
    assert _run(forget, "group-8", "--site", tmp_path, "--organisation", "other").exit_code == 1
    assert len(_traces(tmp_path)) == 1


def test_a_site_whose_journal_cannot_be_opened_still_answers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A spoilt key costs no answer; the fault is logged."""
    (tmp_path / KEY).write_text("spoilt")
    answer = open_desk(tmp_path).ask(Question("净重大于毛重怎么办", DAY, chat="group-7"))
    assert answer.text
    assert "journal cannot be opened" in caplog.text


def test_a_site_that_keeps_no_journal_writes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the settings say so, nothing is kept."""
    monkeypatch.setenv("DECLARANT_JOURNAL__KEEP", "false")
    assert isinstance(open_desk(tmp_path), Desk)
    assert not (tmp_path / "declarant.db").exists()
    assert not (tmp_path / KEY).exists()


def _run(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])


def _traces(site: Path) -> list[str]:
    with closing(sqlite3.connect(site / "declarant.db")) as raw:
        return [trace for (trace,) in raw.execute("SELECT trace FROM turns ORDER BY id")]


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _texts(each)
