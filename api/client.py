"""``RemoteLibrary``: a library that another machine or process serves, read as a ``Library`` is.

library = RemoteLibrary("http://127.0.0.1:8000")
print(library.ask("哪些县选派了党建指导员？").text)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from answer.llm import is_loopback
from api.nouns import Json, answer_of, article_of, fact_of, hit_of, holding_of, practice_of
from corpus.errors import LibraryError, ModelError, NotFound, TongjianError, UsageError
from corpus.model import Answer, Article, Fact, Hit, Place, Practice
from corpus.reading import Holding

if TYPE_CHECKING:
    from answer.verify import Verdict
    from api.asking import Codebook, PlanIn
    from api.reading import Places
    from retrieval.search import Mode

_PAGE = 1000
_ERRORS: dict[str, type[TongjianError]] = {
    each.__name__: each for each in (UsageError, NotFound, LibraryError, ModelError)
}
_BY_STATUS: dict[int, type[TongjianError]] = {404: NotFound, 422: UsageError}


class RemoteLibrary:
    """The reading calls of ``Library`` over HTTP, with the same results.

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

    def _all(self, path: str, **asked: Any) -> Iterator[Json]:  # noqa: ANN401
        cursor = None
        while True:
            page = self._get(path, **asked, limit=_PAGE, cursor=cursor)
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def _get(self, path: str, **asked: Any) -> Json:  # noqa: ANN401
        return self._sent("GET", path, params={name: value for name, value in asked.items() if value is not None})

    def _post(self, path: str, asked: object) -> Json:
        return self._sent("POST", path, json=asked)

    def _sent(self, method: str, path: str, **content: Any) -> Json:  # noqa: ANN401
        import httpx

        try:
            response = self._http.request(method, path, **content)
            told: Json = response.json()
        except httpx.HTTPError as exc:
            raise LibraryError(
                f"连不上 {self.address!r}（{exc}）。请检查地址，并确认那里在运行 tongjian serve。"
            ) from exc
        except ValueError as exc:
            raise LibraryError(f"{self.address!r} 的回答不是 JSON，那里可能不是通鉴。") from exc
        if response.is_success:
            return told
        error = _ERRORS.get(told.get("kind", "")) or _BY_STATUS.get(response.status_code, LibraryError)
        raise error(told.get("detail", f"{self.address!r} 回答 {response.status_code}。"))


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
