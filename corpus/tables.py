"""The catalogue's tables. What is filtered or sorted by is a column; the rest of a noun is its JSON (``rest``)."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

document = Table(
    "document",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    # received → stored → indexed, or failed; replaced and deleted ones keep only this row and their blob
    Column("state", String(12), nullable=False, index=True),
    Column("reason", Text),
    Column("kind_of_failure", String(20)),
    Column("attempts", Integer, nullable=False, default=1),
    # the absolute path it was read from; a file that changed there replaces this one
    Column("origin", Text, index=True),
    Column("replaced_by", String(16)),
    Column("rest", JSON, nullable=False),
    # when it came in, in seconds of the epoch
    Column("received", Integer),
)

article = Table(
    "article",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("document", String(16), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("adcode", String(6), index=True),
    Column("kind", String(12), nullable=False),
    Column("published_on", String(10)),
    Column("content", String(16), nullable=False, index=True),
    Column("duplicate_of", String(16)),
    Column("version_of", String(16)),
    Column("body", Text, nullable=False),
    # title and body in simplified characters, where they are written in traditional ones: what words are looked for in
    Column("simplified", Text),
    Column("runs", JSON, nullable=False),
    Column("rest", JSON, nullable=False),
)

passage = Table(
    "passage",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("article", String(16), ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    # float16, little endian; null where no encoder was at hand
    Column("vector", LargeBinary),
)

fact = Table(
    "fact",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("article", String(16), ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("adcode", String(6), index=True),
    Column("indicator", Text, nullable=False, index=True),
    # object and action without quotation marks: the words a figure is found by
    Column("about", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("level", String(12), nullable=False),
    Column("duplicate_of", String(16)),
    Column("rest", JSON, nullable=False),
)

practice = Table(
    "practice",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("article", String(16), ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("adcode", String(6), index=True),
    Column("practice", Text, nullable=False),
    Column("rest", JSON, nullable=False),
)

# No foreign key: corrections outlive the rows they are about and lie over them again when a file is read anew.
correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("fact", String(16), nullable=False, index=True),
    Column("field", String(20), nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("author", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

# A sample of each article's hashed shingles, by which texts that are alike are found.
shingle = Table(
    "shingle",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("article", String(16), ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# Two articles that are copies, alike, or versions of one draft; ``article`` is the smaller id.
link = Table(
    "link",
    metadata,
    Column("article", String(16), ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("other", String(16), ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("kind", String(12), nullable=False),
    Column("share", Float, nullable=False),
    Column("differences", JSON, nullable=False),
)

# Passages that are gone from the catalogue and may still be in the indexes.
stale_passage = Table("stale_passage", metadata, Column("id", String(16), primary_key=True))

index_state = Table(
    "index_state",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

# Digests in the making and published; ``version`` counts the times one was saved.
digest = Table(
    "digest",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("rest", JSON, nullable=False),
)

# Long work that the server did or does: taking files in, exports.
job = Table(
    "job",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("title", Text, nullable=False),
    # queued → running → done or failed; stopped where the server ended before
    Column("state", String(12), nullable=False),
    Column("queued_at", String(32), nullable=False, index=True),
    Column("ended_at", String(32)),
    Column("rest", JSON, nullable=False),
)

Index("article_order", article.c.document, article.c.ordinal)
