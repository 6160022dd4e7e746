"""``Library``: everything a notebook, the command line and the server do with a library.

library = Library.open("library", create=True)
library.ingest(["bulletins/"])
print(library.ask("哪些县选派了党建指导员？").text)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.build import Builder
from api.files import find_files
from api.incoming import Item, opened
from api.reading import LibraryReading, Places
from api.report import Ingested, Report
from api.settings import Settings, load_settings
from corpus.blobs import Blobs
from corpus.catalogue import Catalogue, DocumentState
from corpus.database import open_engine, sqlite_url
from corpus.errors import LibraryError, NotFound
from corpus.model import Answer, Plan, Progress
from corpus.retire import GONE, LIVE, named

if TYPE_CHECKING:
    from threading import Event

    from answer.digest import Digest
    from answer.verify import Verdict
    from api.asking import Codebook, PlanIn
    from api.exports import Exported, Imported
    from api.filling import Made
    from api.preview import Preview


class Library(LibraryReading):
    """One library in one folder. Reading needs no lock; each writing call takes it for its time."""

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
        known_as: Callable[[Item], Item] | None = None,
    ) -> Report:
        """Take in files and folders. What is in already is a duplicate; what fails is told; the rest is kept.

        Scans come after all other files; ``scanning`` hears of them.
        A file that changed since it was read replaces its old version, which stays as history. ``index`` off only
        extracts; the next run, or ``rebuild``, indexes. ``known_as``: what each file is known by where not by its path.
        """
        started = time.perf_counter()
        with (
            self._builder("导入资料", index=index) as builder,
            opened(find_files(map(Path, paths)), self.folder / "incoming", self.settings.readers) as items,
        ):
            found = [known_as(item) for item in items] if known_as else items
            done = tuple(builder.ingest(found, progress, scanning))
        return Report(done, time.perf_counter() - started)

    def preview(
        self, paths: Iterable[str | Path], progress: Progress | None = None, *, scanning: Progress | None = None
    ) -> list[Preview]:
        """What taking in files and folders would find, file by file; nothing is written to the library."""
        from api.preview import preview

        live = {d for d, state in self.catalogue.states().items() if state in LIVE}
        return preview(find_files(map(Path, paths)), live, self.overrides, self.settings.readers, progress, scanning)

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
        live = {d.document.id: d for d in self.documents() if d.state not in GONE}
        chosen = named(documents, {document: d.document.name for document, d in live.items()})
        with self._builder("删除资料") as builder:
            self.catalogue.delete(chosen)
            builder.index_pending()
        return [live[document] for document in chosen]

    def rebuild(self) -> int:
        """Make both indexes anew from the catalogue; how many passages they hold. Embeds only what has no vector."""
        from api.reindex import reindex

        return reindex(self)

    # --- answering -----------------------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        *,
        llm: str | None = None,
        places: Places = None,
        plan: PlanIn | Mapping[str, object] | None = None,
        previous: str | Sequence[str] = (),
        aspects: Codebook = None,
        understood: Callable[[Plan], None] | None = None,
    ) -> Answer:
        """A cited, verified answer; ``llm`` names a model, "none" switches a configured one off.

        ``places`` limits it to the material of a place or of several, with all below them. ``plan``: the fields of an
        answer's plan that a person changed. ``previous``: the questions asked before, on which this one may lean.
        ``aspects``: what to tell apart of each place, by name or as a CSV file with name, definition, examples.
        ``understood`` hears of the plan before it is followed.

        Raises:
            UsageError: the question is empty, or a field of the plan, a place or an aspect is not as it should be.
        """
        from answer.ask import ask
        from api.asking import edit_of, read_plan
        from api.wiring import chat_model, sources

        if isinstance(plan, Mapping):
            plan = read_plan(plan)
        return ask(
            question, sources(self), chat_model(self.settings, llm), self.scope(places).places,
            previous=[previous] if isinstance(previous, str) else previous, edit=edit_of(self, plan, aspects),
            understood=understood,
        )  # fmt: skip

    def verify(self, answer: object) -> list[Verdict]:
        """Judge each claim of an answer in the contract's form."""
        from answer.verify import verify_answer
        from api.wiring import sources

        return verify_answer(answer, sources(self))

    def export(
        self,
        out: str | Path,
        *,
        place: Places = None,
        indicator: str | None = None,
        status: str | None = None,
        theme: str | None = None,
    ) -> Exported:
        """Write facts and practices to .xlsx, .csv, .parquet or .jsonl, whole or not at all."""
        from api.exports import Chosen, export

        return export(self, Path(out), Chosen(place, indicator, status, theme))

    def fill(
        self,
        form: str | Path,
        out: str | Path | None = None,
        *,
        mapping: str | Path | None = None,
        place: str | None = None,
        period: str | None = None,
    ) -> Made:
        """Fill the empty cells of a report form, each with its source, and write it beside the form or to ``out``."""
        from api.filling import Asked, fill_form

        asked = Asked(Path(mapping) if mapping else None, place, period)
        return fill_form(self, Path(form), Path(out) if out else None, asked)

    def import_workbook(self, path: str | Path, *, write: bool = False, author: str = "") -> Imported:
        """What an edited workbook says otherwise; ``write`` makes it corrections."""
        from api.exports import import_workbook

        return import_workbook(self, Path(path), write=write, author=author)

    def digest(self, theme: str, out: str | Path, places: Places = None) -> Digest:
        """Write the practices of a theme, of some places or all, to .docx or .md."""
        from api.exports import digest

        return digest(self, theme, Path(out), places)

    # --- what the above stands on -----------------------------------------------------------------------------------

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
                self.overrides, self.settings.readers, index,
            )  # fmt: skip


__all__ = ["Ingested", "Library", "Report"]
