"""The tables of the journal, and of what a language model may spend."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from knowledge.curation.columns import Json, Moment, Wording

metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")

turns = Table(
    "turns",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("trace", String(40), nullable=False),
    Column("moment", Moment, nullable=False),
    Column("organisation", String(80), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("chat", String(200), nullable=False),
    Column("person", String(64), nullable=False),
    Column("question", Wording, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("day", Date, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("policy", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", String(10), nullable=False),
    Column("origin", String(120), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("understood", Json, nullable=False),
    Column("found", Json, nullable=False),
    Column("dropped", Json, nullable=False),
    Column("versions", Json, nullable=False),
    Column("answer", Json, nullable=False),
    Column("answer_hash", String(64), nullable=False),
    Column("case_id", String(40), nullable=False),
    Column("feedback", String(20), nullable=False),
    Index("turns_by_trace", "trace"),
    Index("turns_by_chat", "organisation", "channel", "chat", "id"),
    Index("turns_by_moment", "moment"),
)
"""What was asked and answered. Free text is masked; the text itself is sealed."""

counts = Table(
    "counts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", String(10), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("turns", Integer, nullable=False),
)
"""How many turns there were of those that were removed, by the day (UTC) they took place."""

model_tokens = Table(
    "model_tokens",
    metadata,
    Column("day", Date, primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("tokens", BigInteger, nullable=False),
)
"""What was spent on a language model today; chats stand there by a hash."""
