"""What a figure is found by becomes one column: object and action, as corrected, without quotation marks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_PLAIN = dict.fromkeys(map(ord, "“”‘’《》「」\n "))


def upgrade() -> None:
    op.alter_column("fact", "object", new_column_name="about")
    fact = sa.table("fact", sa.column("id"), sa.column("about"), sa.column("rest", sa.JSON))
    correction = sa.table("correction", *(sa.column(name) for name in ("id", "fact", "field", "new")))
    db = op.get_bind()
    new: dict[str, dict[str, str]] = {}
    for row in db.execute(sa.select(correction).order_by(correction.c.id)):
        new.setdefault(row.fact, {})[row.field] = row.new or ""
    for row in db.execute(sa.select(fact.c.id, fact.c.rest)).all():
        told = row.rest | new.get(row.id, {})
        about = (told.get("object", "") + told.get("action", "")).translate(_PLAIN)
        db.execute(sa.update(fact).where(fact.c.id == row.id).values(about=about))


def downgrade() -> None:
    op.alter_column("fact", "about", new_column_name="object")
