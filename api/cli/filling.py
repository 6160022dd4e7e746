"""fill: a given report form filled from the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.app import app
from api.cli.out import common, note, open_library, write, write_json

if TYPE_CHECKING:
    from api.filling import Made


@app.command(help="填写给定的报表（.xlsx）：表头和行名对应到指标、单位、时间和地方，每个填入的数都有出处。")
def fill(
    form: Annotated[Path, typer.Argument(help="要填的报表，原表不动", metavar="报表")],
    out: Annotated[Path | None, typer.Option(help="写到哪里，默认为同一文件夹的“报表（已填）.xlsx”")] = None,
    mapping: Annotated[Path | None, typer.Option(help="改过的对应关系：上次填好的表格，或 --json 的输出")] = None,
    place: Annotated[str | None, typer.Option(help="表中没有写地方时，是哪个地方的表")] = None,
    period: Annotated[str | None, typer.Option(help="表中没有写时间时，是哪个时间的表，如 2026年上半年")] = None,
) -> None:
    """Fill a form."""
    from api.filling import Asked, fill_form

    with open_library() as library:
        done = fill_form(library, form, out, Asked(mapping, place, period))
    for told in done.filling.notes:
        note(told)
    if common.json:
        write_json({"out": str(done.path), **done.counts, "mapping": done.mapping})
    else:
        _tell(done)


def _tell(done: Made) -> None:
    filling, mapping = done.filling, done.mapping
    write("表头的对应：")
    for each in mapping["columns"]:
        found = [f"{each['indicator_name']}（{each['indicators'][0]}）"] if each["indicators"] else []
        _line(each, [*found, each["unit"], each["period"]])
    write("地方的对应：")
    for each in mapping["places"]:
        _line(each, [each["place"], each["adcode"]])
    if mapping["periods"]:
        write("时间的对应：")
    for each in mapping["periods"]:
        _line(each, [each["period"]])
    counts = done.counts
    told = f"，其中 {counts['doubtful']} 格请核对（浅黄色）" if counts["doubtful"] else ""
    write(f"已写入 {done.path}：填了 {counts['filled']} 格{told}，原有内容 {filling.kept} 格未动。")
    why = Counter(each.reason for each in filling.unfilled)
    if why:
        listed = "，".join(f"{reason} {n} 格" for reason, n in why.most_common())
        write(f"未填 {counts['unfilled']} 格：{listed}。见“未填清单”。")
    write("对应关系见“填报对应”，可在表上改，改后加 --mapping 再运行一次。")


def _line(each: Mapping[str, Any], found: Iterable[str | None]) -> None:
    """What a head or a name was read as, in a line."""
    note_ = f"；{each['note']}" if each["note"] else ""
    said = "，".join([*filter(None, found), each["sure"]])
    write(f"  {each['text']} [{each['range']}] → {said}{note_}")
