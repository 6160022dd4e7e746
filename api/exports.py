"""A library's ways out and back: the workbook, the plain exports, corrections, digests."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.lock import storing
from api.stream import FactStream, Outlines
from corpus.corrections import Correction
from corpus.doubts import CONTRADICTED
from corpus.errors import UsageError
from corpus.files import replacing
from corpus.labels import FLAG, LEVEL, STATUS, code_of, marking
from corpus.paging import WantedFacts

if TYPE_CHECKING:
    from answer.digest import Digest
    from api.library import Library
    from api.reading import Places
    from corpus.model import Fact
    from extract.workbook import Content, Difference

EXPORTS = (".xlsx", ".csv", ".parquet", ".jsonl")
DIGESTS = (".docx", ".md")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an export is limited to; None limits nothing. A list of places has its own sheet and rows.

    ``words``, ``level``, ``flag`` and ``year`` limit the figures alone, as ``WantedFacts`` does.
    """

    place: Places = None
    indicator: str | None = None
    status: str | None = None
    theme: str | None = None
    words: tuple[str, ...] = ()
    level: str | None = None
    flag: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A file written, with how many facts and practices it holds."""

    path: Path
    facts: int
    practices: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an edited workbook says otherwise, how much of it was written, and what could not be read."""

    differences: tuple[Difference, ...]
    written: int
    problems: tuple[str, ...]


def export(library: Library, out: Path, chosen: Chosen = Chosen()) -> Exported:
    """Write facts and practices to a file by its ending; the old file stays where it fails.

    Raises:
        UsageError: the ending, the place or the status is unknown, or no practice has the theme.
    """
    from api.shapes import fact_json
    from extract.workbook import write_csv, write_lines, write_parquet, write_xlsx

    ending = out.suffix.lower()
    if ending not in EXPORTS:
        raise UsageError(f"不支持的输出格式 {out.suffix!r}，请用 {'、'.join(EXPORTS)} 之一。")
    content = _content(library, chosen)
    if ending == ".xlsx":
        write_xlsx(content, out)
    elif ending == ".csv":
        write_csv(content, out)
    elif ending == ".parquet":
        write_parquet(content, out)
    else:
        write_lines((fact_json(f) for f in content.facts), out)
    return Exported(out, content.survey.counts.total(), len(content.practices))


def export_verification(library: Library, out: Path, chosen: Chosen = Chosen()) -> list[Exported]:
    """Write a 数据核实表 for each county (or the place itself, where a figure is of no county) into the folder ``out``.

    Raises:
        UsageError: a place or the status is unknown, or there is no figure.
    """
    from extract.workbook import verification, write_sheets

    content = _content(library, chosen)
    places = sorted({fact.place.adcode for fact in content.facts if fact.place is not None})
    if not places:
        raise UsageError("没有符合条件的数据。请放宽筛选条件，或先导入材料。")
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for adcode in places:
        place = library.gazetteer.place(adcode)
        own = _content(library, replace(chosen, place=adcode)).facts
        facts = [fact for fact in own if fact.place is not None and fact.place.adcode == adcode]
        path = out / f"{adcode}{place.name}数据核实表.xlsx"
        marked = marking(flag for f in facts for flag in content.articles[f.article].flags)
        sheet = verification(place, facts, content.articles)
        write_sheets([sheet], path, marking=marked, title=f"{place.name}数据核实表")
        made.append(Exported(path, len(facts), 0))
    return made


def _content(library: Library, chosen: Chosen) -> Content:
    from extract.facts import RULES
    from extract.workbook import Content

    status = code_of(STATUS, chosen.status) if chosen.status else None
    if chosen.status and status is None:
        raise UsageError(f"没有状态 {chosen.status!r}，可用：{'、'.join(STATUS)}。")
    practices = library.practices(chosen.place, chosen.theme)
    if chosen.theme:
        check_theme(library, chosen.theme, bool(practices))
    told = {p.article for p in practices} if chosen.theme else None
    articles = Outlines(
        library.catalogue, {a.id: a for a in library.catalogue.articles({p.article for p in practices})}
    )

    contradicted: Container[str] | None = None
    if chosen.flag == CONTRADICTED:
        wanted = WantedFacts(library.scope(chosen.place), flag=CONTRADICTED)
        contradicted = library.catalogue.doubtful(wanted).keys()
    flag = chosen.flag if contradicted is None else None
    narrower = WantedFacts(words=chosen.words, level=chosen.level, flag=flag, year=chosen.year)

    def read() -> Iterator[Fact]:
        each = library.each_fact(chosen.place, chosen.indicator, status, narrower)
        among = (f for f in each if contradicted is None or f.id in contradicted)
        return (f for f in among if told is None or f.article in told)

    facts = FactStream(read, articles.read)
    listed = () if chosen.place is None or isinstance(chosen.place, str) else library.holdings(chosen.place)
    said = {
        "地方": f"{len(listed)} 个（见“地方覆盖”）" if listed else chosen.place,
        "指标": chosen.indicator,
        "状态": status and STATUS[status],
        "主题": chosen.theme,
        "词": "、".join(chosen.words),
        "层级": LEVEL.get(chosen.level or ""),
        "标记": FLAG.get(chosen.flag or "", chosen.flag),
        "年份": chosen.year,
    }
    return Content(
        facts, practices, articles, library.rules.indicators, {k: str(v) for k, v in said.items() if v}, listed, status,
        f"{datetime.now():%Y-%m-%d %H:%M:%S}", metadata.version("tongjian"), RULES,
    )  # fmt: skip


def check_theme(library: Library, theme: str, found: bool) -> None:
    """Refuse a theme without material.

    Raises:
        UsageError: naming the themes that have some.
    """
    if not found:
        themes = dict.fromkeys(t for p in library.practices() for t in p.themes)
        hint = f"有材料的主题：{'、'.join(themes)}" if themes else "资料库里还没有做法，请先导入材料"
        raise UsageError(f"主题 {theme!r} 没有符合条件的材料。{hint}。")


def digest(library: Library, theme: str, out: Path, places: Places = None) -> Digest:
    """Write a theme's practices of some places, or of all, to .docx or .md.

    Raises:
        UsageError: the ending or a place is unknown, or the theme has no material.
    """
    from answer.digest import compile_digest, markdown

    if out.suffix.lower() not in DIGESTS:
        raise UsageError(f"不支持的输出格式 {out.suffix!r}，请用 {'、'.join(DIGESTS)} 之一。")
    scope = library.scope(places)
    practices = [p for p in library.catalogue.practices(scope) if theme in p.themes]
    articles = {a.id: a for a in library.catalogue.articles({p.article for p in practices})}
    made = compile_digest(theme, practices, articles, date.today().isoformat())
    check_theme(library, theme, bool(made.items))
    if out.suffix.lower() == ".md":
        with replacing(out) as aside:
            aside.write_text(markdown(made), encoding="utf-8", newline="\n")
    else:
        from answer.digest_docx import write_docx

        write_docx(made, out)
    return made


def import_workbook(library: Library, path: Path, *, write: bool = False, author: str = "") -> Imported:
    """Compare an edited workbook with the library; ``write`` makes the differences corrections.

    Raises:
        UsageError: it is no workbook of ours.
    """
    from extract.workbook import Known, differences, read_edited

    edited = read_edited(path)
    facts = {f.id: f for f in library.catalogue.facts(ids={row.cells["编号"] for row in edited.rows})}
    names = library.catalogue.indicator_names()
    names |= {i.id: i.name for i in library.rules.indicators.values()}
    found, problems = differences(edited, Known(facts, names, library.gazetteer))
    known = library.catalogue.corrections(list(facts))
    found = _unchanged_since(edited.made_at, found, known, facts, problems)
    if write and found:
        before = {d.fact: len(known.get(d.fact, ())) for d in found}
        correct(library, [Correction(d.fact, d.field, d.old, d.new) for d in found], author, before)
    return Imported(tuple(found), len(found) if write else 0, tuple(problems))


def _unchanged_since(
    made_at: str | None,
    found: Sequence[Difference],
    known: Mapping[str, Sequence[Correction]],
    facts: Mapping[str, Fact],
    problems: list[str],
) -> list[Difference]:
    """The differences whose facts nobody corrected since the workbook was made; of the others it is told."""
    kept = []
    for difference in found:
        later = [c for c in known.get(difference.fact, ()) if made_at and _local(c.at) > made_at]
        if not later:
            kept.append(difference)
            continue
        surface, last = facts[difference.fact].quantity.surface, later[-1]
        who = last.author or "未署名"
        problems.append(
            f"“{surface}”的{difference.head}没有写入：表格导出后，{who}已在 {_local(last.at)} 改过这条数据。"
        )
    return kept


def _local(at: str) -> str:
    """A correction's time as a workbook writes its own: local, to the second."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return ""


def export_gold(library: Library, out: Path) -> int:
    """Write the corrected facts as a gold that ``tongjian eval facts`` reads; how many there are.

    A row is one file with the facts that a person set right, at source offsets; facts of PDFs and pictures, which have
    boxes instead, are left out, and what a person put aside.

    Raises:
        UsageError: there is no correction.
    """
    from extract.workbook import write_lines

    known = library.catalogue.corrections()
    rows: dict[str, dict[str, Any]] = {}
    for fact in library.catalogue.facts(ids=set(known)):
        source, q, period = fact.source, fact.quantity, fact.period
        if source is None or source.start is None or source.end is None or "not_used" in fact.flags:
            continue
        row = rows.setdefault(fact.name, {"file": fact.name, "set": "corrections", "partial": True, "facts": []})
        row["facts"].append({
            "start": source.start, "end": source.end, "value": format(q.value, "f"),
            "value_high": None if q.value_high is None else format(q.value_high, "f"), "unit": q.unit, "bound": q.bound,
            "object": fact.object, "action": fact.action, "place": fact.place.adcode if fact.place else None,
            "level": fact.subject_level, "status": fact.status, "indicator": fact.indicator,
            "period": f"{period.start or ''}/{period.end or ''}" if period.basis == "stated" else None,
            "corrected": {c.field: [c.author, c.at] for c in known[fact.id]},
        })  # fmt: skip
    if not rows:
        raise UsageError("资料库里还没有可导出的更正。请先更正数据，或导回改过的表格。", command="tongjian import")
    write_lines(rows.values(), out)
    return sum(len(row["facts"]) for row in rows.values())


def correct(
    library: Library, corrections: Sequence[Correction], author: str = "", before: Mapping[str, int] | None = None
) -> None:
    """Write corrections, all or none, signed and dated where they are not yet.

    One transaction of the database; the library's lock, which an import may hold for hours, is not needed for it.
    ``before``: how many corrections each fact had when they were made.

    Raises:
        Conflict: a fact has others by now; nothing is written.
    """
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    signed = [Correction(c.fact, c.field, c.old, c.new, c.author or author, c.at or now) for c in corrections]
    with storing():
        library.catalogue.correct(signed, before)
