"""Tokens are counted so that nobody spends more than there is, whoever asks at once."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from assistant.models.budget import Budget, Limits, Spent, SpentHere, Uncounted
from assistant.models.model import ModelFailed, Prompt, Worded
from assistant.models.speaker import Speaker
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.tables import model_tokens
from assistant.storage.tokens import SpentInDatabase

DAY = date(2026, 11, 21)
LIMITS = Limits(100, 250)


@pytest.fixture(params=["here", "database"])
def spent(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Spent]:
    """Return each way of counting."""
    if request.param == "here":
        yield SpentHere()
        return
    engine = open_engine(f"sqlite:///{tmp_path / 'site.db'}")
    migrate(engine)
    yield SpentInDatabase(engine)
    engine.dispose()


def test_limits_are_kept_to_the_token(spent: Spent) -> None:
    """A chat spends up to its limit and all chats up to theirs, and not one token more."""
    assert spent.take(DAY, "a", 100, LIMITS)
    assert not spent.take(DAY, "a", 1, LIMITS)
    assert spent.take(DAY, "b", 100, LIMITS)
    assert not spent.take(DAY, "c", 51, LIMITS)
    assert spent.take(DAY, "c", 50, LIMITS)
    assert not spent.take(DAY, "d", 1, LIMITS)


def test_what_was_not_needed_is_given_back(spent: Spent) -> None:
    """A reply that cost less leaves the rest, one that cost more takes it."""
    assert spent.take(DAY, "a", 100, LIMITS)
    spent.change(DAY, "a", -60)
    assert spent.take(DAY, "a", 60, LIMITS)
    spent.change(DAY, "b", 300)
    assert not spent.take(DAY, "c", 1, LIMITS)


def test_a_new_day_begins_at_nought(spent: Spent) -> None:
    """Yesterday's tokens are forgotten."""
    assert spent.take(DAY, "a", 100, LIMITS)
    assert spent.take(date(2026, 11, 22), "a", 100, LIMITS)


def test_who_asks_outside_a_chat_spends_of_the_whole(spent: Spent) -> None:
    """Questions without a chat know the limit of the day alone."""
    assert spent.take(DAY, "", 200, LIMITS)
    assert not spent.take(DAY, "", 51, LIMITS)


def test_threads_never_spend_more_than_there_is(spent: Spent) -> None:
    """Eight threads that take ten tokens each, ten times, get the limit and no more."""
    taken: list[bool] = []

    def work() -> None:
        for _ in range(10):
            taken.append(spent.take(DAY, "a", 10, LIMITS))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(taken), sum(taken)) == (80, 10)


def test_processes_share_one_budget(url: str) -> None:
    """Three processes together take what there is, and the next one finds it taken."""
    engine = open_engine(url)
    migrate(engine)
    program = (
        "import sys\n"
        "from datetime import date\n"
        "from assistant.models.budget import Limits\n"
        "from assistant.storage.engine import open_engine\n"
        "from assistant.storage.tokens import SpentInDatabase\n"
        "spent = SpentInDatabase(open_engine(sys.argv[1]))\n"
        "limits = Limits(100, 250)\n"
        "print(sum(spent.take(date(2026, 11, 21), 'a', 5, limits) for _ in range(15)))\n"
    )
    command = [sys.executable, "-c", program, url]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    told = [int(process.communicate(timeout=120)[0]) for process in started]
    assert sum(told) == 20
    assert not SpentInDatabase(engine).take(DAY, "a", 1, LIMITS)
    engine.dispose()


def test_no_chat_is_named_in_the_table(database: Engine) -> None:
    """Who spent stands there by a hash."""
    SpentInDatabase(database).take(DAY, "group-7", 5, LIMITS)
    with database.connect() as connection:
        (row,) = connection.execute(select(model_tokens)).all()
    assert (row.day, row.tokens, len(row.chat)) == (DAY, 5, 64)
    assert "group" not in row.chat


def test_the_day_is_that_of_beijing() -> None:
    """Tokens begin anew at midnight in Beijing, whatever day the question asks about."""
    spent, now = SpentHere(), [datetime(2026, 11, 21, 15, 59, tzinfo=UTC)]
    budget = Budget(Limits(10, 10), spent, lambda: now[0])
    assert budget.take("a", 10)
    assert budget.take("a", 1) is None
    now[0] = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    assert budget.take("a", 10) == (date(2026, 11, 22), "a", 10)


class Fake:
    """A model that does what it is told."""

    name, tokens_an_answer = "fake", 50

    def __init__(self, does: Callable[[], Worded]) -> None:
        self._does = does

    def complete(self, prompt: Prompt) -> Worded:
        """Return what was told."""
        return self._does()


@pytest.mark.parametrize(
    "fault, left",
    [(ModelFailed("too slow"), False), (ModelFailed("not reachable", free=True), True)],
    ids=["slow", "refused"],
)
def test_a_failure_costs_what_it_may_have_cost(fault: ModelFailed, left: bool) -> None:
    """What may have been written counts in full; what was refused costs nothing."""

    def fail() -> Worded:
        raise fault

    spent, most = SpentHere(), 50 + 2
    speaker = Speaker(Fake(fail), Budget(Limits(most, most), spent))
    with pytest.raises(ModelFailed):
        speaker.say(Prompt("a", "b"), "chat")
    today = datetime.now(UTC)
    assert (Budget(Limits(most, most), spent, lambda: today).take("chat", 1) is not None) is left


def test_a_budget_that_cannot_be_read_asks_no_model(database: Engine) -> None:
    """Where the table is gone nothing is spent, and the reason is told."""
    model_tokens.drop(database)
    with pytest.raises(Uncounted):
        SpentInDatabase(database).take(DAY, "a", 1, LIMITS)
    speaker = Speaker(Fake(lambda: pytest.fail("asked")), Budget(LIMITS, SpentInDatabase(database)))
    with pytest.raises(ModelFailed, match="budget unknown"):
        speaker.say(Prompt("a", "b"), "chat")
