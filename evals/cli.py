"""``tongjian eval …``: the project's own measures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from api.cli.out import common, open_library, write, write_json

app = typer.Typer(help="评测：检索、数据、数量、答案、版式。", no_args_is_help=True, rich_markup_mode=None)


@app.command(help="拒答评测：问资料里没有写到的东西，应当都拒答（用 --library 的资料库）。")
def absent() -> None:
    """Questions for what no text names."""
    from evals.absent import run_absent

    with open_library() as library:
        _show(run_absent(library))


@app.command(help="检索评测：文件夹内有 corpus.jsonl、queries.jsonl、qrels.tsv。")
def retrieval(
    folder: Annotated[Path, typer.Option("--set", help="集合文件夹")],
    mode: Annotated[str, typer.Option(help="hybrid、dense 或 lexical")] = "hybrid",
    limit: Annotated[int | None, typer.Option(help="只用前几个问题", min=1)] = None,
) -> None:
    """IR measures on a collection."""
    from corpus.errors import UsageError
    from evals.retrieval import run_retrieval

    if mode not in ("hybrid", "dense", "lexical"):
        raise UsageError(f"--mode 只能是 hybrid、dense 或 lexical，不能是 {mode!r}。")
    _show(run_retrieval(folder, mode, limit))  # type: ignore[arg-type]


@app.command(help="数据评测：标注与提取逐条对照。")
def facts(
    gold: Annotated[Path, typer.Option(help="标注文件")],
    texts: Annotated[Path | None, typer.Option(help="原文所在文件夹")] = None,
    only: Annotated[str | None, typer.Option("--set", help="只评整篇标注中的一组（tune 或 held）")] = None,
) -> None:
    """Facts against a gold."""
    from evals.facts import run_facts

    _show(run_facts(gold, texts, only))


@app.command(help="数量、地名、时间评测：同类工具的测试用例逐条对照。")
def quantities(
    cases: Annotated[Path, typer.Option(help="用例文件")] = Path("../shared/evals/quantities/cases.jsonl"),
) -> None:
    """Numbers, shares, money, measures, addresses and periods of peers' test suites."""
    from evals.periods import run_periods
    from evals.places import run_places
    from evals.quantities import run_quantities

    _show(run_quantities(cases) | {"places": run_places(cases), "periods": run_periods(cases)})


@app.command(help="答案评测：问题文件逐题作答，与预期对照（用 --library 的资料库）。")
def answers(questions: Annotated[Path, typer.Option(help="问题文件")]) -> None:
    """Answers against expected ones."""
    from evals.answers import run_answers

    with open_library() as library:
        _show(run_answers(questions, lambda question: library.ask(question, llm="none")))


@app.command(help="改动评测：对问题文件的每条答案逐处改动（数、单位、地方、时间……），看比对能否识破。")
def mutations(questions: Annotated[Path, typer.Option(help="问题文件")]) -> None:
    """Altered claims of the answers to a question file."""
    from api.wiring import sources
    from corpus.errors import NotFound
    from evals.mutations import run_mutations

    if not questions.is_file():
        raise NotFound(f"没有问题文件 {str(questions)!r}。")
    asked = [json.loads(line)["question"] for line in questions.read_text("utf8").splitlines() if line.strip()]
    with open_library() as library:
        _show(run_mutations((library.ask(q, llm="none") for q in asked), sources(library)))


@app.command(help="版式评测：用几种排版软件排出虚构简报，读回后与原稿对照。")
def layouts(
    split: Annotated[str, typer.Option(help="tuned（调试用），或 first、second……（留出）")] = "tuned",
    only: Annotated[str | None, typer.Option(help="只用这一种版式")] = None,
    keep: Annotated[Path | None, typer.Option(help="排出的 PDF 存到这个文件夹")] = None,
    failures: Annotated[bool, typer.Option("--failures", help="列出每一处不同")] = False,
    scans: Annotated[bool, typer.Option("--scans", help="先变成扫描件再读（每种版式一期）")] = False,
) -> None:
    """Bulletins of many layouts, read and compared with their truth."""
    from corpus.errors import UsageError
    from evals.layouts.layouts import Split
    from evals.layouts.run import run_layouts

    if split not in get_args(Split):
        raise UsageError(f"--split 只能是 {'、'.join(get_args(Split))}，不能是 {split!r}。")
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    _show_reading(run_layouts(split=split, only=only, keep=keep, scans=scans), failures=failures)  # type: ignore[arg-type]


@app.command(help="文件评测：读一个文件夹里的文件，与旁边的原稿（.truth.json）对照。")
def documents(
    folder: Annotated[Path, typer.Argument(help="放着文件和原稿的文件夹")] = Path("evals/layouts/eighth"),
    failures: Annotated[bool, typer.Option("--failures", help="列出每一处不同")] = False,
) -> None:
    """Documents with their truths beside them, read and compared."""
    from corpus.errors import NotFound
    from evals.documents import run_documents

    if not folder.is_dir():
        raise NotFound(f"没有文件夹 {str(folder)!r}。")
    _show_reading(run_documents(folder), failures=failures)


@app.command("all", help="全部评测，写成一页。")
def everything(
    shared: Annotated[Path, typer.Option(help="共享数据文件夹")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="报告文件")] = Path("evals/reports/summary.md"),
) -> None:
    """Every measure, on one page."""
    from evals.summary import write_summary

    write_summary(shared, out)
    write(f"已写入 {out}")


def _show_reading(found: dict[str, Any], *, failures: bool) -> None:
    """What was read of documents, as a table; every difference on ``failures``."""
    from evals.layouts.run import as_table

    if not failures:
        del found["failures"]
    if common.json:
        write_json(found)
        return
    write(as_table(found))
    for line in found.get("failures", []):
        write(line)


def _show(scores: dict[str, Any]) -> None:
    if common.json:
        write_json(scores)
        return
    for key, value in scores.items():
        if not isinstance(value, list):
            write(f"{key}: {value}")
        elif value:
            write(f"{key}:")
            for item in value:
                write(f"  {item}")
