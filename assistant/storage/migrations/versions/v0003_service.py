"""Organisations, keys, people, idempotency, reports, batches, background work and the audit log."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

TABLES = (
    *("audit_log", "webhook_deliveries", "jobs", "batch_items", "batches", "drafts", "reports"),
    *("idempotency", "log_in_failures", "sessions", "users", "api_keys", "organisations"),
)
SQLITE_GUARD = """
CREATE TRIGGER audit_log_{what} BEFORE {what} ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
"""
POSTGRESQL_GUARD = """
CREATE FUNCTION audit_log_guard() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER audit_log_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_guard()
"""


def upgrade() -> None:
    """Make the tables, and the organisation of those who sit at the machine."""
    _access()
    _people()
    _idempotency()
    _reports()
    _batches()
    _background()
    _audit_log()


def downgrade() -> None:
    """Remove the tables with all they hold."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_log_guard()")


def _access() -> None:
    organisations = op.create_table(
        "organisations",
        sa.Column("name", sa.String(80), primary_key=True),
        _moment("made"),
        sa.Column("keeps_drafts", sa.Boolean(), nullable=False),
        sa.Column("draft_days", sa.Integer(), nullable=False),
        sa.Column("webhook_secret", sa.LargeBinary()),
    )
    local = {"name": "local", "made": datetime.now(UTC), "keeps_drafts": False, "draft_days": 30}
    op.bulk_insert(organisations, [local])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(12), primary_key=True),
        _organisation(),
        *_words(digest=64),
        _text("scopes"),
        _moment("made"),
        *_maybe("expires", "revoked"),
        *_words(successor=12),
    )
    op.create_index("api_keys_by_organisation", "api_keys", ["organisation"])


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.String(32), primary_key=True),
        _organisation(),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        *_words(role=20, password=200),
        sa.Column("totp", sa.LargeBinary()),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sa.String(200)),
        sa.Column("subject", sa.String(255)),
        _moment("made"),
        *_maybe("disabled"),
        sa.UniqueConstraint("issuer", "subject", name="users_by_subject"),
    )
    op.create_index("users_by_organisation", "users", ["organisation"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        _owner("user_id", "users.id"),
        *map(_moment, ("made", "seen", "expires")),
    )
    op.create_index("sessions_by_user", "sessions", ["user_id"])
    op.create_index("sessions_by_end", "sessions", ["expires"])
    op.create_table(
        "log_in_failures",
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
        _count("failures"),
        *map(_moment, ("last", "barred_until")),
    )
    op.create_index("log_in_failures_by_last", "log_in_failures", ["last"])


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("organisation", sa.String(80), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        *_words(request=64, claim=32),
        *map(_moment, ("lease_until", "expires")),
        sa.Column("status", sa.Integer()),
        _text("headers"),
        sa.Column("body", sa.LargeBinary()),
    )
    op.create_index("idempotency_by_end", "idempotency", ["expires"])


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(40), primary_key=True),
        *_words(organisation=80),
        _moment("moment"),
        sa.Column("day", sa.Date(), nullable=False),
        *_words(profile=40, state=20),
        *map(_count, ("errors", "warnings", "infos")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("reports_by_organisation", "reports", ["organisation", "moment", "id"])
    op.create_table(
        "drafts",
        _owner("report_id", "reports.id", primary_key=True),
        *_words(media_type=120),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("until"),
    )
    op.create_index("drafts_by_end", "drafts", ["until"])


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(40), primary_key=True),
        *_words(organisation=80, caller=120),
        _moment("made"),
        *_maybe("finished"),
        _moment("until"),
        *_words(state=12),
        _count("total"),
        *map(_text, ("options", "webhook")),
    )
    op.create_index("batches_by_organisation", "batches", ["organisation", "made", "id"])
    op.create_index("batches_by_end", "batches", ["until"])
    op.create_table(
        "batch_items",
        _owner("batch_id", "batches.id", primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        _text("name"),
        *_words(media_type=120),
        sa.Column("draft", sa.LargeBinary()),
        *_words(state=12, report_id=40),
        *_maybe("finished"),
    )
    op.create_index("batch_items_by_state", "batch_items", ["batch_id", "state", "number"])


def _background() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        *_words(kind=20, subject=80, state=12),
        *map(_moment, ("made", "due")),
        *_maybe("lease_until"),
        *_words(claim=32),
        _count("attempts"),
        sa.UniqueConstraint("kind", "subject", name="jobs_by_subject"),
    )
    op.create_index("jobs_by_due", "jobs", ["state", "due"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.String(40), primary_key=True),
        *_words(organisation=80, subject=80),
        _text("url"),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        *_words(state=12),
        *map(_moment, ("made", "due")),
        *_maybe("lease_until"),
        *_words(claim=32),
        _count("attempts"),
        sa.Column("status", sa.Integer()),
        *_words(fault=200),
        *_maybe("delivered"),
    )
    for name, columns in (("due", ["state", "due"]), ("organisation", ["organisation", "made"])):
        op.create_index(f"webhook_deliveries_by_{name}", "webhook_deliveries", columns)


def _audit_log() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit_log",
        sa.Column("number", number, primary_key=True, autoincrement=False),
        _moment("moment"),
        *_words(actor=120, organisation=80, action=40, subject=200),
        _text("data"),
        *_words(previous=64, hash=64),
    )
    op.create_index("audit_log_by_organisation", "audit_log", ["organisation", "number"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_GUARD)
        op.execute(POSTGRESQL_TRIGGER)
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(SQLITE_GUARD.format(what=what))


def _organisation() -> sa.Column[str]:
    return sa.Column(
        "organisation", sa.String(80), sa.ForeignKey("organisations.name"), nullable=False
    )


def _owner(name: str, owner: str, *, primary_key: bool = False) -> sa.Column[str]:
    length = 32 if name == "user_id" else 40
    key = sa.ForeignKey(owner, ondelete="CASCADE")
    return sa.Column(name, sa.String(length), key, primary_key=primary_key, nullable=False)


def _words(**lengths: int) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(length), nullable=False) for name, length in lengths.items()]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _maybe(*names: str) -> list[sa.Column[datetime]]:
    return [sa.Column(name, sa.DateTime(timezone=True)) for name in names]
