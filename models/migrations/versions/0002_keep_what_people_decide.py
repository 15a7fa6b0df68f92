"""Keep what people decide, who is held to which figure, and how far a rereading has come."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KNOW_THE_SPEAKERS = """
    UPDATE alerts SET speaker = body #>> '{claim,speaker,key}', speaker_name = body #>> '{claim,speaker,name}'
"""
KNOW_WHAT_WAS_TOLD = """
    UPDATE alert_history SET notify = true
    WHERE what IN ('opened', 'updated', 'reopened') AND NOT (body ->> 'to_check')::boolean
"""
# Joining writes who is held to a figure; what was joined before is joined again in the background.
JOIN_AGAIN = """
    UPDATE posts SET unjoined_since = now() WHERE unjoined_since IS NULL AND id IN (
        SELECT v.post_id FROM post_versions v
        JOIN figures f ON f.version_id = v.id JOIN event_figures e ON e.figure_id = f.id
    )
"""
# A store with sources has had its first start; the name is that of monitor/pipeline/beginning.py.
HAS_BEGUN = """
    INSERT INTO heartbeats (name, at) SELECT 'begun', now() WHERE EXISTS (SELECT FROM sources) ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=True),
        sa.Column("other_title", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name=op.f("fk_decisions_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("undoes", name=op.f("uq_decisions_undoes")),
    )
    op.create_index(op.f("ix_decisions_event_id"), "decisions", ["event_id"], unique=False)
    op.create_index(op.f("ix_decisions_other_id"), "decisions", ["other_id"], unique=False)
    op.create_table(
        "rereadings",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rereadings")),
    )
    op.create_table(
        "decision_figures",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("decision_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_decision_figures_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_figures")),
    )
    op.create_index(op.f("ix_decision_figures_decision_id"), "decision_figures", ["decision_id"], unique=False)
    op.create_index("ix_decision_figures_post", "decision_figures", ["source", "external_id"], unique=False)
    op.add_column("alert_history", sa.Column("notify", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("alerts", sa.Column("speaker", sa.String(), nullable=True))
    op.add_column("alerts", sa.Column("speaker_name", sa.String(), nullable=True))
    op.create_index(op.f("ix_alerts_speaker"), "alerts", ["speaker"], unique=False)
    op.add_column("event_figures", sa.Column("speaker", sa.String(), nullable=True))
    op.add_column("event_figures", sa.Column("speaker_name", sa.String(), nullable=True))
    op.add_column("event_figures", sa.Column("measure", sa.String(), nullable=True))
    op.add_column("event_figures", sa.Column("side", sa.String(), nullable=True))
    op.add_column("event_figures", sa.Column("turned", sa.String(), nullable=True))
    op.create_index("ix_event_figures_record", "event_figures", ["speaker", "side", "measure"], unique=False)
    op.add_column("posts", sa.Column("join_attempts", sa.Integer(), server_default="0", nullable=False))
    op.execute(KNOW_THE_SPEAKERS)
    op.execute(KNOW_WHAT_WAS_TOLD)
    op.execute(JOIN_AGAIN)
    op.execute(HAS_BEGUN)


def downgrade() -> None:
    op.drop_column("posts", "join_attempts")
    op.drop_index("ix_event_figures_record", table_name="event_figures")
    op.drop_column("event_figures", "turned")
    op.drop_column("event_figures", "side")
    op.drop_column("event_figures", "measure")
    op.drop_column("event_figures", "speaker_name")
    op.drop_column("event_figures", "speaker")
    op.drop_index(op.f("ix_alerts_speaker"), table_name="alerts")
    op.drop_column("alerts", "speaker_name")
    op.drop_column("alerts", "speaker")
    op.drop_column("alert_history", "notify")
    op.drop_index("ix_decision_figures_post", table_name="decision_figures")
    op.drop_index(op.f("ix_decision_figures_decision_id"), table_name="decision_figures")
    op.drop_table("decision_figures")
    op.drop_table("rereadings")
    op.drop_index(op.f("ix_decisions_other_id"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_event_id"), table_name="decisions")
    op.drop_table("decisions")
