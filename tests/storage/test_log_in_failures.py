"""Guessing gets slower with each failure, by name and by address, and many at once get no further."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.storage.log_in_failures import FREE, LONGEST, Attempt, LogInFailures
from tests.clock import Clock

ME = Attempt("home", "li.wei")
NOUGHT = timedelta()


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def failures(database: Engine, clock: Clock) -> LogInFailures:
    """Return the failures of an empty site."""
    return LogInFailures(database, clock)


def _until_barred(failures: LogInFailures, clock: Clock, attempt: Attempt, times: int) -> timedelta:
    for _ in range(times):
        clock.go_on(seconds=failures.begin(attempt).total_seconds())
        failures.begin(attempt)
    return failures.begin(attempt)


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: LogInFailures, clock: Clock) -> None:
    """Five failures are free, then each doubles the wait until it is fifteen minutes."""
    for _ in range(FREE["user"]):
        assert failures.begin(ME) == NOUGHT
    waits = []
    for number in range(12):
        waits.append(failures.begin(ME))
        clock.go_on(seconds=waits[-1].total_seconds())
        # from addresses that never failed, so that the name alone counts
        assert failures.begin(ME._replace(address=f"away-{number}")) == NOUGHT
    assert [int(wait.total_seconds()) for wait in waits] == [
        *(2**number for number in range(10)),
        900,
        900,
    ]
    assert max(waits) == LONGEST


def test_waiting_longer_does_not_count(failures: LogInFailures) -> None:
    """Attempts made while one has to wait do not make the wait longer."""
    for _ in range(FREE["user"]):
        failures.begin(ME)
    assert {failures.begin(ME) for _ in range(5)} == {timedelta(seconds=1)}


def test_a_success_forgives_the_name_and_not_the_address(
    failures: LogInFailures, clock: Clock
) -> None:
    """Whoever guesses at many names gains nothing from logging in with their own now and then."""
    for number in range(FREE["address"] - 1):
        assert failures.begin(Attempt("home", f"name-{number}")) == NOUGHT
        assert failures.begin(ME._replace(address="home")) == NOUGHT or number
        failures.succeeded(ME)
    assert failures.begin(Attempt("home", "another")) == NOUGHT
    assert failures.begin(Attempt("home", "one more")) > NOUGHT
    assert failures.begin(Attempt("elsewhere", "li.wei")) == NOUGHT


def test_failures_are_forgotten_after_a_day(failures: LogInFailures, clock: Clock) -> None:
    """A day later a name begins anew, and the row can go."""
    for _ in range(FREE["user"]):
        failures.begin(ME)
    assert failures.purge() == 0
    clock.go_on(hours=24, seconds=1)
    assert failures.begin(ME) == NOUGHT
    assert failures.begin(ME) == NOUGHT
    clock.go_on(hours=24, seconds=1)
    assert failures.purge() == 2


def test_many_at_once_get_no_further_than_one_after_another(failures: LogInFailures) -> None:
    """Of twenty attempts made together, only the free ones are looked at."""
    told: list[timedelta] = []

    def work() -> None:
        for _ in range(4):
            told.append(failures.begin(ME))

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(told) == 20
    assert told.count(NOUGHT) == FREE["user"]
