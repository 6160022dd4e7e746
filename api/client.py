"""``RemoteLibrary``: a library that another machine or process serves, used as a ``Library`` is.

library = RemoteLibrary("http://127.0.0.1:8000")
print(library.ask("哪些县选派了党建指导员？").text)
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote, urlsplit

from answer.llm import is_loopback
from api.files import find_files
from api.filling import checked, filled_name
from api.nouns import Json, answer_of, article_of, fact_of, hit_of, holding_of, practice_of, report_of
from api.report import Report
from corpus.errors import LibraryError, ModelError, NotFound, TongjianError, UsageError
from corpus.files import replacing
from corpus.model import Answer, Article, Fact, Hit, Place, Practice, Progress
from corpus.reading import Holding
from corpus.retire import GONE, named

if TYPE_CHECKING:
    from httpx import Response

    from answer.verify import Verdict
    from api.asking import Codebook, PlanIn
    from api.exports import Imported
    from api.reading import Places
    from retrieval.search import Mode

_PAGE, _FILES = 1000, 200
"""Items of a page, and of a page of files."""
_WAIT = 0.2
"""Seconds between two looks at a job."""
_ERRORS: dict[str, type[TongjianError]] = {
    each.__name__: each for each in (UsageError, NotFound, LibraryError, ModelError)
}
_BY_STATUS: dict[int, type[TongjianError]] = {404: NotFound, 422: UsageError}


class RemoteLibrary:
    """``Library`` over HTTP, with the same results: what reads and answers, takes files in and out, and exports.

    Articles come without ``runs``; boxes on a page are rounded to a hundredth of a point.

    What a call raises is what ``Library`` raises, or LibraryError where the server cannot be reached.
    """

    def __init__(self, address: str, *, timeout: float = 120.0) -> None:
        """``address`` is what ``tongjian serve`` prints; ``timeout`` in seconds, for one response."""
        import httpx

        here = is_loopback(urlsplit(address).hostname or "")
        self.address = address.rstrip("/")
        self._http = httpx.Client(base_url=self.address, timeout=timeout, trust_env=not here)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> RemoteLibrary:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ingest(self, paths: Iterable[str | Path], progress: Progress | None = None) -> Report:
        """Send files, and all files of folders, to be taken in, and wait until they are.

        Raises:
            LibraryError: the server gave up.
        """
        with ExitStack() as opened:
            files = [opened.enter_context(path.open("rb")) for path in find_files(map(Path, paths))]
            if not files:
                return Report(())
            job = self._sent("POST", "/v1/documents", files=[("files", (Path(f.name).name, f)) for f in files])
        while job["state"] in ("queued", "running"):
            time.sleep(_WAIT)
            job = self._get(f"/v1/jobs/{job['id']}")
            if progress is not None and job["total"]:
                progress(job["done"], job["total"], job["item"])
        if job["state"] != "done":
            raise LibraryError(job["error"] or "导入没有完成，请在“任务”里查看。")
        return report_of(job["result"])

    def delete(self, documents: Sequence[str]) -> list[str]:
        """Take documents out, by id or file name; the ids of those taken out.

        Raises:
            NotFound: one of them is not in the library; none is taken out.
        """
        files = self._all("/v1/documents", limit=_FILES)
        chosen = named(documents, {d["id"]: d["name"] for d in files if d["status"] not in GONE})
        return [self._sent("DELETE", f"/v1/documents/{quote(d, safe='')}")["id"] for d in chosen]

    def export(
        self,
        out: str | Path,
        *,
        place: Places = None,
        indicator: str | None = None,
        status: str | None = None,
        theme: str | None = None,
    ) -> Path:
        """Write facts and practices to .xlsx, .csv, .parquet or .jsonl, whole or not at all."""
        out = Path(out)
        kind = out.suffix.lstrip(".")
        asked = {"format": kind, "place": _listed(place), "indicator": indicator, "status": status, "theme": theme}
        return self._saved(out, "/v1/exports", json={k: v for k, v in asked.items() if v is not None})

    def fill(
        self,
        form: str | Path,
        out: str | Path | None = None,
        *,
        mapping: str | Path | None = None,
        place: str | None = None,
        period: str | None = None,
    ) -> Path:
        """Fill the empty cells of a report form, each with its source, and write it beside the form or to ``out``."""
        form = Path(form)
        out = checked(form, Path(out) if out else filled_name(form))
        asked = {"place": place or "", "period": period or ""}
        sent = {"file": form, "mapping": Path(mapping)} if mapping else {"file": form}
        with _opened(sent) as files:
            return self._saved(out, "/v1/fills", files=files, data=asked)

    def import_workbook(self, path: str | Path, *, write: bool = False, author: str = "") -> Imported:
        """What an edited workbook says otherwise; ``write`` makes it corrections."""
        from api.exports import Imported
        from extract.workbook import Difference

        with _opened({"file": Path(path)}) as files:
            asked = {"write": write, "author": author}
            told = self._sent("POST", "/v1/desk/workbook", files=files, params=asked)
        names = [field.name for field in fields(Difference)]
        found = [Difference(**{name: each[name] for name in names}) for each in told["differences"]]
        return Imported(tuple(found), told["written"], tuple(told["problems"]))

    def articles(self, place: Places = None) -> list[Article]:
        """Every article, or those of a place and the places below it."""
        return [article_of(raw) for raw in self._all("/v1/articles", place=_listed(place), body=True)]

    def article(self, article: str) -> Article:
        """One article."""
        return article_of(self._get(f"/v1/articles/{quote(article, safe='')}"))

    def facts(self, place: Places = None, indicator: str | None = None, status: str | None = None) -> list[Fact]:
        """Facts of a place, an indicator (id or name), a status."""
        return list(self.each_fact(place, indicator, status))

    def each_fact(
        self, place: Places = None, indicator: str | None = None, status: str | None = None
    ) -> Iterator[Fact]:
        """The same facts, a thousand in memory at a time."""
        from corpus.labels import STATUS, code_of

        meant = (code_of(STATUS, status) or status) if status else None
        found = self._all("/v1/facts", place=_listed(place), indicator=indicator or None, status=meant)
        return (fact_of(raw) for raw in found)

    def practices(self, place: Places = None, theme: str | None = None) -> list[Practice]:
        """Practices of a place, of a theme."""
        return [practice_of(raw) for raw in self._all("/v1/practices", place=_listed(place), theme=theme)]

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        place: Places = None,
        since: str | None = None,
        until: str | None = None,
        mode: Mode = "hybrid",
    ) -> list[Hit]:
        """Passages that speak to a query, best first; copies of an article give one hit."""
        asked = {"query": query, "k": k, "places": _listed(place), "from": since, "to": until, "mode": mode}
        return [hit_of(raw) for raw in self._post("/v1/search", asked)["hits"]]

    def ask(
        self,
        question: str,
        *,
        llm: str | None = None,
        places: Places = None,
        plan: PlanIn | Mapping[str, object] | None = None,
        previous: str | Sequence[str] = (),
        aspects: Codebook = None,
    ) -> Answer:
        """A cited, verified answer; ``llm`` names a model, "none" switches the server's configured one off.

        ``plan``, ``previous`` and ``aspects`` are as ``Library.ask`` takes them.
        """
        asked = {
            "question": question, "llm": llm, "places": _listed(places), "aspects": _codebook(aspects),
            "plan": plan if plan is None or isinstance(plan, Mapping) else plan.model_dump(exclude_unset=True),
            "previous": [previous] if isinstance(previous, str) else list(previous),
        }  # fmt: skip
        return answer_of(self._post("/v1/ask", asked))

    def verify(self, answer: object) -> list[Verdict]:
        """Judge each claim of an answer in the contract's form."""
        from answer.verify import Verdict

        told = self._post("/v1/verify", answer)["claims"]
        return [Verdict(v["n"], v["verified"], tuple(v["reasons"])) for v in told]

    def holdings(self, places: Places = None) -> list[tuple[Place, Holding]]:
        """What the library has of each of some places, in their order, or of each that its articles speak of."""
        items = self._get("/v1/places", place=_listed(places))["items"]
        return [holding_of(raw) for raw in (items if places else _spoken_of(items))]

    def _saved(self, out: Path, path: str, **content: Any) -> Path:  # noqa: ANN401
        """Save what is answered to a request, whole or not at all."""
        made = self._response("POST", path, **content)
        if not made.is_success:
            self._told(made)
        with replacing(out) as aside:
            aside.write_bytes(made.content)
        return out

    def _all(self, path: str, limit: int = _PAGE, **asked: Any) -> Iterator[Json]:  # noqa: ANN401
        cursor = None
        while True:
            page = self._get(path, **asked, limit=limit, cursor=cursor)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def _get(self, path: str, **asked: Any) -> Json:  # noqa: ANN401
        return self._sent("GET", path, params={name: value for name, value in asked.items() if value is not None})

    def _post(self, path: str, asked: object) -> Json:
        return self._sent("POST", path, json=asked)

    def _sent(self, method: str, path: str, **content: Any) -> Json:  # noqa: ANN401
        return self._told(self._response(method, path, **content))

    def _response(self, method: str, path: str, **content: Any) -> Response:  # noqa: ANN401
        import httpx

        try:
            return self._http.request(method, path, **content)
        except httpx.HTTPError as exc:
            raise LibraryError(
                f"连不上 {self.address!r}（{exc}）。请检查地址，并确认那里在运行 tongjian serve。"
            ) from exc

    def _told(self, response: Response) -> Json:
        """What a response says in JSON, or the error that it names."""
        try:
            told: Json = response.json()
        except ValueError as exc:
            raise LibraryError(f"{self.address!r} 的回答不是 JSON，那里可能不是通鉴。") from exc
        if response.is_success:
            return told
        error = _ERRORS.get(told.get("kind", "")) or _BY_STATUS.get(response.status_code, LibraryError)
        raise error(told.get("detail", f"{self.address!r} 回答 {response.status_code}。"))


@contextmanager
def _opened(files: Mapping[str, Path]) -> Iterator[Mapping[str, tuple[str, BinaryIO]]]:
    """Files open to be sent, each under its name.

    Raises:
        UsageError: there is no such file, or it cannot be read.
    """
    with ExitStack() as stack:
        try:
            opened = {name: (path.name, stack.enter_context(path.open("rb"))) for name, path in files.items()}
        except OSError as exc:
            raise UsageError(f"读不了文件 {str(exc.filename)!r}：{exc.strerror}。") from exc
        yield opened


def _listed(places: Places) -> list[str] | None:
    """Places as a request names them.

    Raises:
        UsageError: the list is empty.
    """
    if places is None or places == "":
        return None
    if not places:
        raise UsageError("地名单是空的，请至少写一个地方。")
    return [places] if isinstance(places, str) else list(places)


def _codebook(aspects: Codebook) -> list[object] | None:
    """Aspects as a request names them; a file is read here."""
    from answer.codebook import read_aspects

    if aspects is None:
        return None
    listed = read_aspects(aspects) if isinstance(aspects, Path) else aspects
    return [
        a if isinstance(a, str) else {"name": a.name, "definition": a.definition, "examples": list(a.examples)}
        for a in listed
    ]  # fmt: skip


def _spoken_of(nodes: list[Json]) -> Iterator[Json]:
    for node in nodes:
        if node["own_articles"]:
            yield node
        yield from _spoken_of(node["children"])
