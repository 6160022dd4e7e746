"""Facts against a gold: value and unit, the other fields of the facts found, and numbers wrongly taken for facts.

Two forms of gold are read here. A gold with a ``text`` in each row is extracted row by row. A gold of offsets is
extracted from the one text file of ``texts``, read as ``tongjian ingest`` reads it, and compared at source offsets. A
gold of whole articles is read by ``evals.articles``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.errors import NotFound, UsageError
from corpus.model import Article, Fact, SourceRun
from extract.facts import Rules, facts

_BOUNDS = {
    "approx": ("approx_above", "approx"),
    "lt": ("less_than",),
    "gt": ("more_than",),
    "ge": ("at_least",),
    "range": ("range",),
}
_TAKEN = {"cumulative": "done", "new": "done", "state": ("done", "ongoing")}


@dataclass
class Tally:
    """Right, wrongly found and missed mentions; right and judged fields of the right ones."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    fields: dict[str, list[bool]] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def judge(self, name: str, right: bool) -> None:
        """Count one field of a found fact."""
        self.fields.setdefault(name, []).append(right)

    def scores(self) -> dict[str, Any]:
        """Precision, recall and F1 of value and unit, and the share right of each field."""
        found, gold = self.right + self.extra, self.right + self.missed
        precision = self.right / found if found else None
        recall = self.right / gold if gold else None
        both = (precision or 0) + (recall or 0)
        return {
            "gold": gold, "found": found, "precision": precision, "recall": recall,
            "f1": 2 * (precision or 0) * (recall or 0) / both if both else None,
            "fields": {k: sum(v) / len(v) for k, v in self.fields.items()},
            "errors": self.errors,
        }  # fmt: skip


def run_facts(gold: Path, texts: Path | None, only: str | None = None) -> dict[str, Any]:
    """Scores on a gold file; ``only``: one set of a gold of whole articles.

    Raises:
        NotFound: the gold or its text is not there.
        UsageError: the gold has another form.
    """
    if not gold.is_file():
        raise NotFound(f"没有标注文件 {str(gold)!r}。")
    rows = [json.loads(line) for line in gold.read_text("utf8").splitlines() if line.strip()]
    if rows and "text" in rows[0] and "gold" in rows[0]:
        return _authored(rows).scores()
    if rows and {"tier", "start", "end"} <= set(rows[0]):
        return _offsets(rows, _only_text(texts)).scores()
    if rows and {"file", "facts"} <= set(rows[0]):
        from evals.articles import run_articles

        return run_articles(gold, texts, only)
    raise UsageError(f"标注文件 {str(gold)!r} 的格式不认识。")


def _only_text(texts: Path | None) -> Path:
    files = sorted(texts.glob("*.txt")) if texts and texts.is_dir() else []
    if len(files) != 1:
        raise UsageError("--texts 应是只含一个 .txt 原文的文件夹。")
    return files[0]


def _authored(rows: Iterable[dict[str, Any]]) -> Tally:
    tally = Tally()
    rules = Rules.load()
    for row in rows:
        text = row["text"]
        article = Article("a", "d", "n", 0, "", text, (SourceRun(0, len(text), source=0),))
        found = list(facts(article, rules))
        wanted = [g for g in row["gold"] if g["tier"] == "metric"]
        soft = [(g["start"], g["end"]) for g in row["gold"] if g["tier"] != "metric"]
        _compare(tally, row["id"], wanted, [f for f in found if not _inside(f, soft)])
    return tally


def _inside(fact: Fact, spans: Iterable[tuple[int, int]]) -> bool:
    at = fact.source.start if fact.source and fact.source.start is not None else -1
    return any(start <= at < end for start, end in spans)


def _offsets(rows: Sequence[dict[str, Any]], text: Path) -> Tally:
    from ingest.read import read_file

    rules = Rules.load()
    found = [f for a in read_file(text).articles for f in facts(a, rules)]
    wanted = [r for r in rows if r["tier"] == "metric"]
    soft = [(r["start"], r["end"]) for r in rows if r["tier"] == "soft"]
    tally = Tally()
    _compare(tally, text.name, wanted, [f for f in found if not _inside(f, soft)])
    negatives = [r for r in rows if r["tier"] == "negative"]
    hit = [n for n in negatives if any(_inside(f, [(n["start"], n["end"])]) for f in found)]
    tally.fields["negatives_left_alone"] = [n not in hit for n in negatives]
    return tally


def _compare(tally: Tally, name: str, wanted: Sequence[dict[str, Any]], found: Sequence[Fact]) -> None:
    left = list(found)
    for gold in wanted:
        match = next(
            (f for f in left if _at(f, gold) and _same_value(f, gold) and f.quantity.unit == gold["unit"]), None
        )
        if match is None:
            tally.missed += 1
            near = [f.quantity.surface for f in left if _at(f, gold)]
            tally.errors.append({"id": gold.get("id", name), "missed": [gold["start"], gold["end"]], "found": near})
            continue
        left.remove(match)
        tally.right += 1
        _fields(tally, match, gold)
    tally.extra += len(left)
    for fact in left:
        source = fact.source
        tally.errors.append(
            {"id": name, "extra": [source.start, source.end] if source else None, "unit": fact.quantity.unit}
        )


def _at(fact: Fact, gold: dict[str, Any]) -> bool:
    source = fact.source
    if source is None or source.start is None or source.end is None:
        return False
    return bool(source.start < gold["num_end"] and gold["num_start"] < source.end)


def _same_value(fact: Fact, gold: dict[str, Any]) -> bool:
    wanted = Decimal(str(gold["value"]))
    return abs(fact.quantity.value - wanted) <= abs(wanted) * Decimal("0.00001")


def _fields(tally: Tally, fact: Fact, gold: dict[str, Any]) -> None:
    if "flags" in gold:
        flag = gold["flags"]
        if flag not in ("from", "target"):
            tally.judge("bound", fact.quantity.bound in _BOUNDS.get(flag, ("exact",)))
        tally.judge("status", (fact.status == "planned") == (flag == "target"))
        high = gold.get("value_high")
        tally.judge("value_high", (None if high is None else Decimal(str(high))) == fact.quantity.value_high)
        return
    tally.judge("bound", (fact.quantity.bound != "exact") == bool(gold.get("approx")))
    tally.judge("place", fact.place is not None and fact.place.adcode == gold["adcode"])
    tally.judge("indicator", fact.indicator == gold["indicator"])
    tally.judge("object", alike(fact.object, gold["object"]))
    tally.judge("repeat", (fact.duplicate_of is not None) == bool(gold.get("duplicate")))
    allowed = _TAKEN.get(gold["status"])
    if allowed:
        tally.judge("status", fact.status in allowed)


def alike(found: str, gold: str) -> bool:
    """The same head: one is in the other, or most characters of the shorter are in the longer."""
    a, b = (("".join(c for c in x.split("（")[0] if c not in "“”的")) for x in (found, gold))
    short, long = sorted((a, b), key=len)
    return bool(short) and (short in long or sum(c in long for c in short) >= 0.8 * len(short))
