"""How a claim fared against the official figure of its time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event_figures", sa.Column("at_odds", sa.Boolean(), nullable=True))
    op.add_column("event_figures", sa.Column("odds", sa.Float(), nullable=True))


def downgrade() -> None:
    op.drop_column("event_figures", "odds")
    op.drop_column("event_figures", "at_odds")
