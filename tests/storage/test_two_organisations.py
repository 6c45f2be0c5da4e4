"""Whatever two organisations do, neither sees or changes what belongs to the other."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from assistant.access.opening import Access
from assistant.settings import AccessSettings
from assistant.storage.engine import open_engine
from assistant.storage.idempotency import Claim, Reply
from assistant.storage.keys import NotRotated
from assistant.storage.migrating import migrate
from assistant.storage.reports import Draft
from assistant.storage.sealing import Seal
from assistant.storage.users import NameTaken, NewUser
from tests.clock import Clock
from tests.storage.test_reports import report

OURS, THEIRS = "甲公司", "乙公司"
KEY = Fernet.generate_key()
DIGEST = "d" * 64
DRAFT = Draft("application/json", b"{}")
ACTS = (
    *("make key", "revoke key", "rotate key", "enter user", "change user", "disable user"),
    *("keep drafts", "forget drafts", "keep report", "send call", "give up"),
)
NAMES = tuple("abc")
Step = tuple[str, str, str]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    """Return a fresh database; each statement is tested on the other kind elsewhere."""
    engine = open_engine(f"sqlite:///{tmp_path / 'site.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


class Deeds:
    """What somebody of an organisation may do to the things of a site, by name."""

    def __init__(self, access: Access, run: int) -> None:
        self.access = access
        self.run = run
        self.clock = Clock()

    def name(self, name: str) -> str:
        """Return a name that no other run uses."""
        return f"{name}{self.run}"

    def key(self, organisation: str) -> str:
        """Return the name of an organisation of this run."""
        return f"{organisation}{self.run}"

    def do(self, act: str, organisation: str, name: str) -> None:
        """Do something in the name of an organisation, to a thing whoever's it is."""
        own, by, thing = self.key(organisation), f"user:{organisation}", self.name(name)
        try:
            self._with_key(act, own, by, thing)
            self._with_person(act, own, by, thing)
            self._with_call(act, own, by, thing)
        except (NotRotated, NameTaken):
            return

    def _with_key(self, act: str, own: str, by: str, id: str) -> None:
        access = self.access
        if act == "make key" and access.keys.find(id) is None:
            access.keys.add(id, DIGEST, own, ["ask"], by)
        elif act == "revoke key":
            access.keys.revoke(id, by, own)
        elif act == "rotate key" and access.keys.find(f"{id}n") is None:
            access.keys.rotate(id, (f"{id}n", DIGEST), timedelta(hours=1), by, own)

    def _with_person(self, act: str, own: str, by: str, id: str) -> None:
        access = self.access
        if act == "enter user":
            access.users.add(NewUser(own, id, "asker", "x"), by)
        elif act == "change user":
            access.users.set_role(id, "admin", by, own)
        elif act == "disable user":
            access.users.disable(id, by, own)

    def _with_call(self, act: str, own: str, by: str, id: str) -> None:
        access = self.access
        if act == "keep drafts":
            access.organisations.keep_drafts(own, 7, by)
        elif act == "forget drafts":
            access.organisations.keep_drafts(own, 0, by)
        elif act == "keep report" and not access.reports.of(own):
            access.reports.keep(report(f"r-{own}", own, self.clock.now), DRAFT)
        elif act == "send call":
            self._send(own, id)

    def _send(self, own: str, id: str) -> None:
        held = self.access.idempotency
        claim = held.claim(own, id, b"x")
        if isinstance(claim, Claim):
            held.finish(claim, Reply(200, {}, own.encode()))
        else:
            assert claim.body == own.encode()

    def seen(self, organisation: str) -> Any:
        """Return everything an organisation can see."""
        own, access = self.key(organisation), self.access
        reports = access.reports.of(own)
        acts = access.log.of(own, limit=1_000)
        return (
            [key[1:] for key in access.keys.of(own)],
            [user[1:] for user in access.users.of(own)],
            access.organisations.find(own),
            reports,
            [access.reports.draft(own, each.id) for each in reports],
            [each.act for each in acts],
        )


STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from((OURS, THEIRS)), st.sampled_from(NAMES)),
    min_size=1,
    max_size=14,
)
RUNS = iter(range(10**6))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_nobody_is_touched_by_what_the_other_does(database: Engine, steps: list[Step]) -> None:
    """After each deed of one organisation, the other sees exactly what it saw before."""
    access = Access(database, Seal(KEY), AccessSettings(), Clock())
    deeds = Deeds(access, next(RUNS))
    for organisation in (OURS, THEIRS):
        access.keys.add(
            deeds.key(organisation)[-12:], DIGEST, deeds.key(organisation), ["ask"], "cli"
        )
    for act, organisation, name in steps:
        other = THEIRS if organisation == OURS else OURS
        before = deeds.seen(other)
        deeds.do(act, organisation, name)
        assert deeds.seen(other) == before
        theirs = [each.id for each in access.reports.of(deeds.key(other))]
        own = deeds.key(organisation)
        assert not any(access.reports.find(own, each) for each in theirs)
        assert not any(access.reports.draft(own, each) for each in theirs)
    assert access.log.verify().broken is None
