"""Facts, relations and practices against articles annotated in full, as ``evals/guidelines.md`` says.

A gold row is one article: ``{"file", "set", "published"?, "facts": [...], "soft": [[start, end]], "practices": [...],
"soft_practices": [[start, end]]}``, offsets into the source file; of a ``partial`` one (corrections) only the facts
given are judged. The same comparison gives the agreement of two annotators, one taken as gold.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.errors import NotFound, UsageError
from corpus.model import Article, Fact, Period, Practice, Span
from evals.facts import alike
from extract.facts import RULES, Rules, facts
from extract.measures import units
from extract.practices import practices

_FULL = ("bound", "object", "place", "status")
"""The fields that make a full fact, beside value and unit."""


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as a gold or the program tells it; ``relations`` name the other fact by its index."""

    span: Span
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    fields: dict[str, Any]
    relations: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One practice as a gold or the program tells it, with every place where it is named."""

    name: str
    spans: tuple[Span, ...]
    members: frozenset[str]
    themes: frozenset[str]
    kind: str


@dataclass
class Score:
    """Right, wrongly found and missed of one kind."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def told(self) -> dict[str, Any]:
        """Precision, recall and F1; None where there is nothing to divide by."""
        found, gold = self.right + self.extra, self.right + self.missed
        return {
            "gold": gold,
            "found": found,
            "precision": self.right / found if found else None,
            "recall": self.right / gold if gold else None,
            "f1": 2 * self.right / (found + gold) if found + gold else None,
        }


@dataclass
class Tally:
    """Every score over a set of articles."""

    quantity: Score = field(default_factory=Score)
    full: Score = field(default_factory=Score)
    relations: Score = field(default_factory=Score)
    practices: Score = field(default_factory=Score)
    members: Score = field(default_factory=Score)
    themes: Score = field(default_factory=Score)
    fields: dict[str, list[bool]] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """All of it as JSON."""
        kinds = ("quantity", "full", "relations", "practices", "members", "themes")
        return {kind: getattr(self, kind).told() for kind in kinds} | {
            "fields": {name: sum(judged) / len(judged) for name, judged in self.fields.items()},
            "classes": dict(Counter(error["class"] for error in self.errors).most_common()),
            "errors": self.errors,
        }


def run_articles(gold: Path, texts: Path | None, only: str | None = None) -> dict[str, Any]:
    """Scores of the program on a gold of whole articles; ``only`` one of its sets.

    Raises:
        NotFound: the texts, or one of them, are not there.
        UsageError: the gold has no such set.
    """
    if texts is None or not texts.is_dir():
        raise NotFound("--texts 应是原文所在的文件夹。")
    rows = [json.loads(line) for line in gold.read_text("utf8").splitlines() if line.strip()]
    rows = [row for row in rows if only in (None, row["set"])]
    if not rows:
        raise UsageError(f"标注文件 {str(gold)!r} 中没有 {only!r} 这一组。")
    rules = Rules.load()
    tally = Tally()
    for row in rows:
        if not (texts / row["file"]).is_file():
            raise NotFound(f"--texts 文件夹里没有标注所指的原文 {row['file']!r}。")
        text = (texts / row["file"]).read_text("utf-8-sig")
        told, named = _extracted(texts / row["file"], row.get("published"), rules)
        wanted = gold_facts(row)
        if row.get("partial"):
            told = [f for f in told if any(f.span.overlaps(g.span) for g in wanted)]
            named = []
        compare_facts(tally, row["file"], wanted, told, _spans(row.get("soft", ())))
        soft = _spans(row.get("soft_practices", ()))
        compare_practices(tally, row["file"], gold_practices(row, text), named, soft)
    return {"articles": len(rows)} | tally.told()


def _spans(pairs: Iterable[Sequence[int]]) -> list[Span]:
    return [Span(start, end) for start, end in pairs]


def _extracted(file: Path, published: str | None, rules: Rules) -> tuple[list[Told], list[Named]]:
    """Facts and practices of a file; ``published`` is its day where the text does not say it."""
    from ingest.read import read_file

    told: list[Told] = []
    named: list[Named] = []
    for article in read_file(file).articles:
        if article.published_on is None and published:
            article = replace(article, published_on=published, date_basis="metadata")
        found = facts(article, rules)
        at = {fact.id: len(told) + i for i, fact in enumerate(found)}
        told += [_of_fact(fact, at, article.published_on) for fact in found]
        named += [_of_practice(article, p) for p in practices(article, found, RULES) if p.kind != "unnamed"]
    return told, named


def _of_fact(fact: Fact, at: dict[str, int], published: str | None) -> Told:
    q = fact.quantity
    source = fact.source
    assert source is not None and source.start is not None and source.end is not None
    fields = {
        "bound": q.bound, "object": fact.object, "place": fact.place.adcode if fact.place else None,
        "status": fact.status, "level": fact.subject_level, "indicator": fact.indicator,
        "period": _interval(fact.period, published),
    }  # fmt: skip
    relations = tuple((r.type, at[r.fact]) for r in fact.relations if r.fact in at)
    return Told(Span(source.start, source.end), q.value, q.value_high, q.unit, fields, relations)


def _interval(period: Period, published: str | None) -> str | None:
    """A stated period as the guidelines write it: what lasts until the article's own day is open, 截至目前 is none."""
    if not period.start and period.end in (None, published):
        return None
    still = period.end == published and period.start not in (None, period.end)
    return f"{period.start or ''}/{'' if still else period.end or ''}"


def _of_practice(article: Article, practice: Practice) -> Named:
    sources = [article.source(span) for span in practice.spans]
    spans = tuple(Span(s.start, s.end) for s in sources if s is not None and s.start is not None and s.end is not None)
    members = frozenset(_plain(m.text) for m in practice.members)
    return Named(_plain(practice.practice), spans, members, frozenset(practice.themes), practice.kind)


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c not in "“”‘’「」《》\"' ")


def gold_facts(row: dict[str, Any]) -> list[Told]:
    """The facts of a gold row, units in their normal form."""
    made = []
    for each in row["facts"]:
        unit, factor = each["unit"], Decimal(1)
        if known := units().get(unit or ""):
            unit, factor = known.normal, known.factor
        high = each["value_high"]
        names = ("bound", "object", "place", "status", "level", "indicator", "period")
        made.append(
            Told(
                Span(each["start"], each["end"]),
                Decimal(each["value"]) * factor,
                None if high is None else Decimal(high) * factor,
                unit,
                {name: each[name] for name in names},
                tuple((kind, to) for kind, to in each.get("relations", ())),
            )
        )
    return made


def gold_practices(row: dict[str, Any], text: str) -> list[Named]:
    """The practices of a gold row; every mention of the name counts."""
    made = []
    for each in row.get("practices", ()):
        name = text[each["start"] : each["end"]]
        spans = tuple(Span(at, at + len(name)) for at in range(len(text)) if text.startswith(name, at))
        members = frozenset(_plain(text[start:end]) for start, end in each["members"])
        made.append(Named(_plain(name), spans, members, frozenset(each["themes"]), each["kind"]))
    return made


def compare_facts(tally: Tally, name: str, gold: Sequence[Told], found: Sequence[Told], soft: Sequence[Span]) -> None:
    """Match facts by overlap, value and unit; judge the fields and relations of the matched."""
    left = {i: f for i, f in enumerate(found) if not any(f.span.overlaps(s) for s in soft)}
    match: dict[int, int] = {}
    for i, wanted in enumerate(gold):
        at = next((j for j, f in left.items() if j not in match.values() and _same(wanted, f)), None)
        if at is None:
            tally.quantity.missed += 1
            tally.full.missed += 1
            tally.errors.append(_error("missed", name, wanted))
            continue
        match[i] = at
        tally.quantity.right += 1
        _judge(tally, name, wanted, left[at])
    for j, other in left.items():
        if j not in match.values():
            tally.quantity.extra += 1
            tally.full.extra += 1
            tally.errors.append(_error("extra", name, other))
    _relate(tally, name, gold, left, match)


def _same(a: Told, b: Told) -> bool:
    close = abs(a.value - b.value) <= abs(a.value) * Decimal("0.00001")
    return a.span.overlaps(b.span) and close and a.unit == b.unit


def _judge(tally: Tally, name: str, wanted: Told, found: Told) -> None:
    right = {
        key: alike(found.fields[key], value) if key == "object" else found.fields[key] == value
        for key, value in wanted.fields.items()
    }
    right["bound"] = right["bound"] and found.value_high == wanted.value_high
    indicator = wanted.fields["indicator"]
    if indicator == "open":
        right["indicator"] = found.fields["indicator"].startswith("open")
    for key, ok in right.items():
        tally.fields.setdefault(key, []).append(ok)
        if not ok:
            tally.errors.append(_error(key, name, wanted) | {"gold": wanted.fields[key], "found": found.fields[key]})
    if indicator != "open":
        tally.fields.setdefault("indicator_curated", []).append(right["indicator"])
    if all(right[key] for key in _FULL):
        tally.full.right += 1
    else:
        tally.full.missed += 1
        tally.full.extra += 1


def _error(kind: str, name: str, told: Told) -> dict[str, Any]:
    return {"class": kind, "file": name, "start": told.span.start, "end": told.span.end}


def _relate(tally: Tally, name: str, gold: Sequence[Told], found: dict[int, Told], match: dict[int, int]) -> None:
    """Ties as pairs of facts; those to a soft number are left out."""
    back = {j: i for i, j in match.items()}
    wanted = {(kind, i, to) for i, fact in enumerate(gold) for kind, to in fact.relations}
    made = {
        (kind, back.get(j, f"extra {j}"), back.get(to, f"extra {to}"))
        for j, fact in found.items()
        for kind, to in fact.relations
        if to in found
    }
    tally.relations.right += len(wanted & made)
    tally.relations.missed += len(wanted - made)
    tally.relations.extra += len(made - wanted)
    for kind, i, to in sorted(wanted - made):
        tally.errors.append(_error(f"relation missed: {kind}", name, gold[i]) | {"to": to})
    for kind, first, second in sorted(made - wanted, key=str):
        at = gold[first] if isinstance(first, int) else found[int(first.split()[1])]
        tally.errors.append(_error(f"relation extra: {kind}", name, at) | {"to": second})


def compare_practices(
    tally: Tally, name: str, gold: Sequence[Named], found: Sequence[Named], soft: Sequence[Span]
) -> None:
    """Match practices by a shared place and one name within the other; judge members and themes of the matched."""
    left = [p for p in found if not any(s.overlaps(each) for each in p.spans for s in soft)]
    for wanted in gold:
        match = next((p for p in left if _same_practice(wanted, p)), None)
        if match is None:
            tally.practices.missed += 1
            tally.members.missed += len(wanted.members)
            tally.errors.append(_practice_error("practice missed", name, wanted))
            continue
        left.remove(match)
        tally.practices.right += 1
        _count(tally.members, wanted.members, match.members)
        _count(tally.themes, wanted.themes, match.themes)
        for key in ("members", "themes"):
            if getattr(wanted, key) != getattr(match, key):
                tally.errors.append(_practice_error(f"practice {key}", name, wanted))
        tally.fields.setdefault("practice_kind", []).append(wanted.kind == match.kind)
        tally.fields.setdefault("practice_theme_shared", []).append(bool(wanted.themes & match.themes))
    tally.practices.extra += len(left)
    tally.errors += [_practice_error("practice extra", name, p) for p in left]


def _same_practice(a: Named, b: Named) -> bool:
    within = a.name in b.name or b.name in a.name
    return within and any(x.overlaps(y) for x in a.spans for y in b.spans)


def _count(score: Score, wanted: frozenset[str], found: frozenset[str]) -> None:
    score.right += len(wanted & found)
    score.missed += len(wanted - found)
    score.extra += len(found - wanted)


def _practice_error(kind: str, name: str, practice: Named) -> dict[str, Any]:
    first = practice.spans[0] if practice.spans else Span(0, 0)
    return {"class": kind, "file": name, "start": first.start, "end": first.end}
