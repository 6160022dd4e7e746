"""Every question set answered, beside two baselines, and every answer altered: the tables of the answers' report."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.library import Library
from api.samples import samples
from api.wiring import sources
from corpus.model import Answer
from evals.answers import run_answers
from evals.baselines import langchain_chroma, pasted
from evals.mutations import run_mutations

_HERE = Path(__file__).parent / "questions"
_OPERATIONS = ("lookup", "list", "rank", "aggregate", "trend", "survey", "compare", "define", "check")


@dataclass(frozen=True, slots=True)
class _Library:
    """Files that make one library, and the question sets over it; those kept aside were not read by who tuned."""

    paths: Sequence[Path]
    tuned: tuple[Path, ...]
    aside: tuple[Path, ...] = ()


def answer_tables(shared: Path) -> list[str]:
    """The lines of the tables: ours and the baselines by set, ours by operation, alterations by kind."""
    rows = [
        "## Answers", "",
        "| questions | n | who | right | refusal P / R | numbers told | characters | ms p50 |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    right: dict[str, Counter[str]] = {"tuned": Counter(), "kept aside": Counter()}
    asked: dict[str, Counter[str]] = {"tuned": Counter(), "kept aside": Counter()}
    altered: dict[str, Counter[str]] = {"tuned": Counter(), "kept aside": Counter()}
    for each in _libraries(shared):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            library = stack.enter_context(Library.open(folder / "library", create=True))
            library.ingest(each.paths)
            langchain = stack.enter_context(langchain_chroma(folder / "chroma", each.paths))
            for kind, files in (("tuned", each.tuned), ("kept aside", each.aside)):
                for file in files:
                    answers: list[Answer] = []
                    ours = run_answers(file, _kept(answers, lambda q, of=library: of.ask(q, llm="none")))  # type: ignore[misc]
                    rows += _rows(file, kind, {"ours": ours, "5 passages": run_answers(file, pasted(library)),
                                               "langchain": run_answers(file, langchain)})  # fmt: skip
                    _count(file, ours, right[kind], asked[kind])
                    _add(altered[kind], run_mutations(answers, sources(library)))
    return [*rows, "", _NOTE, "", *_by_operation(right, asked), *_alterations(altered)]


_NOTE = (
    "Sets named held are kept aside: nobody who changed rules read their questions. The baselines paste what search "
    "finds; they refuse nothing, and tell ten times as many numbers in answers twenty times as long."
)


_NEWS = ("bulletin", "local_news", "news_a", "news_b", "news_d", "news_e", "news_f")
_TUNED = (
    "invented2",
    "invented4",
    "invented5",
    "invented6",
    "invented7",
    "invented8",
    "invented9",
    "invented10",
    "invented11",
    "invented12",
    "invented13",
    "invented14",
    "invented15",
    "invented16",
    "invented17",
    "invented18",
    "invented19",
    "invented20",
)
"""Libraries whose questions were all read: of the last ten each first ran before that."""


def _libraries(shared: Path) -> list[_Library]:
    news = [*sorted((shared / "corpus/local_news").glob("*.txt")), shared / "corpus/bulletins"]
    invented = sorted((_HERE / "invented").glob("*.txt"))
    return [
        _Library(samples(), (_HERE.parents[1] / "corpus/samples/questions.jsonl",)),
        _Library(
            news,
            tuple(_HERE / f"{n}.jsonl" for n in _NEWS),
            (_HERE / "news_held.jsonl",),
        ),
        _Library(
            invented,
            (_HERE / "invented_tune.jsonl", _HERE / "invented_more.jsonl"),
            (_HERE / "invented_held.jsonl",),
        ),
        _Library(
            [shared / "corpus/work_reports", shared / "corpus/html"],
            (_HERE / "reports_a.jsonl", _HERE / "reports_b.jsonl"),
            (_HERE / "reports_held.jsonl",),
        ),
        *(_Library(sorted((_HERE / name).iterdir()), (_HERE / f"{name}.jsonl",)) for name in _TUNED),
        _Library(
            sorted((_HERE / "invented3").glob("*.txt")),
            (_HERE / "invented3_tune.jsonl", _HERE / "invented3_more.jsonl"),
            (_HERE / "invented3_held.jsonl",),
        ),
    ]  # fmt: skip


def _kept(answers: list[Answer], ask: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Ask, and keep the answer."""

    def kept(question: str) -> Answer:
        answers.append(ask(question))
        return answers[-1]

    return kept


def _rows(file: Path, kind: str, scores: dict[str, dict[str, Any]]) -> list[str]:
    name = file.stem if file.parent == _HERE else "samples"
    return [
        f"| {name} ({kind}) | {s['questions']} | {who} | {s['right']:.3f} | {_told(s['refusal']['precision'])} / "
        f"{_told(s['refusal']['recall'])} | {s['numbers_told']:.0f} | {s['characters']:.0f} | {s['ms_p50']:.0f} |"
        for who, s in scores.items()
    ]


def _count(file: Path, score: dict[str, Any], right: Counter[str], asked: Counter[str]) -> None:
    wrong = {w["question"] for w in score["wrong"]}
    for row in (json.loads(line) for line in file.read_text("utf8").splitlines() if line.strip()):
        operation = row.get("operation", "any")
        asked[operation] += 1
        right[operation] += row["question"] not in wrong


def _by_operation(right: dict[str, Counter[str]], asked: dict[str, Counter[str]]) -> list[str]:
    rows = ["| operation | tuned | kept aside |", "|---|---|---|"]
    for operation in (*_OPERATIONS, "all"):
        cells = []
        for kind in right:
            names: Iterable[str] = asked[kind] if operation == "all" else [operation]
            n = sum(asked[kind][name] for name in names)
            cells.append(f"{sum(right[kind][name] for name in names)}/{n}")
        rows.append(f"| {operation} | " + " | ".join(cells) + " |")
    return [*rows, ""]


def _add(altered: Counter[str], found: dict[str, Any]) -> None:
    for kind, told in found["by_kind"].items():
        rejected, n = map(int, told.split("/"))
        altered[f"{kind}/n"] += n
        altered[f"{kind}/rejected"] += rejected
    altered["true/n"] += found["true"]
    altered["true/accepted"] += found["true"] - len(found["refused"])


def _alterations(altered: dict[str, Counter[str]]) -> list[str]:
    rows = [
        "## Claims altered one thing at a time", "",
        "Rejected of altered; the last row: accepted of true ones, reworded ones included.", "",
        "| what | tuned | kept aside |", "|---|---|---|",
    ]  # fmt: skip
    kinds = sorted({key.split("/")[0] for counts in altered.values() for key in counts} - {"true"})
    for kind in kinds:
        rows.append(
            f"| {kind} | " + " | ".join(f"{c[f'{kind}/rejected']}/{c[f'{kind}/n']}" for c in altered.values()) + " |"
        )
    rows.append("| true | " + " | ".join(f"{c['true/accepted']}/{c['true/n']}" for c in altered.values()) + " |")
    return [*rows, ""]


def _told(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
