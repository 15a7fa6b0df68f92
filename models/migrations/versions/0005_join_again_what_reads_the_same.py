"""A rereading may also join anew what reads as before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rereadings", sa.Column("rejoin", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    op.drop_column("rereadings", "rejoin")
