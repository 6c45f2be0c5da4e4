"""The first tables: the journal and the cases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    _journal(number)
    _cases(number)


def downgrade() -> None:
    """Remove the tables with all they hold."""
    for table in ("case_wordings", "case_events", "counts", "turns"):
        op.drop_table(table)


def _journal(number: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "turns",
        sa.Column("id", number, primary_key=True),
        sa.Column("trace", sa.String(40), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        *_words(organisation=80, channel=40, chat=200, person=64),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_words(lang=2, policy=10, kind=20, status=10, origin=120),
        sa.Column("confidence", sa.Float(), nullable=False),
        *_texts("understood", "found", "dropped", "versions", "answer"),
        *_words(answer_hash=64, case_id=40, feedback=20),
    )
    op.create_index("turns_by_trace", "turns", ["trace"])
    op.create_index("turns_by_chat", "turns", ["organisation", "channel", "chat", "id"])
    op.create_index("turns_by_moment", "turns", ["moment"])
    op.create_table(
        "counts",
        sa.Column("id", number, primary_key=True),
        *_words(organisation=80),
        sa.Column("day", sa.Date(), nullable=False),
        *_words(kind=20, status=10, lang=2),
        sa.Column("turns", sa.Integer(), nullable=False),
    )


def _cases(number: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "case_events",
        sa.Column("case_id", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        *_words(organisation=80, actor=80, kind=20),
        *_texts("data"),
    )
    op.create_index("case_events_by_organisation", "case_events", ["organisation", "number"])
    op.create_table(
        "case_wordings",
        sa.Column("id", number, primary_key=True),
        *_words(case_id=40, organisation=80, channel=40, chat=200, lang=2),
        *_texts("wording"),
    )
    op.create_index("case_wordings_by_case", "case_wordings", ["case_id"])
    op.create_index("case_wordings_by_chat", "case_wordings", ["organisation", "channel", "chat"])


def _words(**lengths: int) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(length), nullable=False) for name, length in lengths.items()]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
