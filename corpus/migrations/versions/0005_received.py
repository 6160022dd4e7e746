"""When a file came in, in seconds of the epoch; of files that are there already nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("document", sa.Column("received", sa.Integer))


def downgrade() -> None:
    op.drop_column("document", "received")
