"""The first tables: document, article, passage, fact, practice, correction, index_state."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("reason", sa.Text),
        sa.Column("kind_of_failure", sa.String(20)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column(
            "document", sa.String(16), sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("adcode", sa.String(6), index=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("published_on", sa.String(10)),
        sa.Column("content", sa.String(16), nullable=False, index=True),
        sa.Column("duplicate_of", sa.String(16)),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("runs", sa.JSON, nullable=False),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_index("article_order", "article", ["document", "ordinal"])
    op.create_table(
        "passage",
        sa.Column("id", sa.String(16), primary_key=True),
        _article(),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.String(16), primary_key=True),
        _article(),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("adcode", sa.String(6), index=True),
        sa.Column("indicator", sa.Text, nullable=False, index=True),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("duplicate_of", sa.String(16)),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.String(16), primary_key=True),
        _article(),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("adcode", sa.String(6), index=True),
        sa.Column("practice", sa.Text, nullable=False),
        sa.Column("rest", sa.JSON, nullable=False),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("fact", sa.String(16), nullable=False, index=True),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "index_state",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _article() -> sa.Column[str]:
    return sa.Column(
        "article", sa.String(16), sa.ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True
    )


def downgrade() -> None:
    for name in ("index_state", "correction", "practice", "fact", "passage", "article", "document"):
        op.drop_table(name)
