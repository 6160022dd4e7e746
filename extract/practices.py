"""An article → its practices: named methods, mechanisms, platforms, teams, campaigns and documents issued.

A name is what stands in quotation marks and is created, pushed or followed by a word of kind (“四必访”工作制度), what a
verb of founding is followed by up to a word of kind (推行社会组织党建月调度机制), or a document issued (印发《…》). An
ornament (织密“覆盖网”) is none. Each is told by the sentences of its paragraph: problem, measures, results.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from corpus.model import Article, Fact, Member, Practice, Span, content_id
from extract.lists import any_of
from extract.numerals import DIGITS
from extract.sentences import paragraphs, sentences

_QUOTED = re.compile(r"[“「]([^“”「」]{2,24})[”」]")
_DOCUMENT = re.compile(
    r"(?:印发|制定|制订|出台|下发|修订|发布|探索出|起草|编制)[^。；《]{0,12}(?:《[^》]{4,60}》[、和及]?)+"
)
_UNQUOTED = re.compile(
    rf"(?:{any_of('founding_verbs')})(?:了|起)?(?P<name>[^，。；：、“”《》（）\s的了]{{3,18}}?"
    r"(?:工作法|机制|制度|模式|工作制|联盟|平台|服务队|工作室|行动))(?![一-鿿]{0,1}[化性])"
)
_VERB_BEFORE = re.compile(rf"(?:{any_of('naming_verbs')})[^，。；“”]{{0,10}}$")
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千\d]")
_COUNTED = re.compile(r"(?<!第)([一二两三四五六七八九十])(?=[一-鿿])")
_PROBLEM = re.compile(r"针对|破解|难题|痛点|堵点|难点|薄弱|短板|问题|不足|困境|乱象|瓶颈|烦心事")
_RESULT = re.compile(r"成效|实现了|有效|显著|明显|提升了|增强了|推动[^，。]{0,16}(?:转变|跨越|提升)|目前|截至|累计|已")


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    span: Span
    kind: str


@cache
def _kinds() -> list[tuple[str, str]]:
    rows = _table("practice_kinds.csv")
    pairs = [(word, row["kind"]) for row in rows for word in row["words"].split()]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _ornaments() -> tuple[str, ...]:
    raw = resources.files("extract").joinpath("data/ornaments.txt").read_text("utf8").splitlines()
    return tuple(w for w in raw if w and not w.startswith("#"))


def _table(name: str) -> list[dict[str, str]]:
    raw = resources.files("extract").joinpath(f"data/{name}").read_text("utf8").splitlines()
    return list(csv.DictReader(line for line in raw if not line.startswith("#")))


def themes(overrides: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Theme → the words that speak for it; ``overrides/themes.csv`` adds and replaces rows."""
    rows = _table("themes.csv")
    file = overrides / "themes.csv" if overrides else None
    if file is not None and file.is_file():
        rows += list(csv.DictReader(x for x in file.read_text("utf-8-sig").splitlines() if not x.startswith("#")))
    return {row["theme"]: tuple(row["words"].split()) for row in rows}


def practices(
    article: Article, found_facts: Sequence[Fact], rules: str, overrides: Path | None = None
) -> tuple[Practice, ...]:
    """The practices of an article, in text order, one for each name."""
    names: dict[str, list[_Name]] = {}
    for name in _names(article.body):
        names.setdefault(name.text, []).append(name)
    known = themes(overrides)
    return tuple(_practice(article, mentions, found_facts, rules, known) for mentions in names.values())


def _practice(
    article: Article,
    mentions: Sequence[_Name],
    found_facts: Sequence[Fact],
    rules: str,
    known: dict[str, tuple[str, ...]],
) -> Practice:
    first = mentions[0]
    problem, measures, results = _told(article.body, first, found_facts)
    around = "".join(s.of(article.body) for s in (*measures, *results)) + first.text * 3
    counted = tuple(DIGITS.get(m, 10) for m in _COUNTED.findall(first.text))
    claimed = counted if len(first.text) <= 10 and any(n > 1 for n in counted) else ()
    members = _members(article.body, first)
    flags = ("member_count_differs",) if members and claimed and len(members) != claimed[0] else ()
    return Practice(
        id=content_id(article.id, first.text, str(first.span.start)),
        article=article.id, document=article.document, name=article.name, practice=first.text, kind=first.kind,
        place=article.place, themes=_themes(around, article.title, known), spans=tuple(m.span for m in mentions),
        claimed_count=claimed, members=members, problem=problem, measures=measures, results=results,
        flags=flags, rules=rules,
    )  # fmt: skip


def _names(body: str) -> Iterator[_Name]:
    taken: list[Span] = []
    for name in sorted([*_quoted(body), *_documents(body)], key=lambda n: n.span):
        if not any(name.span.overlaps(t) for t in taken):
            taken.append(name.span)
            yield name
    for match in _UNQUOTED.finditer(body):
        span = Span(*match.span("name"))
        if not any(span.overlaps(t) for t in taken) and not re.match(
            r"[个一两三]|健全|完善|科学|长效|有效", match["name"]
        ):
            yield _Name(match["name"], span, _kind(match["name"], "") or "mechanism")


def _quoted(body: str) -> Iterator[_Name]:
    for match in _QUOTED.finditer(body):
        name, after = match.group(1), body[match.end() : match.end() + 8]
        before = body[max(0, match.start() - 14) : match.start()]
        tail = re.match(r"[一二两三四五六七八九十](?:步|字)?(?:工作)?法", after)
        if "、" in name and tail:
            yield _Name(tail.group(), Span(match.end(), match.end() + tail.end()), "named_method")
            continue
        if re.search(r"[，。！？；：]|^以", name) or name.endswith(_ornaments()) or _speech(before, name):
            continue
        kind = _kind(name, after)
        numbered = _NUMERAL.search(name) is not None and len(name) <= 10
        if kind is None and not (numbered and _VERB_BEFORE.search(before)):
            continue
        yield _Name(name, Span(match.start(1), match.end(1)), kind or "named_method")


def _speech(before: str, name: str) -> bool:
    return re.search(r"(?:说|道|表示|介绍|问)[，：:]?$", before) is not None or len(name) > 20


def _kind(name: str, after: str) -> str | None:
    for word, kind in _kinds():
        if after.startswith(word) or re.match(rf"[^的和与等了是在，。、“”《]{{0,2}}{word}", after):
            return kind
    for word, kind in _kinds():
        if len(word) > 1 and name.endswith(word):
            return kind
    return None


def _documents(body: str) -> Iterator[_Name]:
    for issue in _DOCUMENT.finditer(body):
        for title in re.finditer(r"《([^》]{4,60})》", issue.group()):
            start = issue.start() + title.start(1)
            yield _Name(title.group(1), Span(start, start + len(title.group(1))), "policy_document")


def _members(body: str, name: _Name) -> tuple[Member, ...]:
    """The parts of a numbered name: a quotation of single words before it, or the list after its colon."""
    if "、" in name.text:
        return tuple(_split(body, name.span))
    before = re.search(r"[“「]([^“”「」]{3,40})[”」]$", body[max(0, name.span.start - 42) : name.span.start])
    if before and "、" in before.group(1):
        end = name.span.start - 1
        return tuple(_split(body, Span(end - len(before.group(1)), end)))
    if not _COUNTED.search(name.text):
        return ()
    after = re.match(
        r"[”」]?(?:[“”「」四五三六七八两二\w]{0,12})(?:：|，即|，包括)", body[name.span.end : name.span.end + 20]
    )
    if not after:
        return ()
    start = name.span.end + after.end()
    stop = re.search(r"[。\n]", body[start:])
    end = start + (stop.start() if stop else len(body) - start)
    mark = "；" if "；" in body[start:end] else "、"
    return tuple(_split(body, Span(start, end), mark))


def _split(body: str, span: Span, mark: str = "、") -> Iterator[Member]:
    at = span.start
    for part in span.of(body).split(mark):
        if part.strip():
            yield Member(part, Span(at, at + len(part)))
        at += len(part) + len(mark)


def _told(
    body: str, name: _Name, found_facts: Sequence[Fact]
) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Problem, measure and result sentences of the paragraph in which a practice is named."""
    paragraph = next((p for p in paragraphs(body) if p.start <= name.span.start < p.end), Span(0, len(body)))
    counted = {f.sentence for f in found_facts if f.status in ("done", "ongoing")}
    problem: list[Span] = []
    measures: list[Span] = []
    results: list[Span] = []
    for sentence in sentences(body, paragraph):
        text = sentence.of(body)
        if sentence.end <= name.span.start:
            if _PROBLEM.search(text):
                problem.append(sentence)
        elif sentence.start <= name.span.start:
            measures.append(sentence)
            if sentence in counted:
                results.append(sentence)
        elif sentence in counted or _RESULT.search(text):
            results.append(sentence)
        elif len(measures) < 4:
            measures.append(sentence)
    return tuple(problem[-2:]), tuple(measures), tuple(results[:4])


def _themes(text: str, title: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    scored = {theme: sum(text.count(w) + title.count(w) for w in words) for theme, words in known.items()}
    best = sorted((t for t, n in scored.items() if n >= 2), key=lambda t: -scored[t])[:2]
    if not best and scored:
        top = max(scored, key=lambda t: scored[t])
        best = [top] if scored[top] else []
    return tuple(best) or ("其他",)
