"""Digests in the making and published, as an editor leaves them; nobody overwrites what another saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from corpus.codec import decode, encode
from corpus.errors import Conflict, NotFound, UsageError
from corpus.model import Derivation
from corpus.tables import digest as digests_

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Source:
    """A body span of an article, and what stands there."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim of an answer in its words, by what it is carried: numbers of its entry's sources, from 0, and its sum."""

    text: str
    sources: tuple[int, ...] = ()
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: an edited text and its sources; ``unit`` sent it in (供稿), ``place`` is an adcode.

    ``claims`` are sentences taken from an answer, which its sources carry in other words.
    """

    id: str
    heading: str = ""
    text: str = ""
    unit: str = ""
    place: str | None = None
    sources: tuple[Source, ...] = ()
    claims: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its entries in order."""

    id: str
    heading: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A digest: masthead (刊头), number (期号), issuer (编发单位), date, 版记, and its sections.

    ``template``: experience (经验摘编), brief (工作简报), comparison (对比专报). ``published`` once it went out.
    """

    title: str
    template: str = "experience"
    masthead: str = ""
    number: str = ""
    issuer: str = ""
    dated: str = ""
    recipients: str = ""
    published: bool = False
    sections: tuple[Section, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry in order."""
        return tuple(entry for section in self.sections for entry in section.entries)


@dataclass(frozen=True, slots=True)
class Saved:
    """An issue as saved the ``version``-th time."""

    id: str
    version: int
    changed_at: str
    issue: Issue


class Digests:
    """The digests of one library's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Saved]:
        """Every digest, the last changed first."""
        query = select(digests_).order_by(digests_.c.changed_at.desc(), digests_.c.id)
        with self._engine.connect() as db:
            return [_saved(row) for row in db.execute(query)]

    def published(self) -> list[Saved]:
        """The digests that went out, the last changed first."""
        query = select(digests_).where(digests_.c.rest["published"].as_string().is_not(None))
        with self._engine.connect() as db:
            return [_saved(row) for row in db.execute(query.order_by(digests_.c.changed_at.desc(), digests_.c.id))]

    def get(self, digest: str) -> Saved:
        """One digest.

        Raises:
            NotFound: there is none of that id.
        """
        with self._engine.connect() as db:
            row = db.execute(select(digests_).where(digests_.c.id == digest)).one_or_none()
        if row is None:
            raise NotFound(f"没有摘编 {digest!r}，也许已被删除。")
        return _saved(row)

    def add(self, digest: str, issue: Issue) -> Saved:
        """Keep a new one."""
        made = Saved(digest, 1, _now(), issue)
        with self._engine.begin() as tx:
            tx.execute(insert(digests_).values(id=made.id, **_columns(made)))
        return made

    def save(self, digest: str, issue: Issue, version: int) -> Saved:
        """Put a new state over version ``version``.

        Raises:
            NotFound: there is none of that id.
            UsageError: it is published; it must be reopened first.
            Conflict: somebody saved another state meanwhile; nothing is overwritten.
        """
        before = self.get(digest)
        if before.version == version and before.issue.published and issue.published and issue != before.issue:
            raise UsageError(
                f"《{issue.title}》已刊发，不能再改。请换一份，或先在这份摘编的“刊头和版记”里取消“已刊发”。"
            )
        made = Saved(digest, version + 1, _now(), issue)
        with self._engine.begin() as tx:
            same = (digests_.c.id == digest) & (digests_.c.version == version)
            if tx.execute(update(digests_).where(same).values(**_columns(made))).rowcount == 1:
                return made
        raise Conflict("这份摘编刚被别处改过，这次没有保存。请先另存您的文字，再打开最新的一版。")

    def delete(self, digest: str) -> None:
        """Take one out.

        Raises:
            NotFound: there is none of that id.
            Conflict: it is published; the ledger and the warnings of later issues stand on it.
        """
        if self.get(digest).issue.published:
            raise Conflict("已刊发的摘编不能删除，台账和“已刊”提示要用到它。确要删除，请先取消“已刊发”。")
        with self._engine.begin() as tx:
            if tx.execute(delete(digests_).where(digests_.c.id == digest)).rowcount == 0:
                raise NotFound(f"没有摘编 {digest!r}，也许已被删除。")


def _columns(saved: Saved) -> dict[str, Any]:
    return {
        "title": saved.issue.title, "version": saved.version, "changed_at": saved.changed_at,
        "rest": encode(saved.issue),
    }  # fmt: skip


def _saved(row: Any) -> Saved:  # noqa: ANN401
    return Saved(row.id, row.version, row.changed_at, decode(Issue, row.rest))


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="microseconds")
