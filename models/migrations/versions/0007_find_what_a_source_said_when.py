"""Find what a source said at a time, and what was told of a place with nearly a number."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_posts_source_time", "posts", ["source_id", "published_at"])
    op.create_index(
        "ix_figures_place", "figures", ["place_id", "measure", "low"], postgresql_where=sa.text("place_id IS NOT NULL")
    )
    op.create_index(
        "ix_figures_number", "figures", ["measure", "low", "high"], postgresql_where=sa.text("place_name IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_figures_number", table_name="figures")
    op.drop_index("ix_figures_place", table_name="figures")
    op.drop_index("ix_posts_source_time", table_name="posts")
