"""The layouts: which tool sets what how; which are for tuning and which are held out."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Literal

from evals.layouts.county.writing import Plan, write_county_bulletin
from evals.layouts.model import Bulletin, Item
from evals.layouts.writing import Content, write_bulletin

Tool = Literal["chromium", "office", "reportlab", "typst"]
Split = Literal["tuned", "first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
"""``tuned``: rules were made on them; ``first`` to ``seventh``: held out, read once for the report, then fair game."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is fixed of a layout; sizes, fonts and margins come from the seed.

    With a ``plan`` its pages have a design of their own (``county``), which heeds none of the switches but ``columns``;
    with ``pages``, the name of a package here, a layout is one of its own and heeds none.
    """

    name: str
    tool: Tool
    content: Content
    columns: int = 1
    spanning: bool = False
    red: bool = False
    contents: bool = False
    side_head: bool = False
    alternate: bool = False
    page_number: str = "— {n} —"
    inside: bool = False
    drop_cap: bool = False
    flat: bool = False
    indent: bool = True
    ragged: bool = False
    colophon: bool = False
    jumps: bool = False
    shuffled: bool = False
    rail: bool = False
    split: Split = "tuned"
    plan: Plan | None = None
    pages: Literal["", "plain", "mixed", "sixth", "seventh"] = ""


@dataclass(frozen=True, slots=True)
class Style:
    """What a seed decides: type size, line pitch, title and heading sizes over it, margins, gutter (points).

    ``ornament`` is how column names are set off; ``light`` sets titles in the face of the text; ``inline`` puts source
    lines in brackets at the end of the last paragraph.
    """

    size: float
    pitch: float
    title: float
    column: float
    margin: float
    gutter: float
    spacing: float
    serif: bool
    kai_notes: bool
    centred: bool
    caption: float
    ornament: str
    light: bool
    inline: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A typeset bulletin and its truth."""

    layout: str
    seed: int
    pdf: bytes
    truth: Bulletin


_NONE = Content()
_ALL = Content(notes=True, tables=True)
LAYOUTS: tuple[Layout, ...] = (
    Layout("chromium_red", "chromium", Content(), red=True, colophon=True),
    Layout("chromium_two", "chromium", Content(items=5), columns=2, inside=True, alternate=True, page_number="· {n} ·"),
    Layout("chromium_rail", "chromium", Content(columns=False), drop_cap=True, side_head=True, rail=True,
           page_number="{n}"),
    Layout("chromium_three", "chromium", Content(items=5, boxes=True), columns=3, spanning=True, inside=True,
           page_number="第{n}页 共{N}页", split="first"),
    Layout("office_official", "office", Content(items=3, tables=True), red=True, colophon=True, alternate=True),
    Layout("office_notes", "office", _ALL, contents=True, alternate=True, page_number="{n} / {N}"),
    Layout("office_flat", "office", Content(items=5), columns=2, flat=True, drop_cap=True, page_number="第{n}页"),
    Layout("office_sections", "office", Content(items=4, tables=True), columns=2, spanning=True, contents=True,
           red=True, alternate=True, colophon=True, split="first"),
    Layout("reportlab_news", "reportlab", Content(items=6), columns=3, jumps=True, page_number="第{n}版"),
    Layout("reportlab_shuffled", "reportlab", Content(items=4, boxes=True), columns=2, spanning=True, inside=True,
           shuffled=True),
    Layout("reportlab_plain", "reportlab", Content(items=6), columns=2, jumps=True, flat=True, indent=False,
           ragged=True, alternate=True, page_number="{n}", split="first"),
    Layout("typst_journal", "typst", _ALL, columns=2, spanning=True, contents=True, alternate=True),
    Layout("typst_ragged", "typst", Content(items=5), columns=2, flat=True, indent=False, ragged=True,
           page_number="· {n} ·"),
    Layout("typst_booklet", "typst", Content(notes=True, tables=True, columns=False), contents=True, side_head=True,
           flat=True, page_number="{n}", colophon=True, split="first"),
    Layout("typst_three", "typst", Content(items=6, boxes=True), columns=3, inside=True, red=True,
           page_number="第{n}页 共{N}页", split="first"),
    Layout("chromium_spanning", "chromium", Content(items=4, boxes=True), columns=2, spanning=True, alternate=True,
           colophon=True),
    Layout("typst_columns", "typst", Content(items=6, notes=True), columns=3, alternate=True, page_number="{n}"),
    Layout("reportlab_flush", "reportlab", Content(items=5), columns=3, indent=False, inside=True, ragged=True),
    Layout("office_columns", "office", Content(items=5, boxes=True), columns=3, red=True, colophon=True, ragged=True),
    Layout("chromium_plain", "chromium", Content(items=5), columns=3, flat=True, alternate=True, inside=True,
           colophon=True, page_number="{n} / {N}", split="second"),
    Layout("chromium_flush", "chromium", Content(items=4, boxes=True), indent=False, red=True, ragged=True,
           page_number="第{n}页", split="second"),
    Layout("office_spread", "office", Content(items=4), columns=3, spanning=True, drop_cap=True, alternate=True,
           page_number="— {n} —", split="second"),
    Layout("office_book", "office", Content(items=4, notes=True, tables=True), flat=True, contents=True, red=True,
           colophon=True, split="second"),
    Layout("reportlab_wide", "reportlab", Content(items=5, boxes=True), shuffled=True, alternate=True, jumps=True,
           page_number="· {n} ·", split="second"),
    Layout("reportlab_dense", "reportlab", Content(items=7), columns=3, flat=True, inside=True,
           page_number="第{n}页", split="second"),
    Layout("typst_gazette", "typst", Content(items=5, boxes=True), columns=2, contents=True, side_head=True,
           inside=True, indent=False, red=True, page_number="{n}", split="second"),
    Layout("chromium_tabloid", "chromium", _NONE, columns=3, split="third",
           plan=Plan(2, 3, 4, "tail", kickers=True, pulls=True, boxes=True)),
    Layout("chromium_circular", "chromium", _NONE, split="third",
           plan=Plan(2, 2, 3, "dated", heads=("run-in", "deep"), kickers=True, tables=True, boxes=True)),
    Layout("office_newsletter", "office", _NONE, split="third",
           plan=Plan(2, 2, 2, "tail", heads=("deep", "numbered"), kickers=True, tables=True, long=True)),
    Layout("office_mixed", "office", _NONE, split="third",
           plan=Plan(2, 1, 6, "bylined", heads=("bold", "run-in"), pulls=True, numbered=True)),
    Layout("reportlab_folded", "reportlab", _NONE, columns=2, split="third",
           plan=Plan(2, 3, 5, "bylined", heads=("numbered", "bold"), kickers=True, boxes=True)),
    Layout("reportlab_pocket", "reportlab", _NONE, columns=2, split="third",
           plan=Plan(1, 4, 6, "dated", heads=("run-in", "numbered"))),
    Layout("typst_reference", "typst", _NONE, split="third",
           plan=Plan(2, 2, 4, "tail", heads=("deep", "numbered"), kickers=True, tables=True, pulls=True, long=True)),
    Layout("typst_tabs", "typst", _NONE, split="third",
           plan=Plan(2, 3, 5, "bylined", heads=("bold", "run-in"), kickers=True, boxes=True)),
    Layout("office_brief", "office", _NONE, split="fourth", pages="plain"),
    Layout("office_compilation", "office", _NONE, split="fourth", pages="plain"),
    Layout("office_digest", "office", _NONE, split="fourth", pages="plain"),
    Layout("office_report", "office", _NONE, split="fourth", pages="plain"),
    Layout("office_notice", "office", _NONE, split="fourth", pages="plain"),
    Layout("chromium_account", "chromium", _NONE, split="fourth", pages="plain"),
    Layout("chromium_weekly", "chromium", _NONE, columns=3, split="fourth", pages="plain"),
    Layout("reportlab_updates", "reportlab", _NONE, split="fourth", pages="plain"),
    Layout("office_special", "office", _NONE, split="fifth", pages="mixed"),
    Layout("office_roundup", "office", _NONE, split="fifth", pages="mixed"),
    Layout("chromium_twin", "chromium", _NONE, columns=2, split="fifth", pages="mixed"),
    Layout("typst_cases", "typst", _NONE, split="fifth", pages="mixed"),
    Layout("office_circular", "office", _NONE, split="fifth", pages="mixed"),
    Layout("office_speeches", "office", _NONE, split="fifth", pages="mixed"),
    Layout("office_digest_box", "office", _NONE, split="sixth", pages="sixth"),
    Layout("chromium_profiles", "chromium", _NONE, split="sixth", pages="sixth"),
    Layout("typst_projects", "typst", _NONE, split="sixth", pages="sixth"),
    Layout("reportlab_letters", "reportlab", _NONE, columns=2, split="sixth", pages="sixth"),
    Layout("office_redhead", "office", _NONE, split="seventh", pages="seventh"),
    Layout("office_samesize", "office", _NONE, split="seventh", pages="seventh"),
    Layout("office_counted", "office", _NONE, split="seventh", pages="seventh"),
    Layout("typst_quarterly", "typst", _NONE, split="seventh", pages="seventh"),
    Layout("typst_framed", "typst", _NONE, split="seventh", pages="seventh"),
    Layout("typst_places", "typst", _NONE, columns=2, split="seventh", pages="seventh"),
    Layout("chromium_bars", "chromium", _NONE, split="seventh", pages="seventh"),
    Layout("chromium_front", "chromium", _NONE, columns=3, split="seventh", pages="seventh"),
    Layout("reportlab_continued", "reportlab", _NONE, columns=3, split="seventh", pages="seventh"),
    Layout("reportlab_booklet", "reportlab", _NONE, columns=2, split="seventh", pages="seventh"),
)  # fmt: skip


def make(layout: Layout, seed: int, *, number: int | None = None) -> Sample:
    """The bulletin of a seed set in a layout; the text is another one for every layout and seed.

    ``number`` is that of the layout, where it is a variant of one.
    """
    from evals.layouts import chromium, office, reportlab, typesetting

    setters = {
        "chromium": chromium.render,
        "office": office.render,
        "reportlab": reportlab.render,
        "typst": typesetting.render,
    }
    number = (LAYOUTS.index(layout) if number is None else number) * 1000 + seed
    if layout.pages:
        make_issue = import_module(f"evals.layouts.{layout.pages}.issues").make_issue
        truth, pdf = make_issue(layout.name, number)
        return Sample(layout.name, seed, pdf, truth)
    if layout.plan is not None:
        return _county(layout, layout.plan, number, seed)
    bulletin = write_bulletin(number, layout.content)
    bulletin = replace(bulletin, furniture=_furniture(bulletin, layout))
    style = style_of(number, layout)
    return Sample(layout.name, seed, setters[layout.tool](_as_set(bulletin, style), layout, style), bulletin)


def _county(layout: Layout, plan: Plan, number: int, seed: int) -> Sample:
    from evals.layouts.county import chromium, office, reportlab, typesetting

    setters = {
        "chromium": chromium.render,
        "office": office.render,
        "reportlab": reportlab.render,
        "typst": typesetting.render,
    }
    bulletin = write_county_bulletin(number, plan)
    return Sample(layout.name, seed, setters[layout.tool](bulletin, layout, style_of(number, layout)), bulletin)


def style_of(seed: int, layout: Layout) -> Style:
    """The style of a seed: narrow columns have smaller type."""
    rng = random.Random(f"style {seed}")
    size = rng.uniform(12, 16) if layout.columns == 1 else rng.uniform(9.5, 11.5)
    return Style(
        size=round(size, 1),
        pitch=round(rng.uniform(1.5, 1.9), 2),
        title=1.0 if layout.flat else round(rng.uniform(1.25, 1.7), 2),
        column=round(rng.uniform(1.0, 1.5), 2),
        margin=round(rng.uniform(46, 78), 1),
        gutter=round(size * rng.uniform(1.6, 2.6), 1),
        spacing=round(rng.choice([0, 0, 0.02, 0.06]), 2),
        serif=rng.random() < 0.7,
        kai_notes=rng.random() < 0.5,
        centred=rng.random() < 0.6,
        caption=round(rng.uniform(0.8, 0.92), 2),
        ornament=rng.choice(["{}", "{}", "【{}】", "◆{}", "■ {}", "※{}※", "｜{}｜"]),
        light=not layout.flat and rng.random() < 0.25,
        inline=rng.random() < 0.25,
    )


def _as_set(bulletin: Bulletin, style: Style) -> Bulletin:
    """The bulletin with what the style changes of its text: ornaments of column names, where source lines stand."""
    return replace(bulletin, items=tuple(_item_as_set(item, style) for item in bulletin.items))


def _item_as_set(item: Item, style: Style) -> Item:
    column = style.ornament.format(item.column) if item.column else None
    last = item.parts[-1]
    bracketed = item.source_as_set is not None and item.source_as_set.startswith("（")
    if not style.inline or not bracketed or last.kind != "text":
        return replace(item, column=column)
    parts = (*item.parts[:-1], replace(last, text=f"{last.text}{item.source_as_set}"))
    return replace(item, column=column, parts=parts, source_as_set=None)


def _furniture(bulletin: Bulletin, layout: Layout) -> tuple[str, ...]:
    """Strings of the pages that belong to no article's body."""
    captions = tuple(f.caption for item in bulletin.items for f in item.figures)
    found = [running_head(bulletin, 1), bulletin.issue, *captions]
    if layout.colophon:
        found += bulletin.colophon
    if layout.jumps:
        found += ["下转第", "（上接第"]
    return tuple(found)


def running_head(bulletin: Bulletin, page: int) -> str:
    """The head of odd pages is the bulletin's name, of even pages its issue too."""
    return bulletin.name + "·虚构样例" if page % 2 else f"{bulletin.name}·{bulletin.issue}"
