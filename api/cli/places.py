"""--place and --places on every command that reads, and the command places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import app
from api.cli.out import common, note, open_library, table, write_rows
from corpus.labels import UNMENTIONED

if TYPE_CHECKING:
    from api.library import Library
    from api.reading import Places

PlaceOption = Annotated[str | None, typer.Option("--place", help="地名、简称或行政区划代码，含其下各地")]
PlacesOption = Annotated[
    str | None,
    typer.Option("--places", help="一批地方：地名用逗号隔开，或每行一个地名或代码的文件（文本、CSV、.xlsx）"),
]


def chosen(library: Library, place: str | None, places: str | None) -> Places:
    """The places a command is limited to; lines of a list that name none are told and the exit code says so.

    Raises:
        UsageError: both are given, or no place of the list is known.
    """
    from api.places import read_places
    from corpus.errors import UsageError

    if place and places:
        raise UsageError("--place 和 --places 只能用一个。")
    if not places:
        return place
    listed = read_places(places, library)
    for problem in listed.problems:
        note(f"地名未采用：{problem}")
    common.some_failed = bool(listed.problems)
    return [p.adcode for p in listed.places]


@app.command("places", help="资料库里各地有多少材料、起止日期；给一批地名时，逐一列出，没有材料的写“未提及”。")
def places_(place: PlaceOption = None, places: PlacesOption = None) -> None:
    """What the library holds of each place."""
    from api.places import holding_json

    with open_library() as library:
        found = library.holdings(chosen(library, place, places))
    if common.json:
        write_rows(holding_json(p, held) for p, held in found)
        return
    rows = [
        [p.adcode, "".join(p.path), h.documents, h.articles, h.facts, h.practices, h.first, h.last]
        if h.mentioned
        else [p.adcode, "".join(p.path), UNMENTIONED, *[""] * 5]
        for p, h in found
    ]
    table("", ["代码", "地方", "文件", "文章", "数据", "做法", "最早", "最晚"], rows)
