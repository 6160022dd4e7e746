"""``Library``: everything a notebook, the command line and the server do with a library.

library = Library.open("library", create=True)
library.ingest(["bulletins/"])
print(library.ask("哪些县选派了党建指导员？").text)
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from api.build import Builder, Ingested, Report
from api.files import find_files
from api.incoming import opened
from api.searching import LibrarySearch
from api.settings import Settings, load_settings
from corpus.blobs import Blobs
from corpus.catalogue import Catalogue, DocumentState, Scope
from corpus.database import open_engine, sqlite_url
from corpus.errors import LibraryError, ModelError, NotFound, UsageError
from corpus.labels import STATUS, code_of
from corpus.links import Link
from corpus.model import Answer, Article, Fact, Hit, Place, Practice, Progress
from corpus.places import Gazetteer
from corpus.retire import GONE

if TYPE_CHECKING:
    from threading import Event

    from answer.digest import Digest
    from answer.verify import Verdict
    from api.exports import Exported, Imported
    from api.preview import Preview
    from extract.facts import Rules
    from retrieval.encoder import Encoder
    from retrieval.search import Mode


class Library:
    """One library in one folder. Reading needs no lock; each writing call takes it for its time."""

    def __init__(self, folder: Path, catalogue: Catalogue, settings: Settings) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.settings = settings
        self.overrides = folder / "overrides"

    @classmethod
    def open(cls, folder: str | Path, *, create: bool = False, settings: Settings | None = None) -> Library:
        """The library in a folder, made first where ``create`` says so.

        Raises:
            NotFound: there is none.
            LibraryError: it cannot be used as it is.
        """
        settings = settings or load_settings()
        home = Path(folder)
        file = home / "catalogue.sqlite"
        if settings.database_url is None and not file.exists() and not create:
            raise NotFound(f"没有资料库 {str(home)!r}。请先运行 tongjian ingest 文件… --library {str(home)!r}。")
        try:
            for part in (home, home / "overrides", home / "index"):
                part.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            if create:
                raise LibraryError(f"无法建立资料库 {str(home)!r}：{exc.strerror}。请换一个可写的文件夹。") from exc
        engine = open_engine(settings.database_url or sqlite_url(file), migrate=create)
        return cls(home, Catalogue(engine), settings)

    def close(self) -> None:
        """Give the files free."""
        self.searcher.forget()
        self.catalogue.engine.dispose()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- taking in -----------------------------------------------------------------------------------------------

    def ingest(
        self,
        paths: Iterable[str | Path],
        progress: Progress | None = None,
        *,
        scanning: Progress | None = None,
        index: bool = True,
    ) -> Report:
        """Take in files and folders. What is in already is a duplicate; what fails is told; the rest is kept.

        Scans come after all other files; ``scanning`` hears of them.
        A file that changed since it was read replaces its old version, which stays as history. ``index`` off only
        extracts; the next run, or ``rebuild``, indexes.
        """
        started = time.perf_counter()
        with (
            self._builder("导入资料", index=index) as builder,
            opened(find_files(map(Path, paths)), self.folder / "incoming", self.settings.readers) as items,
        ):
            done = tuple(builder.ingest(items, progress, scanning))
        return Report(done, time.perf_counter() - started)

    def preview(self, paths: Iterable[str | Path], progress: Progress | None = None) -> Iterator[Preview]:
        """What taking in files and folders would find, file by file; nothing is written."""
        from api.preview import preview

        live = [d for d, state in self.catalogue.states().items() if state not in (*GONE, "failed")]
        return preview(find_files(map(Path, paths)), live, self.settings.readers, progress)

    def watch(self, folders: Sequence[str | Path], stop: Event | None = None) -> Iterator[Report]:
        """Take in folders now, and then whatever is added or changed in them, a report each time, until stopped."""
        from api.watch import changes

        yield self.ingest(folders)
        for paths in changes([Path(f) for f in folders], stop):
            yield self.ingest(paths)

    def delete(self, documents: Sequence[str]) -> list[DocumentState]:
        """Take documents out, by id or file name; their originals stay and taking the files in brings them back.

        Raises:
            NotFound: one of them is not in the library; none is taken out.
        """
        live = [d for d in self.documents() if d.state not in GONE]
        chosen: dict[str, DocumentState] = {}
        for wanted in documents:
            found = [d for d in live if wanted in (d.document.id, d.document.name)]
            if not found:
                raise NotFound(f"资料库里没有文件 {wanted!r}。用 tongjian documents 查看。")
            chosen |= {d.document.id: d for d in found}
        with self._builder("删除资料") as builder:
            self.catalogue.delete(list(chosen))
            builder.index_pending()
        return list(chosen.values())

    def rebuild(self) -> int:
        """Make both indexes anew from the catalogue; how many passages they hold. Embeds only what has no vector."""
        from api.reindex import reindex

        return reindex(self)

    # --- reading -------------------------------------------------------------------------------------------------

    def documents(self) -> list[DocumentState]:
        """Every document with its state."""
        return self.catalogue.documents()

    def articles(self, place: str | None = None) -> list[Article]:
        """Every article, or those of a place and the places below it."""
        return self.catalogue.articles(scope=self.scope(place))

    def article(self, article: str) -> Article:
        """One article.

        Raises:
            NotFound: there is none of that id.
        """
        found = self.catalogue.article(article)
        if found is None:
            raise NotFound(f"资料库里没有文章 {article!r}。用 tongjian articles 查看编号。")
        return found

    def links(self, article: str | None = None) -> list[Link]:
        """Which articles are copies, alike (with where they differ), or versions: those of one article, or all."""
        return self.catalogue.links([article] if article else None)

    def facts(self, place: str | None = None, indicator: str | None = None, status: str | None = None) -> list[Fact]:
        """Facts of a place, an indicator (id or name), a status.

        Raises:
            UsageError: the place or the status is unknown.
        """
        meant = code_of(STATUS, status) if status else None
        if status and meant is None:
            raise UsageError(f"没有状态 {status!r}，可用：{'、'.join(STATUS)}。")
        wanted = self._indicators(indicator) if indicator else ()
        found = self.catalogue.facts(self.scope(place), statuses=[meant] if meant else ())
        if indicator:
            found = [f for f in found if f.indicator in wanted or indicator in (f.indicator, f.indicator_name)]
        return found

    def practices(self, place: str | None = None, theme: str | None = None) -> list[Practice]:
        """Practices of a place, of a theme."""
        found = self.catalogue.practices(self.scope(place))
        return [p for p in found if theme is None or theme in p.themes]

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        mode: Mode = "hybrid",
    ) -> list[Hit]:
        """Passages that speak to a query, best first; copies of an article give one hit."""
        return self.search_in(query, k, self.scope(place, since, until), mode)

    def ask(self, question: str, *, llm: str | None = None, progress: Progress | None = None) -> Answer:
        """A cited, verified answer; ``llm`` names a model, "none" switches a configured one off."""
        from answer.ask import ask
        from api.wiring import chat_model, sources

        return ask(question, sources(self), chat_model(self.settings, llm))

    def verify(self, answer: object) -> list[Verdict]:
        """Judge each claim of an answer in the contract's form."""
        from answer.verify import verify_answer
        from api.wiring import sources

        return verify_answer(answer, sources(self))

    def export(
        self,
        out: str | Path,
        *,
        place: str | None = None,
        indicator: str | None = None,
        status: str | None = None,
        theme: str | None = None,
    ) -> Exported:
        """Write facts and practices to .xlsx, .csv, .parquet or .jsonl, whole or not at all."""
        from api.exports import Chosen, export

        return export(self, Path(out), Chosen(place, indicator, status, theme))

    def import_workbook(self, path: str | Path, *, write: bool = False, author: str = "") -> Imported:
        """What an edited workbook says otherwise; ``write`` makes it corrections."""
        from api.exports import import_workbook

        return import_workbook(self, Path(path), write=write, author=author)

    def digest(self, theme: str, out: str | Path, places: Sequence[str] = ()) -> Digest:
        """Write the practices of a theme, of some places or all, to .docx or .md."""
        from api.exports import digest

        return digest(self, theme, Path(out), places)

    def scope(self, place: str | None = None, since: str | None = None, until: str | None = None) -> Scope:
        """A place's name, alias or adcode, and dates, as a scope.

        Raises:
            UsageError: the place is unknown or has several meanings.
        """
        for date in (since, until):
            _check_date(date)
        if not place:
            return Scope((), since, until)
        return Scope((self.resolve(place).adcode,), since, until)

    def resolve(self, place: str) -> Place:
        """The place of a name, alias or adcode, read with the library's own places as context."""
        found = self.gazetteer.resolve(place, self.catalogue.places()) or self.gazetteer.resolve(place)
        if found is None:
            several = "、".join("".join(p.path) for p in self.gazetteer.candidates(place)[:5])
            hint = f"可能是：{several}。请写出上级" if several else "请检查写法，或用行政区划代码"
            raise UsageError(f"不能确定地名 {place!r}。{hint}。")
        return found

    def index_counts(self) -> tuple[int | None, int]:
        """Passages in the dense (None: not open) and the lexical index."""
        return self.searcher.counts()

    # --- what the above stands on -----------------------------------------------------------------------------------

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places, with the library's overrides."""
        return Gazetteer.load(self.overrides)

    @cached_property
    def rules(self) -> Rules:
        """Extraction rules, with the library's overrides."""
        from extract.facts import Rules

        return Rules.load(self.overrides)

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder, or None where its weights are missing (search is then by words only)."""
        from retrieval.encoder import load_encoder

        try:
            return load_encoder(self.settings.encoder)
        except ModelError:
            if self.settings.encoder:
                raise
            return None

    def _indicators(self, indicator: str) -> set[str]:
        return {i.id for i in self.rules.indicators.values() if indicator in (i.id, i.name)}

    def search_in(self, query: str, k: int, scope: Scope, mode: Mode = "hybrid") -> list[Hit]:
        """The same within a scope."""
        return self.searcher.search(query, k, scope, mode)

    @cached_property
    def searcher(self) -> LibrarySearch:
        """Search over this library's indexes."""
        return LibrarySearch(self.folder, self.catalogue, lambda: self.encoder)

    def holding(self, what: str) -> AbstractContextManager[None]:
        """Hold the library's lock while a block runs, and search Chroma instead of vectors read into memory.

        For a server over a library of some hundred thousand passages; nobody else can write to it meanwhile.
        """
        return self.searcher.holding(what)

    @contextmanager
    def _builder(self, what: str, *, index: bool = True) -> Iterator[Builder]:
        with self.searcher.writable(what) as indexes:
            yield Builder(
                self.catalogue, Blobs(self.folder / "blobs"), indexes, self.encoder,
                self.rules, self.overrides, self.settings.readers, index,
            )  # fmt: skip


def _check_date(date: str | None) -> None:
    import re

    if date is not None and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", date):
        raise UsageError(f"日期 {date!r} 写法不对，应如 2026-03-01、2026-03 或 2026。")


__all__ = ["Ingested", "Library", "Report"]
