"""Find what waits to be joined by how often it was tried."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WAITS = sa.text("unjoined_since IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_posts_unjoined", table_name="posts")
    columns: list[Any] = ["join_attempts", sa.text("published_at DESC"), "id"]
    op.create_index("ix_posts_unjoined", "posts", columns, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_index("ix_posts_unjoined", table_name="posts")
    op.create_index("ix_posts_unjoined", "posts", ["unjoined_since"], postgresql_where=WAITS)
