"""Posts remember the events that lost a figure of theirs; totals are found without reading all figures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "posts", sa.Column("left_events", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False)
    )
    op.create_index("ix_figures_total", "figures", ["id"], postgresql_where=sa.text("scope = 'total'"))


def downgrade() -> None:
    op.drop_index("ix_figures_total", table_name="figures")
    op.drop_column("posts", "left_events")
