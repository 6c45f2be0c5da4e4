"""The tables of the service: who may do what, what was audited, what is still to be done.

They stand on the one `MetaData` of the site. Secrets are kept as hashes; what must be read again is
sealed.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from assistant.storage.tables import metadata
from knowledge.curation.columns import Json, Moment, Wording

ORGANISATION = 80
ACTOR = 120
SUBJECT = 200

organisations = Table(
    "organisations",
    metadata,
    Column("name", String(ORGANISATION), primary_key=True),
    Column("made", Moment, nullable=False),
    Column("keeps_drafts", Boolean, nullable=False),
    Column("draft_days", Integer, nullable=False),
    Column("webhook_secret", LargeBinary),
)
"""Who the service works for; drafts are kept only where it says so, and for so many days."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("organisation", ForeignKey("organisations.name"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("made", Moment, nullable=False),
    Column("expires", Moment),
    Column("revoked", Moment),
    Column("successor", String(12), nullable=False),
    Index("api_keys_by_organisation", "organisation"),
)
"""Keys of programs. A rotated key names its successor and goes on until it expires."""

users = Table(
    "users",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("organisation", ForeignKey("organisations.name"), nullable=False),
    Column("name", String(ORGANISATION), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password", String(200), nullable=False),
    Column("totp", LargeBinary),
    Column("totp_step", BigInteger, nullable=False),
    Column("issuer", String(200)),
    Column("subject", String(255)),
    Column("made", Moment, nullable=False),
    Column("disabled", Moment),
    UniqueConstraint("issuer", "subject", name="users_by_subject"),
    Index("users_by_organisation", "organisation"),
)
"""People. `totp_step` is the last half minute whose code was used; no code works twice."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("made", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Index("sessions_by_user", "user_id"),
    Index("sessions_by_end", "expires"),
)
"""People who are logged in, by the hash of what their cookie says."""

log_in_failures = Table(
    "log_in_failures",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Moment, nullable=False),
    Column("barred_until", Moment, nullable=False),
    Index("log_in_failures_by_last", "last"),
)
"""Attempts to log in that failed, by the hash of the name (`user`) and of the address (`address`)."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("organisation", String(ORGANISATION), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("claim", String(32), nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("status", Integer),
    Column("headers", Json, nullable=False),
    Column("body", LargeBinary),
    Index("idempotency_by_end", "expires"),
)
"""Calls that stored something, by the hash of their key; without a status they still run."""

reports = Table(
    "reports",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("organisation", String(ORGANISATION), nullable=False),
    Column("moment", Moment, nullable=False),
    Column("day", Date, nullable=False),
    Column("profile", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("infos", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("reports_by_organisation", "organisation", "moment", "id"),
)
"""Audits; `content` is the report as JSON, without the draft."""

drafts = Table(
    "drafts",
    metadata,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("media_type", String(120), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("until", Moment, nullable=False),
    Index("drafts_by_end", "until"),
)
"""Drafts of organisations that keep them, sealed, until a moment."""

batches = Table(
    "batches",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("organisation", String(ORGANISATION), nullable=False),
    Column("caller", String(ACTOR), nullable=False),
    Column("made", Moment, nullable=False),
    Column("finished", Moment),
    Column("until", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("total", Integer, nullable=False),
    Column("options", Json, nullable=False),
    Column("webhook", Wording, nullable=False),
    Index("batches_by_organisation", "organisation", "made", "id"),
    Index("batches_by_end", "until"),
)
"""Many drafts sent at once; `options` are day, profile and language."""

batch_items = Table(
    "batch_items",
    metadata,
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Wording, nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("draft", LargeBinary),
    Column("state", String(12), nullable=False),
    Column("report_id", String(40), nullable=False),
    Column("finished", Moment),
    Index("batch_items_by_state", "batch_id", "state", "number"),
)
"""The drafts of a batch, sealed until it is finished, and the reports they get."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("claim", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("kind", "subject", name="jobs_by_subject"),
    Index("jobs_by_due", "state", "due"),
)
"""Work to be done in the background; whoever claims it has it until the lease ends."""

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("organisation", String(ORGANISATION), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("url", Wording, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("claim", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),
    Column("fault", String(200), nullable=False),
    Column("delivered", Moment),
    Index("webhook_deliveries_by_due", "state", "due"),
    Index("webhook_deliveries_by_organisation", "organisation", "made"),
)
"""Messages to the addresses of organisations, and how their delivery stands."""

audit_log = Table(
    "audit_log",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("moment", Moment, nullable=False),
    Column("actor", String(ACTOR), nullable=False),
    Column("organisation", String(ORGANISATION), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(SUBJECT), nullable=False),
    Column("data", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_log_by_organisation", "organisation", "number"),
)
"""Who did what, when and to what; each row carries the hash of the one before it."""
