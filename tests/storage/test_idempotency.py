"""A call is done once, however often, from wherever and after whatever fault it is sent."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from sqlalchemy import Engine, select

from assistant.storage.engine import open_engine
from assistant.storage.idempotency import (
    KEPT,
    LEASE,
    Claim,
    ClaimLost,
    Idempotency,
    InProgress,
    KeyReused,
    Reply,
)
from assistant.storage.migrating import migrate
from assistant.storage.reports import Reports
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import idempotency
from tests.clock import Clock
from tests.storage.test_reports import report

KEY = Fernet.generate_key()
REPLY = Reply(201, {"Location": "/v1/audits/r-1"}, "好".encode())
HOME = Path(__file__).parents[2]


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def store(database: Engine, clock: Clock) -> Idempotency:
    """Return the claims of an empty site."""
    return Idempotency(database, Seal(KEY), clock)


def _claimed(store: Idempotency, organisation: str = "甲", body: bytes = b"x") -> Claim:
    claim = store.claim(organisation, "k-1", body)
    assert isinstance(claim, Claim)
    return claim


def test_the_same_call_gets_the_stored_reply(store: Idempotency, database: Engine) -> None:
    """Once done, a call gets the same reply each time, also from another process."""
    store.finish(_claimed(store), REPLY)
    assert store.claim("甲", "k-1", b"x") == REPLY
    other = Idempotency(open_engine(database.url.render_as_string(hide_password=False)), Seal(KEY), store._now)  # fmt: skip
    assert other.claim("甲", "k-1", b"x") == REPLY
    other._engine.dispose()


def test_another_body_with_the_same_key_is_refused(store: Idempotency) -> None:
    """A key belongs to one call, done or being done."""
    claim = _claimed(store)
    with pytest.raises(KeyReused):
        store.claim("甲", "k-1", b"y")
    store.finish(claim, REPLY)
    with pytest.raises(KeyReused):
        store.claim("甲", "k-1", b"y")


def test_organisations_do_not_share_keys(store: Idempotency) -> None:
    """The same key of another organisation is another call."""
    store.finish(_claimed(store), REPLY)
    assert isinstance(store.claim("乙", "k-1", b"y"), Claim)


def test_a_call_being_done_is_told_so(store: Idempotency, clock: Clock) -> None:
    """Whoever comes meanwhile is told when to come again."""
    _claimed(store)
    clock.go_on(seconds=20)
    with pytest.raises(InProgress) as told:
        store.claim("甲", "k-1", b"x")
    assert told.value.seconds == 40


def test_a_claim_whose_process_died_is_free_after_the_lease(
    store: Idempotency, clock: Clock
) -> None:
    """Somebody else takes it on; the first one, should it live after all, keeps nothing."""
    first = _claimed(store)
    clock.go_on(seconds=LEASE.total_seconds())
    second = _claimed(store)
    with pytest.raises(ClaimLost):
        store.finish(first, Reply(500, {}, b""))
    with pytest.raises(ClaimLost):
        store.renew(first)
    store.drop(first)
    store.finish(second, REPLY)
    assert store.claim("甲", "k-1", b"x") == REPLY


def test_a_renewed_claim_is_held(store: Idempotency, clock: Clock) -> None:
    """Whoever takes long says so and is not overtaken."""
    claim = _claimed(store)
    clock.go_on(seconds=50)
    store.renew(claim)
    clock.go_on(seconds=50)
    with pytest.raises(InProgress):
        store.claim("甲", "k-1", b"x")


def test_a_dropped_claim_can_be_sent_again(store: Idempotency) -> None:
    """A call that failed and stored nothing may be tried at once, even with another body."""
    store.drop(_claimed(store))
    assert isinstance(store.claim("甲", "k-1", b"y"), Claim)


def test_a_reply_is_kept_for_a_day(store: Idempotency, clock: Clock) -> None:
    """After 24 hours the key is as new, and its row can go."""
    store.finish(_claimed(store), REPLY)
    clock.go_on(hours=24, microseconds=-1)
    assert store.claim("甲", "k-1", b"x") == REPLY
    assert store.purge() == 0
    clock.go_on(microseconds=1)
    assert isinstance(store.claim("甲", "k-1", b"y"), Claim)
    clock.go_on(hours=24)
    assert store.purge() == 1


def test_of_many_at_once_one_does_the_call(store: Idempotency) -> None:
    """However many send the same call together, one claim is given."""
    told: list[str] = []
    start = threading.Barrier(8)

    def send() -> None:
        start.wait(timeout=60)
        try:
            told.append(type(store.claim("甲", "k-1", b"x")).__name__)
        except InProgress:
            told.append("in progress")

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["Claim", *["in progress"] * 7]


def test_what_a_lost_claim_stores_is_undone(
    store: Idempotency, database: Engine, clock: Clock
) -> None:
    """Reply and report are kept together or not at all."""
    reports = Reports(database, Seal(KEY), clock)
    claim = _claimed(store)
    clock.go_on(seconds=LEASE.total_seconds())
    second = _claimed(store)

    def keep(id: str, held: Claim) -> None:
        with database.begin() as connection:
            reports.write(connection, [(report(id, "甲", clock.now), None)])
            store.write(connection, held, REPLY)

    with pytest.raises(ClaimLost):
        keep("r-1", claim)
    assert reports.find("甲", "r-1") is None
    keep("r-2", second)
    assert reports.find("甲", "r-2")


def test_neither_key_nor_reply_is_readable_in_the_database(
    store: Idempotency, database: Engine
) -> None:
    """A reply may hold a new API key: it is sealed, and the caller's key is hashed."""
    store.finish(_claimed(store), Reply(201, {}, b"dk_secret"))
    with database.connect() as connection:
        row = str(connection.execute(select(idempotency)).one())
    assert "dk_secret" not in row
    assert "k-1" not in row
    assert "dk_secret" not in repr(Reply(201, {}, b"dk_secret"))


def test_a_killed_process_leaves_a_claim_that_is_freed(url: str, tmp_path: Path) -> None:
    """After kill -9 in the midst of a call, the key is held for the lease and then free."""
    engine = open_engine(url)
    migrate(engine)
    program = (
        "import sys, time\n"
        "from assistant.storage.engine import open_engine\n"
        "from assistant.storage.idempotency import Idempotency\n"
        "from assistant.storage.sealing import Seal\n"
        "store = Idempotency(open_engine(sys.argv[1]), Seal(sys.argv[2].encode()))\n"
        "store.claim('甲', 'k-1', b'x')\n"
        "print('claimed', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, url, KEY.decode()], cwd=HOME, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"claimed"
        process.kill()
    with pytest.raises(InProgress):
        Idempotency(engine, Seal(KEY)).claim("甲", "k-1", b"x")
    later = Idempotency(engine, Seal(KEY), lambda: datetime.now(UTC) + LEASE)
    assert isinstance(later.claim("甲", "k-1", b"x"), Claim)
    engine.dispose()


class Calls(RuleBasedStateMachine):
    """Calls of two organisations, sent, finished, lost and sent again in whatever order."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.engine = open_engine("sqlite://")
        migrate(self.engine)
        self.store = Idempotency(self.engine, Seal(KEY), self.clock)
        self.done: dict[tuple[str, str], tuple[bytes, Reply]] = {}
        self.number = 0

    @rule(
        target=claims,
        organisation=st.sampled_from("甲乙"),
        key=st.sampled_from("ab"),
        body=st.sampled_from([b"x", b"y"]),
    )
    def send(
        self, organisation: str, key: str, body: bytes
    ) -> tuple[str, str, bytes, Claim | None]:
        """A call is done anew only where no reply to it is kept."""
        known = self.done.get((organisation, key))
        try:
            told = self.store.claim(organisation, key, body)
        except InProgress:
            assert known is None
            return organisation, key, body, None
        except KeyReused:
            assert known is None or known[0] != body
            return organisation, key, body, None
        if isinstance(told, Reply):
            assert known == (body, told)
            return organisation, key, body, None
        assert known is None
        return organisation, key, body, told

    @rule(sent=claims)
    def finish(self, sent: tuple[str, str, bytes, Claim | None]) -> None:
        """Only whoever holds the claim keeps a reply, and once."""
        organisation, key, body, claim = sent
        if claim is None:
            return
        self.number += 1
        reply = Reply(200, {}, str(self.number).encode())
        try:
            self.store.finish(claim, reply)
        except ClaimLost:
            return
        assert (organisation, key) not in self.done
        self.done[organisation, key] = (body, reply)

    @rule(sent=claims)
    def drop(self, sent: tuple[str, str, bytes, Claim | None]) -> None:
        """Giving up a claim never removes a reply."""
        if sent[3]:
            self.store.drop(sent[3])

    @rule(seconds=st.sampled_from([1, 30, 60]))
    def wait(self, seconds: int) -> None:
        """Time passes, less than a day in all."""
        self.clock.go_on(seconds=seconds)

    @invariant()
    def every_reply_is_there(self) -> None:
        """What was replied is replied again."""
        assert self.clock.now - Clock().now < KEPT
        for (organisation, key), (body, reply) in self.done.items():
            assert self.store.claim(organisation, key, body) == reply

    def teardown(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


TestCalls = Calls.TestCase
TestCalls.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=timedelta(seconds=5)
)
