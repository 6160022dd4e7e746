"""Articles that are copies, alike, or versions; where documents were read from and what replaced them."""

import sqlalchemy as sa
from alembic import op

from corpus.near import shingles, sketch

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("document", sa.Column("origin", sa.Text))
    op.add_column("document", sa.Column("replaced_by", sa.String(16)))
    op.create_index("ix_document_origin", "document", ["origin"])
    op.add_column("article", sa.Column("version_of", sa.String(16)))
    op.add_column("article", sa.Column("simplified", sa.Text))
    shingle = op.create_table(
        "shingle",
        sa.Column("hash", sa.BigInteger, primary_key=True),
        sa.Column("article", sa.String(16), sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_shingle_article", "shingle", ["article"])
    op.create_table(
        "link",
        sa.Column("article", sa.String(16), sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("other", sa.String(16), sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("differences", sa.JSON, nullable=False),
    )
    op.create_index("ix_link_other", "link", ["other"])
    op.create_table("stale_passage", sa.Column("id", sa.String(16), primary_key=True))
    article = sa.table("article", sa.column("id"), sa.column("body"), sa.column("duplicate_of"))
    db = op.get_bind()
    for row in db.execute(sa.select(article.c.id, article.c.body, article.c.duplicate_of)).all():
        rows = [{"hash": h, "article": row.id} for h in sketch(shingles(row.body))]
        if rows:
            db.execute(sa.insert(shingle), rows)
    _link_copies(db, article)


def _link_copies(db: sa.Connection, article: sa.TableClause) -> None:
    """The copies known so far become links, and their figures point at the original's."""
    copies = sa.select(article.c.id, article.c.duplicate_of).where(article.c.duplicate_of.is_not(None))
    link = sa.table("link", *(sa.column(name) for name in ("article", "other", "kind", "share", "differences")))
    fact = sa.table("fact", *(sa.column(name) for name in ("id", "article", "start", "end", "duplicate_of")))
    for row in db.execute(copies).all():
        first, second = sorted((row.id, row.duplicate_of))
        pair = {"article": first, "other": second, "kind": "copy", "share": 1.0, "differences": "[]"}
        db.execute(sa.insert(link).values(**pair))
        spans = {
            (f.start, f.end): f.id for f in db.execute(sa.select(fact).where(fact.c.article == row.duplicate_of)).all()
        }
        for f in db.execute(sa.select(fact).where(fact.c.article == row.id)).all():
            twin = spans.get((f.start, f.end), f.duplicate_of)
            db.execute(sa.update(fact).where(fact.c.id == f.id).values(duplicate_of=twin))


def downgrade() -> None:
    op.drop_table("stale_passage")
    op.drop_table("link")
    op.drop_table("shingle")
    op.drop_column("article", "simplified")
    op.drop_column("article", "version_of")
    op.drop_index("ix_document_origin", "document")
    op.drop_column("document", "replaced_by")
    op.drop_column("document", "origin")
