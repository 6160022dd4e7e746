"""Lists of places: read from what a user gives, and what a library holds of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import ReadError, UsageError
from corpus.files import is_workbook
from corpus.model import Place
from corpus.reading import Holding
from corpus.spacing import squeezed

if TYPE_CHECKING:
    from api.reading import LibraryReading

_MOST = 10_000
_CODE = re.compile(r"(?<![0-9])[0-9]{6}(?:[0-9]{6})?(?![0-9])")
_HEAD = re.compile(
    r"(?:序号|编号|(?:行政)?区划(?:代码)?|代码|编码|地[名区方]|名称|省份?|地?市州?|区?县[市区]*|备注|单位)+"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The places of a list in its order, each once, and what of it is not understood, line by line."""

    places: tuple[Place, ...] = ()
    problems: tuple[str, ...] = ()


def read_places(given: str, library: LibraryReading) -> Listed:
    """Places from names with commas between, or from a file: text or CSV in any encoding, or .xlsx, a place a line.

    A line may hold a code, a name, a path of names, or several of these; codes may be of an earlier year.

    Raises:
        UsageError: the file cannot be read, or no line of it names a place.
    """
    path = Path(given)
    is_file = path.is_file()
    lines = _lines(path) if is_file else [[part] for part in re.split("[,，、;；]", given)]
    found: dict[str, Place] = {}
    problems: list[str] = []
    context = library.catalogue.places()
    for number, cells in enumerate(lines, 1):
        line = [squeezed(cell) for cell in cells if squeezed(cell)]
        if not line or (number == 1 and all(_HEAD.fullmatch(cell) for cell in line)):
            continue
        place, problem = _place(line, library, context)
        if place is not None:
            found.setdefault(place.adcode + (place.detail or ""), place)
        else:
            problems.append(f"第 {number} {'行' if is_file else '个'}“{' '.join(line)[:40]}”{problem}。")
        if len(found) > _MOST:
            raise UsageError(f"地名多于 {_MOST} 个，请分成几份。")
    if not found:
        raise UsageError("没有读出一个地名。" + "".join(problems[:5]) + "请每行写一个地名或行政区划代码。")
    return Listed(tuple(found.values()), tuple(problems))


def _lines(path: Path) -> Iterable[Sequence[str]]:
    if is_workbook(path):
        return list(_rows(path))
    from ingest.decode import decode

    try:
        text = decode(path.read_bytes(), path.name).text
    except (OSError, ReadError) as exc:
        raise UsageError(f"读不了地名文件 {path.name!r}。请用 .txt、.csv 或 .xlsx，一行一个地方。") from exc
    return [re.split(r"[,，;；\t|]", line.replace('"', "")) for line in text.splitlines()]


def _rows(path: Path) -> Iterator[list[str]]:
    from extract.workbook.edited import reading_workbook

    with reading_workbook(path) as book:
        for row in book.worksheets[0].iter_rows(values_only=True, max_col=20):
            yield ["" if cell is None else str(cell) for cell in row]


def _place(line: Sequence[str], library: LibraryReading, context: Sequence[str]) -> tuple[Place | None, str]:
    """The place of a line, or why it is none."""
    gazetteer = library.gazetteer
    codes = dict.fromkeys(code for cell in line for code in _CODE.findall(cell))
    names = [name for cell in line if (name := _CODE.sub("", cell).strip("（）()：: ")) and not name.isdigit()]
    by_code = [place for code in codes if (place := gazetteer.resolve(code))]
    known = [place.adcode for place in by_code]
    name = "".join(names)
    by_name = gazetteer.resolve(name, known or context) or (gazetteer.resolve(names[-1], known) if names else None)
    if by_code and by_name and by_code[0].adcode != by_name.adcode:
        return None, f"代码是{by_code[0].name}，地名是{by_name.name}，请改成一致"
    if place := by_name or (by_code[0] if by_code else None):
        return place, ""
    several = "、".join("".join(p.path) for p in gazetteer.candidates(name)[:5])
    return None, f"可能是{several}，请写出上级或代码" if several else "不认识，请写全称或行政区划代码"


def holding_json(place: Place, held: Holding) -> dict[str, Any]:
    """One line of ``tongjian places``: the place with counts, and whether it is mentioned at all."""
    return {
        "adcode": place.adcode, "name": place.name, "path": list(place.path), "level": place.level,
        "documents": held.documents, "articles": held.articles, "facts": held.facts, "practices": held.practices,
        "first": held.first, "last": held.last, "mentioned": held.mentioned,
    }  # fmt: skip
