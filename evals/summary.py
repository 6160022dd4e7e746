"""One page with every figure: command, commit and machine beside them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from evals.answering import answer_tables
from evals.articles import run_articles
from evals.facts import run_facts
from evals.retrieval import run_retrieval
from retrieval.search import Mode

_SETS = ("cmrc2018_dev", "ncp_policy")
_MODES: tuple[Mode, ...] = ("lexical", "dense", "hybrid")
_GOLDS = (("gold_bulletin", "corpus/bulletins"), ("gold_authored", None))


def write_summary(shared: Path, out: Path) -> None:
    """Run every evaluation over the shared data and the samples, and write the page."""
    lines = [
        "# Every figure on one page", "",
        f"Made by `tongjian eval all` on {date.today().isoformat()}, commit `{_commit()}`, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}.", "",
        *_retrieval(shared), *_facts(shared), *answer_tables(shared),
    ]  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _retrieval(shared: Path) -> list[str]:
    rows = [
        "## Retrieval",
        "",
        "| set | mode | nDCG@10 | recall@10 | MRR@10 | query ms p50 |",
        "|---|---|---|---|---|---|",
    ]
    for name in _SETS:
        folder = shared / "evals/retrieval" / name
        for mode in _MODES:
            s = run_retrieval(folder, mode)
            figures = (s["ndcg_at_10"], s["recall_at_10"], s["mrr_at_10"])
            rows.append(
                f"| {name} | {mode} | " + " | ".join(f"{x:.4f}" for x in figures) + f" | {s['query_ms_p50']:.1f} |"
            )
    return [*rows, "", "`tongjian eval retrieval --set DIR --mode MODE`", ""]


def _facts(shared: Path) -> list[str]:
    rows = ["## Facts", "", "| gold | mentions | precision | recall | F1 | fields |", "|---|---|---|---|---|---|"]
    for name, texts in _GOLDS:
        s = run_facts(shared / f"evals/extraction/{name}.jsonl", shared / texts if texts else None)
        told = ", ".join(f"{k} {v:.3f}" for k, v in s["fields"].items())
        rows.append(f"| {name} | {s['gold']} | {s['precision']:.3f} | {s['recall']:.3f} | {s['f1']:.3f} | {told} |")
    note = (
        "Both golds were seen while the rules were written: they guard against regressions, and measure no generality."
    )
    return [*rows, "", note, "", "`tongjian eval facts --gold FILE --texts DIR`", "", *_articles(shared)]


def _articles(shared: Path) -> list[str]:
    kinds = ("quantity", "full", "relations", "practices", "members", "themes")
    rows = [
        "## Whole articles of local news", "",
        "F1 of every kind; what each set was used for: [facts.md](facts.md).", "",
        "| set | articles | " + " | ".join(kinds) + " | indicator |", "|---" * (len(kinds) + 3) + "|",
    ]  # fmt: skip
    gold = Path(__file__).parent / "golds/local_news.jsonl"
    sets = dict.fromkeys(json.loads(line)["set"] for line in gold.read_text("utf8").splitlines())
    for name in sets:
        s = run_articles(gold, shared / "corpus/local_news", name)
        told = [*(s[kind]["f1"] for kind in kinds), s["fields"]["indicator"]]
        rows.append(f"| {name} | {s['articles']} | " + " | ".join(map(_told, told)) + " |")
    return [*rows, "", "`tongjian eval facts --gold evals/golds/local_news.jsonl --texts DIR --set SET`", ""]


def _told(value: Any) -> str:  # noqa: ANN401
    return "–" if value is None else f"{value:.3f}"


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
