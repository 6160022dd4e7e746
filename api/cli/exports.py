"""export, import, digest: files that people work in, and their corrections back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import app
from api.cli.out import check_output, common, note, open_library, table, write, write_json

if TYPE_CHECKING:
    from api.exports import Imported

_Place = Annotated[str | None, typer.Option(help="地名、简称或行政区划代码，含其下各地")]
_Theme = Annotated[str | None, typer.Option(help="主题，如 基层治理")]


@app.command(help="导出为表格或数据文件（.xlsx、.csv、.parquet、.jsonl）。")
def export(
    out: Annotated[Path, typer.Argument(help="要写的文件", metavar="文件")],
    place: _Place = None,
    indicator: Annotated[str | None, typer.Option(help="指标的编号或名称")] = None,
    status: Annotated[str | None, typer.Option(help="done、ongoing、planned、capacity 或 background")] = None,
    theme: _Theme = None,
) -> None:
    """Write facts and practices."""
    from api.exports import EXPORTS, Chosen
    from api.exports import export as written

    check_output(out, EXPORTS)
    with open_library() as library:
        done = written(library, out, Chosen(place, indicator, status, theme))
    if common.json:
        write_json({"path": str(done.path), "facts": done.facts, "practices": done.practices})
    else:
        write(f"已写入 {done.path}：{done.facts} 条数据，{done.practices} 项做法。")
    if not done.facts:
        note("没有符合条件的数据，文件里只有表头。")


@app.command("import", help="读回改过的表格，列出与资料库的不同；加 --yes 写入为更正。")
def import_(
    edited: Annotated[Path, typer.Argument(help="改过的 .xlsx", metavar="表格")],
    yes: Annotated[bool, typer.Option("--yes", help="写入，不只列出")] = False,
    author: Annotated[str | None, typer.Option(help="更正人，默认为系统用户名")] = None,
) -> None:
    """Compare an edited workbook with the library."""
    from api.exports import import_workbook

    with open_library() as library:
        done = import_workbook(library, edited, write=yes, author=author or _user())
    if common.json:
        rows = [{"id": d.fact, "field": d.field, "head": d.head, "old": d.old, "new": d.new} for d in done.differences]
        write_json({"differences": rows, "written": done.written, "problems": list(done.problems)})
    else:
        _tell(done, written=yes)


def _tell(done: Imported, *, written: bool) -> None:
    rows = [[d.fact, d.head, d.old or "（空）", d.new or "（空）"] for d in done.differences]
    if rows:
        table("", ["编号", "栏目", "资料库", "表格"], rows)
    for problem in done.problems:
        write(f"未采用：{problem}")
    if not rows:
        write("没有不同。")
    elif written:
        write(f"已写入 {done.written} 处更正。")
    else:
        write(f"共 {len(rows)} 处不同，尚未写入。确认后加 --yes 再运行一次。")


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@app.command(help="按主题摘编各地做法，原句照录并注明来源（.docx、.md）。")
def digest(
    out: Annotated[Path, typer.Argument(help="要写的文件", metavar="文件")],
    theme: Annotated[str, typer.Option(help="主题，如 基层治理")],
    places: Annotated[str | None, typer.Option(help="地名，用逗号隔开；或每行一个地名的文件")] = None,
) -> None:
    """Write an experience digest."""
    from api.exports import DIGESTS
    from api.exports import digest as written

    check_output(out, DIGESTS)
    with open_library() as library:
        done = written(library, theme, out, read_places(places))
    if common.json:
        count = {"items": len(done.items), "places": len({i.place.adcode for i in done.items if i.place})}
        write_json({"path": str(out), "theme": theme, **count, "sources": list(done.sources)})
    else:
        write(f"已写入 {out}：{len(done.items)} 条经验，{len(done.sources)} 处来源。")


def read_places(given: str | None) -> list[str]:
    """Names from a file of one a line, or from a list with commas.

    Raises:
        UsageError: the file is not readable as text.
    """
    import re

    from corpus.errors import UsageError

    if not given:
        return []
    file = Path(given)
    try:
        listed = file.read_text("utf-8-sig").splitlines() if file.is_file() else re.split("[,，、]", given)
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"读不了地名文件 {given!r}，请存为 UTF-8 文本，每行一个地名。") from exc
    return [name.strip() for name in listed if name.strip()]
