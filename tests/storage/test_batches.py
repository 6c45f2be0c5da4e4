"""Batches: every draft a row, each settled once, and nothing seen by another organisation."""

from datetime import date, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, func, select

from assistant.storage.batches import DONE, WAITING, Batches, Item, Wanted, report_id
from assistant.storage.reports import KeptReport
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import batch_items, batches, jobs, reports
from tests.clock import Clock

WANTED = Wanted("甲公司", "key:1", date(2026, 11, 20), "strict")
DRAFTS = [Item(number, f"{number}.json", "application/json", b"{}") for number in range(1, 6)]


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def held(database: Engine, clock: Clock) -> Batches:
    """Return the batches of a site."""
    return Batches(database, Seal(Fernet.generate_key()), clock)


def sent(held: Batches) -> str:
    """Send a batch of five drafts and return its id."""
    batch = held.begin(WANTED)
    held.add(batch, DRAFTS[:3])
    held.add(batch, DRAFTS[3:])
    held.begun(batch, len(DRAFTS))
    return batch


def report(batch: str, number: int, clock: Clock, state: str = "clean") -> KeptReport:
    """Return the report of a draft."""
    id = report_id(batch, number)  # noqa: A001
    return KeptReport(
        id, "甲公司", clock.now, date(2026, 11, 20), "strict", state, 0, 0, 0, b"content"
    )


def test_a_batch_is_seen_once_it_came_whole(held: Batches) -> None:
    """While its drafts come it is not there; then it waits, for its own organisation alone."""
    batch = held.begin(WANTED)
    held.add(batch, DRAFTS)
    assert held.find("甲公司", batch) is None
    held.begun(batch, len(DRAFTS))
    stood = held.find("甲公司", batch)
    assert stood
    assert (stood.state, stood.total, stood.done) == (WAITING, 5, 0)
    assert held.find("乙公司", batch) is None
    assert held.listed("乙公司", 10) == ()
    assert not held.remove("乙公司", batch)
    assert held.wanted(batch) == WANTED


def test_a_draft_is_settled_once(held: Batches, database: Engine, clock: Clock) -> None:
    """However often a draft is settled it has one report, the first."""
    batch = sent(held)
    for state in ("clean", "findings"):
        with database.begin() as connection:
            held.settle(connection, batch, 2, report(batch, 2, clock, state))
    stood = held.find("甲公司", batch)
    assert stood
    assert (stood.done, stood.counts) == (1, {"clean": 1})
    assert [item.number for item in held.items(batch, WAITING, 10)] == [1, 3, 4, 5]
    assert [item.number for item in held.items(batch, DONE, 10)] == [2]


def test_a_settlement_that_is_undone_leaves_nothing(
    held: Batches, database: Engine, clock: Clock
) -> None:
    """A worker that dies before the commit has settled nothing."""
    batch = sent(held)
    with database.connect() as connection:
        held.settle(connection, batch, 1, report(batch, 1, clock))
        connection.rollback()
    assert len(held.items(batch, WAITING, 10)) == 5
    with database.connect() as connection:
        assert connection.execute(select(func.count()).select_from(reports)).scalar() == 0


def test_a_finished_batch_gives_its_results_in_order_and_has_no_drafts(
    held: Batches, database: Engine, clock: Clock
) -> None:
    """Results stand in the order of the drafts; a report removed since leaves its place empty."""
    batch = sent(held)
    with database.begin() as connection:
        for number in (4, 2, 5, 1, 3):
            held.settle(connection, batch, number, report(batch, number, clock))
        stood = held.finish(connection, batch)
        assert stood
        assert held.finish(connection, batch) is None
        connection.execute(reports.delete().where(reports.c.id == report_id(batch, 3)))
    told = [result for page in held.pages(batch) for result in page]
    assert [each.number for each in told] == [1, 2, 3, 4, 5]
    assert [each.content for each in told] == [b"content"] * 2 + [None] + [b"content"] * 2
    with database.connect() as connection:
        left = select(func.count()).where(batch_items.c.draft.is_not(None))
        assert connection.execute(left).scalar() == 0
    again = held.find("甲公司", batch)
    assert again
    assert again.counts == {"clean": 4, "removed": 1}


def test_a_removed_batch_leaves_nothing(held: Batches, database: Engine, clock: Clock) -> None:
    """Its drafts, reports and work go with it."""
    batch = sent(held)
    with database.begin() as connection:
        held.settle(connection, batch, 1, report(batch, 1, clock))
    assert held.remove("甲公司", batch)
    with database.connect() as connection:
        for table in (batches, batch_items, reports, jobs):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_batches_are_removed_in_time(held: Batches, clock: Clock) -> None:
    """One that never came whole goes after an hour, others after thirty days."""
    held.begin(WANTED)
    batch = sent(held)
    assert held.expire() == 0
    clock.now += timedelta(hours=2)
    assert held.expire() == 1
    assert held.find("甲公司", batch)
    clock.now += timedelta(days=31)
    assert held.expire() == 1
    assert held.find("甲公司", batch) is None


def test_batches_are_listed_a_page_at_a_time(held: Batches) -> None:
    """The newest stand first, and the next page begins where the last one ended."""
    made = [sent(held) for _ in range(3)]
    first = held.listed("甲公司", 2)
    assert len(first) == 2
    rest = held.listed("甲公司", 2, first[-1].id)
    assert {each.id for each in (*first, *rest)} == set(made)
    assert [each.id for each in (*first, *rest)] == sorted(made, reverse=True)
