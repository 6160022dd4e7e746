"""What two of the sample documents give, as JSON. ``python -m tests.golden.update`` rewrites it: read the diff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extract.facts import RULES, Rules, facts
from extract.practices import practices
from ingest.read import read_file

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "corpus/samples"
DOCUMENTS = ("社会工作信息2026年第1期.pdf", "海晏县委社会工作部2026年上半年工作总结.docx")


def made(name: str) -> dict[str, Any]:
    """The articles of a sample with the key fields of their facts and practices."""
    rules = Rules.load()
    result = read_file(SAMPLES / name)
    return {"document": name, "articles": [_article(a, rules) for a in result.articles]}


def golden(name: str) -> Path:
    """Where a sample's golden file is."""
    return HERE / f"{Path(name).stem}.json"


def _article(article: Any, rules: Rules) -> dict[str, Any]:
    found = facts(article, rules)
    number = {f.id: n for n, f in enumerate(found)}
    return {
        "title": article.title,
        "column": article.column,
        "subtitle": article.subtitle,
        "kind": article.kind,
        "place": article.place.adcode if article.place else None,
        "place_basis": article.place_basis,
        "issuer": article.issuer,
        "source_line": article.source_line,
        "published_on": article.published_on,
        "flags": list(article.flags),
        "captions": [c.text for c in article.captions],
        "body": article.body.split("\n"),
        "facts": [_fact(f, number) for f in found],
        "practices": [
            {
                "practice": p.practice,
                "kind": p.kind,
                "themes": list(p.themes),
                "claimed_count": list(p.claimed_count),
                "members": [m.text for m in p.members],
            }
            for p in practices(article, found, RULES)
        ],
    }


def _fact(fact: Any, number: dict[str, int]) -> dict[str, Any]:
    q = fact.quantity
    return {
        "text": q.surface,
        "value": format(q.value, "f"),
        "value_high": None if q.value_high is None else format(q.value_high, "f"),
        "unit": q.unit,
        "bound": q.bound,
        "indicator": fact.indicator,
        "object": fact.object,
        "action": fact.action,
        "subject": fact.subject,
        "level": fact.subject_level,
        "place": fact.place.adcode if fact.place else None,
        "period": [fact.period.text, fact.period.start, fact.period.end, fact.period.basis],
        "status": fact.status,
        "relations": [[r.type, number[r.fact]] for r in fact.relations],
        "repeats": number[fact.duplicate_of] if fact.duplicate_of else None,
    }


def update() -> None:
    """Rewrite every golden file."""
    for name in DOCUMENTS:
        golden(name).write_text(json.dumps(made(name), ensure_ascii=False, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    update()
