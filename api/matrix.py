"""The matrix of a theme as a workbook, for reading and for two coders, and how far the coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.reading import Places
from corpus.errors import UsageError
from corpus.labels import marking

if TYPE_CHECKING:
    from answer.matrix import Matrix
    from api.library import Library
    from extract.workbook.blocks import Cell, Sheet

CODERS = ("编码员甲", "编码员乙")
_CODES = ("1", "0", "未提及")


def matrix(library: Library, theme: str, out: Path, aspects: Path | None = None, places: Places = None) -> Matrix:
    """Write what places say of a theme, by the aspects of a codebook, to .xlsx.

    Raises:
        UsageError: the ending, a place or the codebook is not as it should be, or no place speaks of the theme.
    """
    from answer.codebook import read_aspects
    from answer.matrix import compile_matrix
    from api.wiring import sources
    from extract.workbook.xlsx import write_sheets

    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"不支持的输出格式 {out.suffix!r}，请用 .xlsx。")
    found = sources(library)
    made = compile_matrix(theme, found, read_aspects(aspects), library.scope(places).places)
    if not made.places:
        raise UsageError(f"资料库里没有哪个地方写到“{theme}”。请换个说法，或先导入有关材料。")
    cited = [hit.article for cells in made.rows for cell in cells for hit in cell.sentences]
    marked = marking(flag for article in cited for flag in article.flags)
    write_sheets([_read_sheet(made), _coding_sheet(made)], out, marking=marked, title=f"{theme}：各地比较")
    return made


def _read_sheet(made: Matrix) -> Sheet:
    from extract.workbook.blocks import Block, Sheet

    heads = (("地方", 18.0, "text"), *((a.name, 38.0, "text") for a in made.aspects))
    above = (f"{made.theme}：各地比较", "格中是原文句子，方括号里是出处的编号，见“编码”表；没有写到的记“未提及”。")
    return Sheet("矩阵", (Block(heads, _lines(made), above),), frozen=1)  # type: ignore[arg-type]


def _lines(made: Matrix) -> Iterator[Sequence[Cell]]:
    n = 0
    for place, cells in zip(made.places, made.rows, strict=True):
        line: list[Cell] = [place.name]
        for cell in cells:
            said = []
            for hit in cell.sentences:
                n += 1
                said.append(f"{hit.text}[{n}]")
            line.append("\n".join(said) or cell.code)
        yield line


def _coding_sheet(made: Matrix) -> Sheet:
    from extract.workbook.blocks import Block, Sheet

    heads = (
        ("编号", 7.0, "number"), ("地方", 16.0, "text"), ("方面", 12.0, "text"), ("原文", 60.0, "text"),
        ("出处", 40.0, "text"), ("系统编码", 10.0, "text"), (CODERS[0], 10.0, "text"), (CODERS[1], 10.0, "text"),
    )  # fmt: skip
    above = ("编码", "1 有，0 明说没有，未提及 没有写到。两人各填一栏后，用 tongjian agreement 算一致性（κ）。")
    block = Block(heads, _codings(made), above, (CODERS[0], _CODES))  # type: ignore[arg-type]
    return Sheet("编码", (block,), frozen=3)


def _codings(made: Matrix) -> Iterator[Sequence[Cell]]:
    n = 0
    for place, cells in zip(made.places, made.rows, strict=True):
        for aspect, cell in zip(made.aspects, cells, strict=True):
            if not cell.sentences:
                yield (None, place.name, aspect.name, "", "", cell.code, "", "")
            for hit in cell.sentences:
                n += 1
                source = f"{hit.article.name}《{hit.article.title}》"
                yield (n, place.name, aspect.name, hit.text, source, cell.code, "", "")


def agreement(path: Path) -> dict[str, tuple[int, float]]:
    """How many codes both coders gave and their κ, by aspect and over all (全部), from a coding sheet filled in.

    Raises:
        UsageError: it is no workbook, has no such sheet, or the coders filled in nothing.
    """
    from answer.matrix import kappa
    from extract.workbook.edited import reading_workbook

    with reading_workbook(path) as book:
        rows = [r for page in book.worksheets for r in _filled(page.iter_rows(values_only=True))]
    if not rows:
        raise UsageError(f"表格 {path.name!r} 里没有“{CODERS[0]}”和“{CODERS[1]}”都填了的行。请在“编码”表里填写。")
    found: dict[str, tuple[int, float]] = {}
    for name in (*dict.fromkeys(aspect for aspect, _, _ in rows), "全部"):
        pairs = [(a, b) for aspect, a, b in rows if name in (aspect, "全部")]
        value = kappa([a for a, _ in pairs], [b for _, b in pairs])
        assert value is not None
        found[name] = len(pairs), value
    return found


def _filled(lines: Iterator[Sequence[object]]) -> Iterator[tuple[str, str, str]]:
    """Aspect and both codes of each row below the heads that has them."""
    heads: dict[str, int] = {}
    for line in lines:
        cells = ["" if cell is None else str(cell).strip() for cell in line]
        if not heads and set(CODERS) <= set(cells):
            heads = {name: at for at, name in enumerate(cells)}
        elif heads and (a := cells[heads[CODERS[0]]]) and (b := cells[heads[CODERS[1]]]):
            yield cells[heads["方面"]], a, b
