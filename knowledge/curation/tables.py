"""The tables of the cases."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table

from knowledge.curation.columns import Json, Moment, Wording

metadata = MetaData()

case_events = Table(
    "case_events",
    metadata,
    Column("case_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("moment", Moment, nullable=False),
    Column("organisation", String(80), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("data", Json, nullable=False),
    Index("case_events_by_organisation", "organisation", "number"),
)
"""What befell each case, numbered from 1. Rows are added and never changed.

It holds no words of those who asked: these stand apart, where they can be removed.
"""

case_wordings = Table(
    "case_wordings",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("case_id", String(40), nullable=False),
    Column("organisation", String(80), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("chat", String(200), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("wording", Wording, nullable=False),
    Index("case_wordings_by_case", "case_id"),
    Index("case_wordings_by_chat", "organisation", "channel", "chat"),
)
"""How each case was asked for, in which chat, masked; one row a wording and chat."""
