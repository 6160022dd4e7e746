"""serve, check, rebuild, backup, restore, doctor, demo: keeping a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.app import app
from api.cli.out import SOME_FAILED, common, note, open_library, table, write, write_json, write_rows


@app.command(help="打开网页和 HTTP 接口。")
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=0, max=65535)] = 8000,
    exclusive: Annotated[bool, typer.Option("--exclusive", help="独占资料库，用向量索引检索")] = False,
) -> None:
    """The HTTP API and the page."""
    from contextlib import nullcontext

    from api.http.serve import run

    with open_library(create=True) as library, library.holding("网页服务") if exclusive else nullcontext():
        run(library, host, port, ready=lambda url: note(f"网页：{url}　按 Ctrl+C 结束。"))


@app.command(help="资料库里的文件，含被替换、被删除和读不了的。")
def documents() -> None:
    """The documents and their states."""
    from api.shapes import document_json
    from corpus.labels import STATE

    with open_library() as library:
        found = library.documents()
    if common.json:
        write_rows(document_json(d) for d in found)
        return
    rows = [[d.document.id, STATE[d.state], d.articles, d.facts, d.document.name, d.reason] for d in found]
    table("", ["编号", "状态", "文章", "数据", "文件", "原因"], rows)


@app.command(help="从资料库删除文件（按编号或文件名）。原文件仍留存，再次导入即恢复。")
def delete(names: Annotated[list[str], typer.Argument(help="文件编号或文件名", metavar="文件…")]) -> None:
    """Take documents out."""
    with open_library() as library:
        gone = library.delete(names)
    if common.json:
        write_json({"deleted": [d.document.id for d in gone]})
    else:
        write("已删除：" + "、".join(d.document.name for d in gone) + "。")


@app.command(help="检查资料库是否完整、索引是否一致。")
def check() -> None:
    """Consistency of catalogue, files and indexes; exit 3 where something is amiss."""
    from api.upkeep import check as look

    with open_library() as library:
        report = look(library)
    if common.json:
        write_json({"ok": not report.problems, "counts": report.counts, "problems": list(report.problems)})
    else:
        write("，".join(f"{name} {n}" for name, n in report.counts.items()))
        write("一致。" if not report.problems else "\n".join(report.problems))
    if report.problems:
        raise typer.Exit(SOME_FAILED)


@app.command(help="由资料库重建两个索引。")
def rebuild() -> None:
    """Both indexes anew."""
    with open_library() as library:
        n = library.rebuild()
    write_json({"passages": n}) if common.json else write(f"索引已重建，共 {n} 段。")


@app.command(help="备份整个资料库到一个文件。")
def backup(out: Annotated[Path, typer.Argument(help="备份文件", metavar="文件")]) -> None:
    """The whole library in one file."""
    from api.upkeep import backup as make

    with open_library() as library:
        size = make(library, out)
    write_json({"path": str(out), "bytes": size}) if common.json else write(f"已备份到 {out}（{size:,} 字节）。")


@app.command(help="从备份恢复到 --library 所指的空文件夹。")
def restore(source: Annotated[Path, typer.Argument(help="备份文件", metavar="文件")]) -> None:
    """A library from its backup."""
    from api.settings import load_settings
    from api.upkeep import restore as make

    folder = load_settings(library=common.library).library
    counts = make(source, folder)
    write_json({"library": str(folder), "counts": counts}) if common.json else write(f"已恢复到 {folder}。")


@app.command(help="这台机器能做什么，缺什么，怎么补。")
def doctor() -> None:
    """What is here and what is missing."""
    from api.doctor import examine

    rows = examine()
    if common.json:
        write_json({"checks": [{"name": r.name, "ok": r.ok, "told": r.told} for r in rows]})
        return
    for row in rows:
        write(f"{'有' if row.ok else '缺'}　{row.name}：{row.told}")


@app.command(help="用自带的虚构样例演示一遍。")
def demo(out: Annotated[Path, typer.Option(help="输出文件夹")] = Path("demo")) -> None:
    """Ingest the samples, ask, tabulate, export."""
    from api.cli.demo import run

    run(out)
