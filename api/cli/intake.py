"""ingest, extract, quantities: from files and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import app
from api.cli.out import (
    SOME_FAILED,
    common,
    note,
    open_library,
    progress_bars,
    table,
    write,
    write_json,
    write_rows,
)
from corpus.labels import FAILURE

if TYPE_CHECKING:
    from api.library import Ingested, Report
    from api.making import Made
    from api.preview import Preview
    from api.shapes import Json

_Files = Annotated[list[Path], typer.Argument(help="文件或文件夹", metavar="文件…")]


@app.command(help="导入文件和文件夹。已有的不重复导入，改过的替换旧版；读不了的说明原因，其余照常。")
def ingest(
    paths: _Files,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会读到什么，不导入")] = False,
    no_index: Annotated[bool, typer.Option("--no-index", help="只提取，不建检索索引")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="导入后继续盯着文件夹，有新增或改动就导入")] = False,
) -> None:
    """Take files in; exit 3 where some failed."""
    if dry_run:
        return _preview(paths)
    if watch:
        return _watch(paths)
    with open_library(create=True) as library, progress_bars("导入", "识别扫描件") as (progress, scanning):
        report = library.ingest(paths, progress, scanning=scanning, index=not no_index)
    _tell(report)
    if report.failures:
        raise typer.Exit(SOME_FAILED)


def _tell(report: Report) -> None:
    """What was taken in, and why the rest was not."""
    failed = [d for d in report.documents if d.status == "failed"]
    if common.json:
        from api.shapes import report_json

        write_json(report_json(report))
    else:
        done = [d for d in report.documents if d.status in ("indexed", "stored")]
        same = len(report.documents) - len(done) - len(failed)
        newer = sum(bool(d.replaced) for d in done)
        write(
            f"导入 {len(done)} 个文件，{sum(d.articles for d in done)} 篇文章，{sum(d.facts for d in done)} 条数据，"
            f"用时 {report.seconds:.1f} 秒；{f'替换旧版 {newer} 个，' if newer else ''}重复 {same} 个，"
            f"失败 {len(failed)} 个{_kinds(failed)}。"
        )
    for item in failed:
        note(f"失败：{item.path}：{item.reason}")
    for item in report.documents:
        if item.unread:
            pages = "、".join(map(str, item.unread))
            note(f"注意：{item.path} 的第 {pages} 页读不出来（扫描页或乱码），其余已导入。")


def _kinds(failed: Sequence[Ingested]) -> str:
    """Of what kinds the failures are: （有密码 1，已损坏 2）."""
    counts = Counter(FAILURE.get(d.kind or "", "其他") for d in failed)
    return f"（{'，'.join(f'{kind} {n}' for kind, n in counts.most_common())}）" if counts else ""


def _preview(paths: list[Path]) -> None:
    """What would be found, file by file; nothing is written, and no library need be there."""
    from api.files import find_files
    from api.preview import preview
    from api.settings import load_settings
    from api.shapes import preview_json
    from corpus.errors import NotFound

    with progress_bars("试读", "识别扫描件") as (progress, scanning):
        try:
            with open_library() as library:
                found = library.preview(paths, progress, scanning=scanning)
        except NotFound:
            found = preview(find_files(paths), (), None, load_settings().readers, progress, scanning)
    if common.json:
        write_rows(preview_json(each) for each in found)
    else:
        rows = [row for each in found for row in _previewed(each)]
        table("", ["文件", "状态", "地方", "日期", "标题或原因"], rows)
    if any(each.error for each in found):
        raise typer.Exit(SOME_FAILED)


def _previewed(found: Preview) -> list[list[object]]:
    """The rows of one file: one an article, or the reason."""
    if found.error is not None:
        return [[found.name, "读不了", "", "", found.error.message]]
    state = "已有" if found.known else "可导入"
    return [[found.name, state, a.place.name if a.place else "", a.published_on, a.title] for a in found.articles]


def _watch(paths: list[Path]) -> None:
    """Take in, then wait for more, until interrupted."""
    from corpus.errors import UsageError

    if missing := [path for path in paths if not path.is_dir()]:
        raise UsageError(f"--watch 只能用于文件夹，{str(missing[0])!r} 不是文件夹。")
    note("正在盯着文件夹，按 Ctrl+C 结束。")
    with open_library(create=True) as library:
        try:
            for report in library.watch(paths):
                _tell(report)
        except KeyboardInterrupt:
            note("已停止。")


@app.command(help="不建资料库，直接从文件中提取数据或做法。")
def extract(
    files: _Files, what: Annotated[str, typer.Option(help="facts（数据）或 practices（做法）")] = "facts"
) -> None:
    """Facts or practices of files."""
    from api.files import find_files
    from api.incoming import opened, read_items
    from api.making import make
    from api.settings import load_settings
    from corpus.errors import ReadError, UsageError

    if what not in ("facts", "practices"):
        raise UsageError(f"--what 只能是 facts 或 practices，不能是 {what!r}。")
    workers = load_settings().readers
    failed = 0
    with opened(find_files(files), workers=workers) as items:
        for at, result in read_items(items, make, workers=workers):
            if isinstance(result, ReadError):
                failed += 1
                note(f"失败：{items[at].shown}：{result}")
            else:
                write_rows(_extracted(result, what))
    if failed:
        raise typer.Exit(SOME_FAILED)


def _extracted(made: Made, what: str) -> Iterator[Json]:
    from api.shapes import fact_json, practice_json

    if what == "facts":
        return (fact_json(f) for f in made.facts)
    articles = {a.id: a for a in made.read.articles}
    return (practice_json(p, articles[p.article]) for p in made.practices)


@app.command(
    help="一段文字里的每个数量。", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)
def quantities(text: Annotated[str, typer.Argument(help="文字", metavar="文字")]) -> None:
    """The quantities of a text."""
    from api.shapes import quantity_json
    from extract.quantities import scan

    rows = [quantity_json(q) for q in scan(text)]
    if common.json:
        write_rows(rows)
    else:
        columns = {"原文": "text", "数值": "value", "至": "value_high", "单位": "unit", "界限": "bound"}
        table("", list(columns), [[row[key] for key in columns.values()] for row in rows])
