"""What was spent on a language model, by day and chat."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "model_tokens",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Remove the table with all it holds."""
    op.drop_table("model_tokens")
