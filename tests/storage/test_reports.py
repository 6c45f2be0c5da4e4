"""Reports belong to one organisation; drafts are kept only where it wants that, and so long."""

from datetime import date, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, func, select

from assistant.storage.keys import Keys
from assistant.storage.organisations import Organisations, Unfit, known_name
from assistant.storage.reports import Draft, KeptReport, Reports, new_report_id
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import drafts
from tests.clock import Clock

KEY = Fernet.generate_key()
DRAFT = Draft("application/json", '{"品名": "轴承"}'.encode())


def report(id: str, organisation: str, moment: datetime) -> KeptReport:
    """Return a report to keep."""
    return KeptReport(
        id, organisation, moment, date(2026, 11, 21), "cn", "findings", 1, 2, 3, b'{"findings":[]}'
    )


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def reports(database: Engine, clock: Clock) -> Reports:
    """Return the reports of a site with two organisations."""
    for number, name in enumerate(("甲公司", "乙公司")):
        Keys(database, clock).add(f"k{number}", "d" * 64, name, ["audit"], "cli")
    return Reports(database, Seal(KEY), clock)


def _drafts(database: Engine) -> int:
    with database.connect() as connection:
        return connection.execute(select(func.count()).select_from(drafts)).scalar_one()


def test_a_report_is_found_by_its_organisation_alone(reports: Reports, clock: Clock) -> None:
    """A report reads back as it was kept; another organisation does not see it."""
    kept = report(new_report_id(), "甲公司", clock.now)
    reports.keep(kept)
    assert reports.find("甲公司", kept.id) == kept
    assert reports.find("乙公司", kept.id) is None
    assert reports.of("乙公司") == ()


def test_drafts_are_not_kept_unless_that_is_wanted(
    reports: Reports, database: Engine, clock: Clock
) -> None:
    """By default nothing of a draft is stored; where it is wanted, for so many days, sealed."""
    reports.keep(report("r-1", "甲公司", clock.now), DRAFT)
    assert _drafts(database) == 0
    assert Organisations(database, clock).keep_drafts("甲公司", 7, "cli")
    both = [(report(f"r-{name}", name, clock.now), DRAFT) for name in ("甲公司", "乙公司")]
    with database.begin() as connection:
        reports.write(connection, both)
    assert reports.draft("甲公司", "r-甲公司") == DRAFT
    assert reports.draft("乙公司", "r-乙公司") is None
    assert reports.draft("乙公司", "r-甲公司") is None
    with database.connect() as connection:
        content = connection.execute(select(drafts.c.content)).scalar_one()
    assert "轴承".encode() not in content
    assert "轴承" not in repr(DRAFT)


def test_a_draft_goes_when_its_days_are_over(
    reports: Reports, database: Engine, clock: Clock
) -> None:
    """On the last moment it is there; then it cannot be read, and the row goes."""
    Organisations(database, clock).keep_drafts("甲公司", 7, "cli")
    reports.keep(report("r-1", "甲公司", clock.now), DRAFT)
    clock.go_on(days=7, microseconds=-1)
    assert reports.draft("甲公司", "r-1")
    assert reports.purge_drafts() == 0
    clock.go_on(microseconds=1)
    assert reports.draft("甲公司", "r-1") is None
    assert reports.purge_drafts() == 1
    assert reports.find("甲公司", "r-1")


def test_whoever_wants_drafts_kept_no_longer_has_none_left(
    reports: Reports, database: Engine, clock: Clock
) -> None:
    """Fewer days hold for drafts already kept, and none at all removes them at once."""
    held = Organisations(database, clock)
    held.keep_drafts("甲公司", 30, "cli")
    reports.keep(report("r-1", "甲公司", clock.now), DRAFT)
    held.keep_drafts("甲公司", 60, "cli")
    clock.go_on(days=8)
    held.keep_drafts("甲公司", 10, "cli")
    assert reports.draft("甲公司", "r-1")
    clock.go_on(days=2)
    assert reports.draft("甲公司", "r-1") is None
    reports.keep(report("r-2", "甲公司", clock.now), DRAFT)
    assert held.keep_drafts("甲公司", 0, "cli")
    assert _drafts(database) == 0
    assert not held.keep_drafts("丙公司", 7, "cli")
    with pytest.raises(Unfit):
        held.keep_drafts("甲公司", -1, "cli")


def test_reports_are_listed_a_page_at_a_time(reports: Reports, clock: Clock) -> None:
    """Walking page by page gives each report once, the newest first, also of the same moment."""
    for number in range(7):
        reports.keep(report(f"r-{number}", "甲公司", clock.now + timedelta(seconds=number // 3)))
    seen: list[str] = []
    before: tuple[datetime, str] | None = None
    while page := reports.of("甲公司", before, limit=2):
        seen += [each.id for each in page]
        before = (page[-1].moment, page[-1].id)
    assert seen == ["r-6", "r-5", "r-4", "r-3", "r-2", "r-1", "r-0"]


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a\u200bb\u202e", "长" * 81])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    """An empty, endless or invisible name is no name."""
    with pytest.raises(Unfit):
        known_name(name)


def test_the_secret_of_webhooks_is_kept_by_organisation(
    reports: Reports, database: Engine, clock: Clock
) -> None:
    """Each organisation has its own, and nobody has one by default."""
    held = Organisations(database, clock)
    assert held.keep_webhook_secret("甲公司", b"sealed", "cli")
    assert held.webhook_secret("甲公司") == b"sealed"
    assert held.webhook_secret("乙公司") is None
    assert not held.keep_webhook_secret("丙公司", b"sealed", "cli")
