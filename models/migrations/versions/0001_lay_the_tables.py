"""Lay the tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("to_check", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("example", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("key", name=op.f("uq_alerts_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_alerts_public_id")),
    )
    op.create_index(op.f("ix_alerts_event_id"), "alerts", ["event_id"], unique=False)
    op.create_index("ix_alerts_state_updated", "alerts", ["state", "updated_at"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place_name", sa.String(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("example", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_window", "events", ["start_at", "end_at"], unique=False)
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "hosts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hosts")),
    )
    op.create_index(op.f("ix_hosts_free_at"), "hosts", ["free_at"], unique=False)
    op.create_table(
        "issues",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
    )
    op.create_index(
        "uq_issues_open", "issues", ["subject", "kind"], unique=True, postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_table(
        "sides",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opponents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sides")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("host", sa.String(), server_default="", nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("side", sa.String(), server_default="unknown", nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("groups", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("retention_s", sa.BigInteger(), nullable=True),
        sa.Column("example", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("interval_s", sa.Integer(), nullable=True),
        sa.Column("current_interval_s", sa.Integer(), nullable=True),
        sa.Column("cursor", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("next_poll_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_poll_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_post_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unparsed_poll", sa.String(), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("moved_seen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("health", sa.String(), server_default="unverified", nullable=False),
        sa.Column("health_reason", sa.String(), nullable=True),
        sa.Column("health_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("handles", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("key", name=op.f("uq_sources_key")),
    )
    op.create_index(
        "ix_sources_due", "sources", ["host", "next_poll_at"], unique=False, postgresql_where=sa.text("enabled")
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("side", sa.String(), server_default="unknown", nullable=False),
        sa.Column("party", sa.Boolean(), nullable=False),
        sa.Column("aliases", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("people", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("example", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("key", name=op.f("uq_speakers_key")),
    )
    op.create_table(
        "alert_history",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_alert_history_alert_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_history")),
        sa.UniqueConstraint("alert_id", "what", "fingerprint", name=op.f("uq_alert_history_alert_id_what_fingerprint")),
    )
    op.create_index(op.f("ix_alert_history_alert_id"), "alert_history", ["alert_id"], unique=False)
    op.create_table(
        "fetches",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("requested", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), server_default="stored", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_fetches_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_fetches_poll_id_position")),
    )
    op.create_index(op.f("ix_fetches_fetched_at"), "fetches", ["fetched_at"], unique=False)
    op.create_index(op.f("ix_fetches_source_id"), "fetches", ["source_id"], unique=False)
    op.create_index(
        "ix_fetches_unparsed", "fetches", ["id"], unique=False, postgresql_where=sa.text("state = 'stored'")
    )
    op.create_table(
        "poll_runs",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("health", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("requests", sa.Integer(), server_default="0", nullable=False),
        sa.Column("new_posts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("new_versions", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_poll_runs_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_runs")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_poll_runs_poll_id")),
    )
    op.create_index(op.f("ix_poll_runs_source_id"), "poll_runs", ["source_id"], unique=False)
    op.create_index(op.f("ix_poll_runs_started_at"), "poll_runs", ["started_at"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forwarded_from", sa.String(), nullable=True),
        sa.Column("forwarded_post", sa.String(), nullable=True),
        sa.Column("reply_to", sa.String(), nullable=True),
        sa.Column("group_ids", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("service", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("forwards", sa.BigInteger(), nullable=True),
        sa.Column("extra", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("current_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unjoined_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("example", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_posts_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_posts_source_id_external_id")),
    )
    op.create_index("ix_posts_forward", "posts", ["forwarded_from", "forwarded_post"], unique=False)
    op.create_index("ix_posts_published_at", "posts", ["published_at"], unique=False)
    op.create_index(
        "ix_posts_unjoined",
        "posts",
        ["unjoined_since"],
        unique=False,
        postgresql_where=sa.text("unjoined_since IS NOT NULL"),
    )
    op.create_table(
        "alert_posts",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_posts_alert_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_alert_posts_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_posts")),
        sa.UniqueConstraint("alert_id", "post_id", name=op.f("uq_alert_posts_alert_id_post_id")),
    )
    op.create_index(op.f("ix_alert_posts_alert_id"), "alert_posts", ["alert_id"], unique=False)
    op.create_index(op.f("ix_alert_posts_post_id"), "alert_posts", ["post_id"], unique=False)
    op.create_table(
        "post_versions",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetch_id", sa.BigInteger(), nullable=True),
        sa.Column("reader_version", sa.Integer(), nullable=True),
        sa.Column("read_state", sa.String(), server_default="unread", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_versions_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_versions")),
        sa.UniqueConstraint("post_id", "number", name=op.f("uq_post_versions_post_id_number")),
    )
    op.create_index(
        "ix_post_versions_unread",
        "post_versions",
        ["id"],
        unique=False,
        postgresql_where=sa.text("read_state = 'unread'"),
    )
    op.create_index("ix_post_versions_reader_version", "post_versions", ["reader_version"], unique=False)
    op.create_table(
        "figures",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("bound", sa.String(), nullable=False),
        sa.Column("modifier", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("part_quote", sa.String(), nullable=True),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("speaker_quote", sa.String(), nullable=True),
        sa.Column("speaker_key", sa.String(), nullable=True),
        sa.Column("place_quote", sa.String(), nullable=True),
        sa.Column("place_name", sa.String(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("as_of_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("as_of_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reader_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["post_versions.id"], name=op.f("fk_figures_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures")),
        sa.UniqueConstraint(
            "version_id", "start", "end", "measure", name=op.f("uq_figures_version_id_start_end_measure")
        ),
    )
    op.create_index(op.f("ix_figures_version_id"), "figures", ["version_id"], unique=False)
    op.create_table(
        "post_media",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["post_versions.id"], name=op.f("fk_post_media_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_media")),
    )
    op.create_index(op.f("ix_post_media_version_id"), "post_media", ["version_id"], unique=False)
    op.create_table(
        "event_figures",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("figure_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(), server_default="", nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("carried_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_figures_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["figure_id"], ["figures.id"], name=op.f("fk_event_figures_figure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_event_figures")),
    )
    op.create_index(op.f("ix_event_figures_event_id"), "event_figures", ["event_id"], unique=False)
    op.create_index(op.f("ix_event_figures_figure_id"), "event_figures", ["figure_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_event_figures_figure_id"), table_name="event_figures")
    op.drop_index(op.f("ix_event_figures_event_id"), table_name="event_figures")
    op.drop_table("event_figures")
    op.drop_index(op.f("ix_post_media_version_id"), table_name="post_media")
    op.drop_table("post_media")
    op.drop_index(op.f("ix_figures_version_id"), table_name="figures")
    op.drop_table("figures")
    op.drop_index("ix_post_versions_reader_version", table_name="post_versions")
    op.drop_index(
        "ix_post_versions_unread", table_name="post_versions", postgresql_where=sa.text("read_state = 'unread'")
    )
    op.drop_table("post_versions")
    op.drop_index(op.f("ix_alert_posts_post_id"), table_name="alert_posts")
    op.drop_index(op.f("ix_alert_posts_alert_id"), table_name="alert_posts")
    op.drop_table("alert_posts")
    op.drop_index("ix_posts_unjoined", table_name="posts", postgresql_where=sa.text("unjoined_since IS NOT NULL"))
    op.drop_index("ix_posts_published_at", table_name="posts")
    op.drop_index("ix_posts_forward", table_name="posts")
    op.drop_table("posts")
    op.drop_index(op.f("ix_poll_runs_started_at"), table_name="poll_runs")
    op.drop_index(op.f("ix_poll_runs_source_id"), table_name="poll_runs")
    op.drop_table("poll_runs")
    op.drop_index("ix_fetches_unparsed", table_name="fetches", postgresql_where=sa.text("state = 'stored'"))
    op.drop_index(op.f("ix_fetches_source_id"), table_name="fetches")
    op.drop_index(op.f("ix_fetches_fetched_at"), table_name="fetches")
    op.drop_table("fetches")
    op.drop_index(op.f("ix_alert_history_alert_id"), table_name="alert_history")
    op.drop_table("alert_history")
    op.drop_table("speakers")
    op.drop_index("ix_sources_due", table_name="sources", postgresql_where=sa.text("enabled"))
    op.drop_table("sources")
    op.drop_table("sides")
    op.drop_index("uq_issues_open", table_name="issues", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_table("issues")
    op.drop_index(op.f("ix_hosts_free_at"), table_name="hosts")
    op.drop_table("hosts")
    op.drop_table("heartbeats")
    op.drop_index("ix_events_window", table_name="events")
    op.drop_table("events")
    op.drop_index("ix_alerts_state_updated", table_name="alerts")
    op.drop_index(op.f("ix_alerts_event_id"), table_name="alerts")
    op.drop_table("alerts")
