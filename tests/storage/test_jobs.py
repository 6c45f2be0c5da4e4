"""Jobs: one worker has each, and whoever falls silent loses it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.storage.jobs import Jobs, add_job
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def jobs(database: Engine, clock: Clock) -> Jobs:
    """Return jobs with a lease of ten seconds, one of them waiting."""
    with database.begin() as connection:
        add_job(connection, "batch", "bat-1", clock.now)
    return Jobs(database, 10, clock)


def test_a_job_is_claimed_by_one_worker(jobs: Jobs) -> None:
    """The second worker finds nothing while the first has it, nor does one that does other work."""
    assert jobs.claim(["other"]) is None
    first = jobs.claim(["batch"])
    assert first
    assert (first.subject, first.attempts) == ("bat-1", 1)
    assert jobs.claim(["batch"]) is None


def test_a_silent_worker_loses_its_job(jobs: Jobs, database: Engine, clock: Clock) -> None:
    """After the lease another worker has the job, and the first can neither renew nor end it."""
    first = jobs.claim(["batch"])
    assert first
    clock.now += timedelta(seconds=11)
    second = jobs.claim(["batch"])
    assert second
    assert second.attempts == 2
    with database.begin() as connection:
        assert not jobs.came_on(connection, first)
        assert not jobs.done(connection, first)
        assert jobs.came_on(connection, second)
        assert jobs.done(connection, second)
    assert jobs.claim(["batch"]) is None


def test_a_worker_that_comes_on_keeps_its_job(jobs: Jobs, database: Engine, clock: Clock) -> None:
    """Each renewal holds the job for another lease, and its attempts count anew."""
    held = jobs.claim(["batch"])
    assert held
    for _ in range(3):
        clock.now += timedelta(seconds=8)
        with database.begin() as connection:
            assert jobs.came_on(connection, held)
    assert jobs.claim(["batch"]) is None
    clock.now += timedelta(seconds=11)
    again = jobs.claim(["batch"])
    assert again
    assert again.attempts == 1


def test_work_about_the_same_thing_is_added_once(
    jobs: Jobs, database: Engine, clock: Clock
) -> None:
    """A second job of the same kind about the same thing is not made."""
    with database.begin() as connection:
        assert not add_job(connection, "batch", "bat-1", clock.now)
        assert add_job(connection, "batch", "bat-2", clock.now)


def test_a_job_that_was_put_off_waits(jobs: Jobs, clock: Clock) -> None:
    """It is due again after the time given, and not before."""
    held = jobs.claim(["batch"])
    assert held
    jobs.put_off(held, 60)
    clock.now += timedelta(seconds=59)
    assert jobs.claim(["batch"]) is None
    clock.now += timedelta(seconds=2)
    assert jobs.claim(["batch"])
