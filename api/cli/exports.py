"""export, import, digest: files that people work in, and their corrections back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import app
from api.cli.out import check_output, common, note, open_library, table, write, write_json, write_rows
from api.cli.places import PlaceOption, PlacesOption, chosen

if TYPE_CHECKING:
    from api.exports import Exported, Imported

_Theme = Annotated[str | None, typer.Option(help="主题，如 基层治理")]


@app.command(help="导出为表格或数据文件（.xlsx、.csv、.parquet、.jsonl）。")
def export(
    out: Annotated[Path, typer.Argument(help="要写的文件", metavar="文件")],
    place: PlaceOption = None,
    places: PlacesOption = None,
    indicator: Annotated[str | None, typer.Option(help="指标的编号或名称")] = None,
    status: Annotated[str | None, typer.Option(help="done、ongoing、planned、capacity 或 background")] = None,
    theme: _Theme = None,
    split: Annotated[
        str | None, typer.Option("--split-by", help="place：每个地方一份数据核实表，存入“文件”所指的文件夹")
    ] = None,
) -> None:
    """Write facts and practices."""
    from api.exports import EXPORTS, Chosen, export_verification
    from api.exports import export as written
    from corpus.errors import UsageError

    if split not in (None, "place"):
        raise UsageError(f"--split-by 只能是 place，不能是 {split!r}。")
    if split is None:
        check_output(out, EXPORTS)
    with open_library() as library:
        within = Chosen(chosen(library, place, places), indicator, status, theme)
        if split:
            _told_of_all(export_verification(library, out.with_suffix("") if out.suffix == ".xlsx" else out, within))
            return
        done = written(library, out, within)
    if common.json:
        write_json({"path": str(done.path), "facts": done.facts, "practices": done.practices})
    else:
        write(f"已写入 {done.path}：{done.facts} 条数据，{done.practices} 项做法。")
    if not done.facts:
        note("没有符合条件的数据，文件里只有表头。")


def _told_of_all(made: Sequence[Exported]) -> None:
    if common.json:
        write_rows({"path": str(each.path), "facts": each.facts, "practices": 0} for each in made)
        return
    for each in made:
        write(f"已写入 {each.path}：{each.facts} 条数据。")


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


@app.command(help="更正过的数据；给出文件名时存为标注（.jsonl），供 tongjian eval facts 使用。")
def corrections(
    out: Annotated[Path | None, typer.Argument(help="要写的 .jsonl", metavar="[文件]")] = None,
) -> None:
    """What people set right, or the same as a gold."""
    from api.exports import export_gold

    with open_library() as library:
        if out is not None:
            count = export_gold(library, check_output(out, (".jsonl",)))
            write_json({"path": str(out), "facts": count}) if common.json else write(f"已写入 {out}：{count} 条数据。")
            return
        known = library.catalogue.corrections()
    rows = [(fact, c) for fact, made in known.items() for c in made]
    if common.json:
        keys = ("field", "old", "new", "author", "at")
        write_rows({"fact": fact, **{key: getattr(c, key) for key in keys}} for fact, c in rows)
        return
    table(
        "",
        ["编号", "栏目", "原来", "更正", "更正人", "时间"],
        [[fact, c.field, c.old or "（空）", c.new or "（空）", c.author, c.at] for fact, c in rows],
    )


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
    place: PlaceOption = None,
    places: PlacesOption = None,
) -> None:
    """Write an experience digest."""
    from api.exports import DIGESTS
    from api.exports import digest as written

    check_output(out, DIGESTS)
    with open_library() as library:
        done = written(library, theme, out, chosen(library, place, places))
    if common.json:
        count = {"items": len(done.items), "places": len({i.place.adcode for i in done.items if i.place})}
        write_json({"path": str(out), "theme": theme, **count, "sources": list(done.sources)})
    else:
        write(f"已写入 {out}：{len(done.items)} 条经验，{len(done.sources)} 处来源。")


@app.command(help="一个主题，各地对照：地方 × 方面，格中是原文句子（.xlsx）。")
def matrix(
    out: Annotated[Path, typer.Argument(help="要写的文件", metavar="文件")],
    theme: Annotated[str, typer.Option(help="要比较的内容，如 骑手驿站")],
    aspects: Annotated[
        Path | None, typer.Option(help="自己的编码表（CSV 或 .xlsx，列为方面、定义、例词）；不给则用自带的六个方面")
    ] = None,
    place: PlaceOption = None,
    places: PlacesOption = None,
) -> None:
    """Write the matrix of a theme."""
    from api.matrix import matrix as written

    check_output(out, (".xlsx",))
    with open_library() as library:
        made = written(library, theme, out, aspects, chosen(library, place, places))
    cells = [cell for row in made.rows for cell in row]
    told = sum(cell.code != "未提及" for cell in cells)
    if common.json:
        codes = [
            {"place": p.adcode, "codes": {a.name: c.code for a, c in zip(made.aspects, row, strict=True)}}
            for p, row in zip(made.places, made.rows, strict=True)
        ]
        write_json({"path": str(out), "theme": theme, "rows": codes})
    else:
        size = f"{len(made.places)} 个地方，{len(made.aspects)} 个方面"
        write(f"已写入 {out}：{size}，{told} 格有原文，{len(cells) - told} 格未提及。")


@app.command(help="两人编码的一致性：读 tongjian matrix 写出、两人填好的表，算 κ。")
def agreement(path: Annotated[Path, typer.Argument(help="填好的表格", metavar="表格")]) -> None:
    """Cohen's kappa of two coders."""
    from api.matrix import agreement as agreed

    found = agreed(path)
    if common.json:
        write_json({name: {"codes": n, "kappa": round(value, 4)} for name, (n, value) in found.items()})
    else:
        for name, (n, value) in found.items():
            write(f"{name}：{n} 处，κ = {value:.2f}")
