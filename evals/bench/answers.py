"""Milliseconds of questions and of searches over a library at scale, its memory and size; rival: LIKE over the rows.

``python -m evals.bench.answers [--passages N] [--facts M] [--keep DIR] [--questions K]`` prints one JSON object; a
library that is in DIR already is measured as it is. The library is the samples and the invented documents of the
questions, then clones of them: other counties whose names are as long put for theirs, some digits changed, vectors a
little aside. Clones are not compared with one another (no links), and no file of theirs is kept. Each way of reading is
measured in a process of its own, after three questions; times are wall-clock, and a question is stopped after ten
seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import count, islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import UsageError
from corpus.model import Article, Document, Fact, Passage, Place, Practice, Relation, content_id
from evals.bench.child import run_child

if TYPE_CHECKING:
    from api.library import Library
    from corpus.places import Gazetteer

How = Literal["reader", "holding"]
Stored = tuple[Passage, bytes | None]
Looked = tuple[str, str | None, str | None]

_FEWEST = 50
"""Places whose names are as long that there must be for an article to be cloned."""
_NOISE = 0.2
"""The length of what is added to a vector of length 1: a clone's cosine to its original is .98."""
_DOCUMENTS = 500
"""Documents stored in one transaction."""
_MEASURE = "import json, sys; from evals.bench.answers import measured; print(json.dumps(measured(*sys.argv[1:])))"
_LIMIT = 10.0
"""Seconds after which a question is stopped; it counts as having taken as long."""
_RANKS = {"p50": 0.5, "p95": 0.95, "max": 1.0}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WARMING = ("各地选派了多少名党建指导员？", "哪些地方开展了老年助餐？", "什么是“五联工作法”？")
_NAMED = (
    "{a}建了多少个骑手驿站？", "{a}有多少名注册志愿者？", "{a}选派了多少名党建指导员？", "{a}有多少支志愿服务队？",
    "{a}化解了多少件矛盾纠纷？", "{a}的驿站服务了多少人次？", "{a}有多少名调解员？", "{a}怎么化解矛盾纠纷？",
    "{a}的驿站是谁出钱建的？", "{a}的老年助餐点有几个？", "{a}和{b}各建了多少个驿站？", "{a}的志愿服务怎么做的？",
    "{p}各县建了多少个驿站？", "{p}各县有多少支志愿服务队？", "{p}哪个县的驿站最多？", "{p}哪个县的志愿者最多？",
    "{p}各县一共建了多少个驿站？", "{p}一共选派了多少名党建指导员？", "{a}和{b}一共有多少名调解员？",
    "{p}哪些县开展了老年助餐？", "{p}哪些县建了骑手驿站？", "{a}和{b}的驿站建设有什么不同？",
    "{a}和{b}的志愿服务做法有什么不同？", "比较{a}、{b}的矛盾纠纷化解办法", "{a}和{b}的党建指导员工作有何不同？",
    "{a}的“捎话本”是什么？", "{a}的“五步工作法”是什么意思？",
)  # fmt: skip
"""Questions of counties ``a`` and ``b`` and a province ``p``."""
_EVERYWHERE = (
    "哪些县建了新就业群体驿站？各建了多少？", "各县注册志愿者有多少？", "各地选派了多少名党建指导员？",
    "各县有多少支志愿服务队？", "哪些县化解的矛盾纠纷超过1000件？", "各地有多少名调解员？", "各地的物业覆盖率是多少？",
    "各县有多少个老年助餐点？", "哪个县的注册志愿者最多？", "驿站数量最多的前十个县是哪些？", "哪个县调解员最多？",
    "党建指导员最少的是哪个县？", "哪个县的志愿服务时长最长、最多？", "志愿服务队前五名是哪些县？",
    "各地一共选派了多少名党建指导员？", "平均每个县有多少名调解员？", "各县驿站总共服务了多少人次？",
    "各地一共有多少名注册志愿者？", "一共有多少个县建了骑手驿站？", "哪些地方建了骑手驿站？",
    "哪些地方开展了老年助餐？", "哪些县成立了志愿服务队？", "哪些地方由工会出资建设驿站？", "哪些地方化解了矛盾纠纷？",
    "各地是怎么服务外卖骑手的？", "各地怎么管理党建指导员？", "比较各地新就业群体驿站的做法", "什么是“五步工作法”？",
    "什么是“柚香银行”？", "“五联工作法”是什么意思？", "“三级三调”是指什么？", "什么是“时间银行”？",
    "“一线三访”包括哪些内容？",
)  # fmt: skip
_QUERIES = (
    "骑手驿站 夏季 送清凉", "党建指导员 走访企业", "矛盾纠纷 调解员 化解", "老年助餐点 用餐价格", "注册志愿者 服务时长",
    "物业 业委会 覆盖率", "工会 出资 驿站建设", "网格员 报到 小区", "外卖小哥 权益 保障", "志愿服务队 春耕",
    "五步工作法", "快递企业 党组织 组建", "积分 兑换 志愿", "夜间 调解 值班", "补助资金 社区 食堂",
)  # fmt: skip


# --- the library at scale ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """An article and all that is made of it; each passage with its vector as stored."""

    article: Article
    passages: tuple[Stored, ...]
    facts: tuple[Fact, ...]
    practices: tuple[Practice, ...]

    @property
    def adcode(self) -> str:
        """Of the article's place, which it has."""
        return self.article.place.adcode if self.article.place else ""


def run_answers_bench(
    passages: int = 100_000, facts: int = 300_000, keep: Path | None = None, *, most: int = 60
) -> dict[str, Any]:
    """The library's counts and sizes, and p50, p95 and the worst of questions and searches, by each way of reading.

    ``keep``: the folder the library is made in, or measured if it is there; a temporary one without it. ``most``: of
    how many questions and searches.

    Raises:
        UsageError: the library in ``keep`` is smaller than asked for.
    """
    with tempfile.TemporaryDirectory() if keep is None else nullcontext(str(keep)) as folder:
        library = scaled(Path(folder), passages, facts)
        ways: dict[str, Any] = {}
        for how in ("reader", "holding"):
            _tell(f"measuring: {how}")
            ways[how] = run_child(sys.executable, _MEASURE, folder, how, str(most), ours=True)
    like = ways["reader"].pop("sqlite LIKE")
    ratios = {how: round(ways[how]["searches"]["all"]["p95"] / like["all"]["p95"], 3) for how in ways}
    return {"library": library, **ways, "sqlite LIKE": like, "search_p95_to_like": ratios}


def scaled(folder: Path, passages: int, facts: int) -> dict[str, Any]:
    """Make the library in a folder, unless it is there; its counts and sizes.

    Raises:
        UsageError: there is a smaller one.
    """
    from api.library import Library
    from api.settings import load_settings

    told: dict[str, Any] = {}
    there = (folder / "catalogue.sqlite").exists()
    began = time.perf_counter()
    with Library.open(folder, create=not there, settings=load_settings(library=folder)) as library:
        if not there:
            told = _build(library, passages, facts) | {"built_s": round(time.perf_counter() - began, 1)}
        counts = library.catalogue.counts()
        if counts["passage"] < passages:
            raise UsageError(f"{str(folder)!r} 里的资料库只有 {counts['passage']} 段，请换一个空文件夹。")
        told |= {"places": len(library.catalogue.places())}
    return {**counts, **told, "mb": _sizes(folder)}


def _build(library: Library, passages: int, facts: int) -> dict[str, int]:
    from api.samples import samples

    invented = Path(__file__).resolve().parents[1] / "questions" / "invented"
    library.ingest([*samples(), *sorted(invented.glob("*.txt"))], lambda n, of, item: _tell(f"read {n}/{of} {item}"))
    told = _clone(library, passages, facts)
    _tell("making the indexes")
    library.rebuild()
    return told


def _clone(library: Library, passages: int, facts: int) -> dict[str, int]:
    """Store clones until there are enough; where articles have more facts than asked for some are left out of each.

    Where they have fewer, some are told again.
    """
    catalogue = library.catalogue
    shapes = list(_shapes(library))
    made, figures = (catalogue.counts()[table] for table in ("passage", "fact"))
    each = (facts - figures) / max(passages - made, 1)
    share = max(each, 0) * sum(len(s.passages) for s in shapes) / sum(len(s.facts) for s in shapes)
    clones = Cloner(library.gazetteer).clones(shapes)
    wanted, had, dropped, repeated = 0.0, figures, 0, 0
    while made < passages:
        batch: list[Shape] = []
        while made < passages and len(batch) < _DOCUMENTS:
            shape = next(clones)
            wanted += len(shape.facts) * share
            batch.append(_so_many(shape, round(wanted) - (figures - had)))
            made += len(shape.passages)
            change = len(batch[-1].facts) - len(shape.facts)
            figures += len(batch[-1].facts)
            dropped, repeated = dropped + max(-change, 0), repeated + max(change, 0)
        _store(library, batch)
        _tell(f"cloned {made}/{passages} passages, {figures} facts")
    return {"originals": len(shapes), "facts_left_out": dropped, "facts_repeated": repeated}


def _shapes(library: Library) -> Iterator[Shape]:
    """The articles that can be cloned, in order."""
    cloner = Cloner(library.gazetteer)
    vectors = dict(library.catalogue.vectors())
    passages = [p for p, _ in library.catalogue.stored_passages()]
    facts, practices = library.facts(), library.practices()
    for article in library.articles():
        if article.place is not None and len(cloner.as_long(article.place.adcode)) >= _FEWEST:
            yield Shape(
                replace(article, duplicate_of=None, version_of=None),
                tuple((p, vectors.get(p.id)) for p in passages if p.article == article.id),
                tuple(f for f in facts if f.article == article.id),
                tuple(p for p in practices if p.article == article.id),
            )


def _so_many(shape: Shape, n: int) -> Shape:
    """The shape with ``n`` facts, spread over all of its own; those that are told again have another id."""
    facts = shape.facts
    if n > len(facts) > 0:
        again = (replace(facts[at % len(facts)], id=content_id(facts[at % len(facts)].id, str(at))) for at in range(n))
        return replace(shape, facts=facts + tuple(islice(again, len(facts), n)))
    kept = tuple(facts[at * len(facts) // n] for at in range(n)) if facts else ()
    ids = {f.id for f in kept}
    return replace(
        shape, facts=tuple(replace(f, relations=tuple(r for r in f.relations if r.fact in ids)) for f in kept)
    )


def _store(library: Library, shapes: Sequence[Shape]) -> None:
    """Store clones in one transaction, without comparing them with one another."""
    from sqlalchemy import insert

    from corpus import rows, tables

    articles = [s.article for s in shapes]
    documents = [Document(a.document, a.name, a.name, a.document * 4, "text/plain") for a in articles]
    with library.catalogue.engine.begin() as tx:
        for table, made in (
            (tables.document, [rows.document_row(d, "stored") for d in documents]),
            (tables.article, [rows.article_row(a) for a in articles]),
            (tables.passage, [rows.passage_row(p, vector) for s in shapes for p, vector in s.passages]),
            (tables.fact, rows.fact_rows(tx, [f for s in shapes for f in s.facts])),
            (tables.practice, [rows.practice_row(p, n) for s in shapes for n, p in enumerate(s.practices)]),
        ):
            if made:
                tx.execute(insert(table), made)


def _sizes(folder: Path) -> dict[str, float]:
    """The files of the catalogue, of each index, and all of them, in MB."""
    sizes = [(p.relative_to(folder).as_posix(), p.stat().st_size / 1e6) for p in folder.rglob("*") if p.is_file()]
    parts = {"catalogue": "catalogue", "dense": "index/dense", "lexical": "index/lexical", "all": ""}
    return {name: round(sum(mb for path, mb in sizes if path.startswith(part)), 1) for name, part in parts.items()}


class Cloner:
    """Moves articles to other places whose names are as long."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._groups: dict[tuple[str, int, int], list[str]] = {}
        for code in gazetteer.divisions:
            self._groups.setdefault(self._lengths(code), []).append(code)

    def clones(self, shapes: Sequence[Shape]) -> Iterator[Shape]:
        """A clone of each in turn, round after round, each article going through all places in an order of its own."""
        orders: list[list[str]] = []
        for n, shape in enumerate(shapes):
            codes = self.as_long(shape.adcode)
            orders.append(random.Random(n).sample(codes, len(codes)))
        for turn in count(1):
            for shape, order in zip(shapes, orders, strict=True):
                yield self.cloned(shape, order[turn % len(order)], turn)

    def cloned(self, shape: Shape, adcode: str, turn: int) -> Shape:
        """The shape as of another place, with ids and digits of its own; every span stands as it stood."""
        article, there = shape.article, self._counterparts(shape, adcode)
        renamed = self._renaming(there)

        def moved(place: Place | None) -> Place | None:
            known = place is not None and place.adcode in there
            return self._gazetteer.place(there[place.adcode], place.detail) if place is not None and known else place

        new = replace(
            article, id=content_id(article.id, str(turn)), document=content_id(article.document, article.id, str(turn)),
            name=f"{turn}-{article.ordinal}-{article.name}", ordinal=0, title=renamed(article.title),
            body=renamed(_redigited(article.body, shape.facts, turn)), place=moved(article.place),
            places=tuple(p for each in article.places if (p := moved(each))),
            subtitle=article.subtitle and renamed(article.subtitle), issuer=article.issuer and renamed(article.issuer),
            source_line=article.source_line and renamed(article.source_line),
        )  # fmt: skip
        facts = tuple(_moved_fact(f, new, renamed, moved(f.place)) for f in shape.facts)
        practices = tuple(
            replace(
                p, id=content_id(new.id, p.id), article=new.id, document=new.document, name=new.name,
                place=moved(p.place),
            )
            for p in shape.practices
        )  # fmt: skip
        return Shape(new, tuple(_moved_passages(shape.passages, new)), facts, practices)

    def as_long(self, adcode: str) -> list[str]:
        """The places of its level whose whole and short names are as long as a place's."""
        return self._groups[self._lengths(adcode)]

    def _lengths(self, adcode: str) -> tuple[str, int, int]:
        whole, short = self._names(adcode)
        return self._gazetteer.level(adcode), len(whole), len(short)

    def _names(self, adcode: str) -> tuple[str, str]:
        from corpus.places.names import forms

        division = self._gazetteer.divisions[adcode]
        return division.name, forms(division.name, division.level)[-1]

    def _counterparts(self, shape: Shape, adcode: str) -> dict[str, str]:
        """For the article's place, those it lies in, and those in it that figures are of: the new ones, by code."""
        gazetteer, own = self._gazetteer, shape.adcode
        above = {gazetteer.level(code): code for code in self._above(adcode)}
        there = {own: adcode} | {c: above[level] for c in self._above(own) if (level := gazetteer.level(c)) in above}
        inner = gazetteer.descendants(adcode)
        for n, code in enumerate(dict.fromkeys(f.place.adcode for f in shape.facts if f.place)):
            if code not in there and gazetteer.contains(own, code):
                alike = [c for c in inner if self._lengths(c) == self._lengths(code)]
                there |= {code: alike[n % len(alike)]} if alike else {}
        return there

    def _above(self, adcode: str) -> list[str]:
        parent = self._gazetteer.parent(adcode)
        return [parent, *self._above(parent)] if parent else []

    def _renaming(self, there: dict[str, str]) -> Callable[[str], str]:
        """Puts names for names, whole or short, where the new one is as long."""
        pairs = [p for a, b in there.items() for p in zip(self._names(a), self._names(b), strict=True)]
        names = {old: new for old, new in reversed(pairs) if len(old) == len(new)}
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        return lambda text: pattern.sub(lambda m: names[m[0]], text)


def _moved_fact(fact: Fact, article: Article, renamed: Callable[[str], str], place: Place | None) -> Fact:
    quantity = fact.quantity
    surface, value = quantity.span.of(article.body), quantity.value
    if surface != quantity.surface and (old := _NUMBER.search(quantity.surface)) and (new := _NUMBER.search(surface)):
        value = (value / Decimal(old[0]) * Decimal(new[0])).normalize()
    return replace(
        fact, id=content_id(article.id, fact.id), article=article.id, document=article.document, name=article.name,
        quantity=replace(quantity, surface=surface, value=value), place=place, subject=renamed(fact.subject),
        sentence_text=fact.sentence.of(article.body), duplicate_of=None, practice=None,
        relations=tuple(Relation(r.type, content_id(article.id, r.fact)) for r in fact.relations),
    )  # fmt: skip


def _moved_passages(passages: Sequence[Stored], article: Article) -> Iterator[Stored]:
    import numpy as np

    for passage, stored in passages:
        span = passage.span
        id_ = content_id(article.id, str(span.start), str(span.end))
        vector = stored
        if stored is not None:
            unit = np.frombuffer(stored, "<f2").astype(np.float32)
            aside = np.random.default_rng(int(id_, 16)).standard_normal(len(unit), np.float32)
            unit = unit + aside * np.float32(_NOISE / np.linalg.norm(aside))
            vector = (unit / np.linalg.norm(unit)).astype("<f2").tobytes()
        yield Passage(id_, article.id, article.title, span.of(article.body), span), vector


def _redigited(body: str, facts: Sequence[Fact], turn: int) -> str:
    """The body with the digits after the first of its plain figures changed; percentages stay below 100."""
    letters = list(body)
    for quantity in (f.quantity for f in facts):
        numbers = list(_NUMBER.finditer(quantity.surface))
        if quantity.value_high is None and len(numbers) == 1 and not (quantity.unit == "%" and quantity.value >= 100):
            for at in range(numbers[0].start() + 1, numbers[0].end()):
                digit = quantity.surface[at]
                letters[quantity.span.start + at] = str((int(digit) + turn * (at + 2)) % 10) if digit != "." else "."
    return "".join(letters)


# --- questions and searches -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its operation and whether it names a place, its seconds, and whether it was refused or stopped."""

    question: str
    kind: str
    seconds: float
    refused: bool
    stopped: bool


def measured(folder: str, how: How, most: str) -> dict[str, Any]:
    """The times of a library's questions and searches in this process, and its peak memory; LIKE's too as a reader.

    ``how``: with the vectors read into memory, or holding the library, which searches Chroma. ``most``: of how many.
    """
    from api.library import Library
    from api.settings import load_settings

    began = time.perf_counter()
    with Library.open(folder, settings=load_settings(library=folder)) as library:
        with library.holding("基准测试") if how == "holding" else nullcontext():
            _asked(library, _WARMING[0])
            first = time.perf_counter() - began
            for question in _WARMING[1:]:
                _asked(library, question)
            looked = searches(library)[: int(most)]
            found = [(kind, _seconds(partial(library.search, s[0], place=s[1], since=s[2]))) for kind, s in looked]
            peak_of_searches = _peak()
            asked = [_asked(library, q) for q in questions(library)[: int(most)]]
            peak = _peak()
        like = [(kind, _seconds(_liked(library, *s))) for kind, s in looked] if how == "reader" else []
    slowest = sorted(asked, key=lambda a: -a.seconds)[:10]
    return {
        "first_question_s": round(first, 2), "peak_mb": round(peak / 1e6),
        "peak_mb_after_searches": round(peak_of_searches / 1e6),
        "questions": _by_kind([(a.kind, a.seconds) for a in asked])
        | {"refused": sum(a.refused for a in asked), "stopped": sum(a.stopped for a in asked)},
        "searches": _by_kind(found), "slowest": {a.question: round(a.seconds * 1000) for a in slowest},
    } | ({"sqlite LIKE": _by_kind(like)} if like else {})  # fmt: skip


def questions(library: Library) -> list[str]:
    """Sixty questions, of counties and provinces of the library and of none in particular."""
    counties, provinces = _places(library)
    pick = random.Random(60)
    made = []
    for template in _NAMED:
        a, b = pick.sample(counties, 2)
        made.append(template.format(a=a, b=b, p=pick.choice(provinces)))
    return pick.sample([*made, *_EVERYWHERE], len(made) + len(_EVERYWHERE))


def searches(library: Library) -> list[tuple[str, Looked]]:
    """Sixty searches: query, place and since when, each with the kind of its scope."""
    counties, provinces = _places(library)
    pick = random.Random(15)
    made: list[tuple[str, Looked]] = []
    for query in _QUERIES:
        made += [
            ("everywhere", (query, None, None)), ("county", (query, pick.choice(counties), None)),
            ("province", (query, pick.choice(provinces), None)), ("since 2026", (query, None, "2026")),
        ]  # fmt: skip
    return pick.sample(made, len(made))


def _places(library: Library) -> tuple[list[str], list[str]]:
    """The counties of the library whose names mean them alone, and the provinces they lie in."""
    gazetteer = library.gazetteer
    places = [gazetteer.place(code) for code in library.catalogue.places()]
    counties = [p for p in places if p.level == "county" and len(gazetteer.candidates(p.name)) == 1]
    return [p.name for p in counties], list(dict.fromkeys(p.path[0] for p in counties))


class _Stopped(BaseException):
    """No error of the library's: nothing there catches it."""


@contextmanager
def _limited() -> Iterator[None]:
    """Stop what runs after the limit."""

    def stop(*_: object) -> None:
        raise _Stopped

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _LIMIT, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _asked(library: Library, question: str) -> Asked:
    from answer.plan import read_question
    from api.wiring import sources

    refused, stopped = False, False
    began = time.perf_counter()
    try:
        with _limited():
            refused = library.ask(question, llm="none").refused
    except _Stopped:
        stopped = True
    spent = time.perf_counter() - began
    plan = read_question(question, sources(library)).plan
    return Asked(question, plan.operation + ("" if plan.places else ", everywhere"), spent, refused, stopped)


def _liked(library: Library, query: str, place: str | None, since: str | None) -> Callable[[], object]:
    """The same search as a scan: the ten passages that have the most of the query's words."""
    db = sqlite3.connect(f"file:{library.folder / 'catalogue.sqlite'}?mode=ro", uri=True)
    words = query.split()
    given: list[str] = [f"%{word}%" for word in words]
    within = "a.duplicate_of is null and a.version_of is null"
    if place is not None:
        within += " and a.adcode like ?"
        given.append(re.sub("(00)+$", "", library.resolve(place).adcode) + "%")
    if since is not None:
        within += " and a.published_on >= ?"
        given.append(since)
    scan = (
        f"select id, {' + '.join(['(text like ?)'] * len(words))} as score from (select p.id as id, a.title || "
        'substr(a.body, p.start + 1, p."end" - p.start) as text from passage p join article a on a.id = p.article '
        f"where {within}) where score > 0 order by score desc limit 10"
    )
    return lambda: db.execute(scan, given).fetchall()


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def _by_kind(timed: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """Of all, and of each kind: how many, and milliseconds by nearest rank."""
    kinds: dict[str, list[float]] = {"all": sorted(s for _, s in timed)}
    for kind, seconds in sorted(timed):
        kinds.setdefault(kind, []).append(seconds)
    return {
        kind: {"n": len(spent)}
        | {name: round(spent[ceil(len(spent) * part) - 1] * 1000, 1) for name, part in _RANKS.items()}
        for kind, spent in kinds.items()
    }


def _peak() -> int:
    """Bytes; from the kernel where it tells them, since ru_maxrss remembers the parent's."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.answers")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=300_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--questions", type=int, default=60)
    given = parser.parse_args(argv)
    found = run_answers_bench(given.passages, given.facts, given.keep, most=given.questions)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
