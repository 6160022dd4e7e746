"""ingest, extract, quantities: from files and text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import app
from api.cli.out import SOME_FAILED, common, note, open_library, progress_bar, table, write, write_json, write_rows

_Files = Annotated[list[Path], typer.Argument(help="文件或文件夹", metavar="文件…")]


@app.command(help="导入文件和文件夹。已有的不重复导入；读不了的说明原因，其余照常。")
def ingest(paths: _Files) -> None:
    """Take files in; exit 3 where some failed."""
    with open_library(create=True) as library, progress_bar("导入") as progress:
        report = library.ingest(paths, progress)
    failed = [d for d in report.documents if d.status == "failed"]
    if common.json:
        rows = [
            {"id": d.id, "name": d.name, "path": d.path, "status": d.status, "articles": d.articles,
             "facts": d.facts, "reason": d.reason}
            for d in report.documents
        ]  # fmt: skip
        write_json({"documents": rows, "seconds": round(report.seconds, 2)})
    else:
        done = [d for d in report.documents if d.status == "indexed"]
        same = len(report.documents) - len(done) - len(failed)
        write(
            f"导入 {len(done)} 个文件，{sum(d.articles for d in done)} 篇文章，{sum(d.facts for d in done)} 条数据，"
            f"用时 {report.seconds:.1f} 秒；重复 {same} 个，失败 {len(failed)} 个。"
        )
    for item in failed:
        note(f"失败：{item.path}：{item.reason}")
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command(help="不建资料库，直接从文件中提取数据或做法。")
def extract(
    files: _Files, what: Annotated[str, typer.Option(help="facts（数据）或 practices（做法）")] = "facts"
) -> None:
    """Facts or practices of files."""
    from api.build import find_files
    from api.shapes import fact_json, practice_json
    from corpus.errors import ReadError, UsageError
    from extract.facts import RULES, Rules, facts
    from extract.practices import practices
    from ingest.read import read_many

    if what not in ("facts", "practices"):
        raise UsageError(f"--what 只能是 facts 或 practices，不能是 {what!r}。")
    rules = Rules.load()
    failed = 0
    for path, result in read_many(find_files(files)):
        if isinstance(result, ReadError):
            failed += 1
            note(f"失败：{path}：{result}")
            continue
        for article in result.articles:
            found = facts(article, rules)
            if what == "facts":
                write_rows(fact_json(f) for f in found)
            else:
                write_rows(practice_json(p, article) for p in practices(article, found, RULES))
    if failed:
        raise typer.Exit(SOME_FAILED)


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
