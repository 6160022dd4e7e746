"""articles, show, facts, practices, search: reading a library."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.app import app
from api.cli.out import common, note, open_library, table, write, write_json, write_rows
from api.cli.places import PlaceOption, PlacesOption, chosen
from corpus.labels import KIND, LINK, PRACTICE, STATUS
from corpus.retold import retold


@app.command(help="资料库里的文章。")
def articles(
    body: Annotated[bool, typer.Option("--body", help="连同正文")] = False,
    place: PlaceOption = None,
    places: PlacesOption = None,
) -> None:
    """The articles of the library."""
    from api.shapes import article_json

    with open_library() as library:
        found = library.articles(chosen(library, place, places))
    if common.json:
        write_rows(article_json(a, body=body) for a in found)
        return
    rows = [
        [a.id, a.place.name if a.place else "", a.column, KIND[a.kind], a.title, a.published_on, len(a.body)]
        for a in found
    ]
    table("", ["编号", "地方", "栏目", "类型", "标题", "日期", "字数"], rows)


@app.command(help="一篇文章及其正文。")
def show(article: Annotated[str, typer.Argument(help="文章编号", metavar="编号")]) -> None:
    """One article."""
    from api.shapes import article_json

    with open_library() as library:
        found = library.article(article)
    if common.json:
        write_json(article_json(found, body=True))
        return
    write(found.title)
    place = found.place.name if found.place else None
    write("　".join(filter(None, [found.column, place, found.source_line, found.published_on])))
    write()
    write(found.body)


@app.command(help="哪些文章重复、雷同，或是同一稿件的不同版本。")
def links() -> None:
    """Copies, look-alikes and versions."""
    from api.shapes import link_json

    with open_library() as library:
        found = library.links()
        titles = {key: a.title for key, a in library.catalogue.outlines().items()}
    if common.json:
        write_rows(link_json(link) for link in found)
        return
    rows = [
        [
            LINK[k.kind],
            k.article,
            titles[k.article],
            k.other,
            titles[k.other],
            f"{k.share:.0%}",
            len(k.differences) or "",
        ]
        for k in found
    ]
    table("", ["关系", "编号", "标题", "编号", "标题", "相同", "不同处"], rows)


@app.command(help="从文章中提取的数据。")
def facts(
    place: PlaceOption = None,
    places: PlacesOption = None,
    indicator: Annotated[str | None, typer.Option(help="指标的编号或名称")] = None,
    status: Annotated[str | None, typer.Option(help="done、ongoing、planned、capacity 或 background")] = None,
) -> None:
    """Facts of the library."""
    from api.shapes import fact_json

    with open_library() as library:
        found = library.facts(chosen(library, place, places), indicator, status)
    if common.json:
        write_rows(fact_json(f) for f in found)
        return
    rows = [
        [f.subject, f.indicator_name, f.quantity.surface, f.object, f.period.text, STATUS[f.status], f.sentence_text]
        for f in found
    ]
    table("", ["主体", "指标", "数据", "对象", "时间", "状态", "原句"], rows)


@app.command(help="从文章中提取的做法。")
def practices(
    place: PlaceOption = None,
    places: PlacesOption = None,
    theme: Annotated[str | None, typer.Option(help="主题，如 基层治理")] = None,
) -> None:
    """Practices of the library."""
    from api.shapes import practice_json

    with open_library() as library:
        found = library.practices(chosen(library, place, places), theme)
        bodies = {a.id: a for a in library.catalogue.articles({p.article for p in found})}
    again = retold(found)
    if common.json:
        write_rows(practice_json(p, bodies[p.article], again.get(p.id, ())) for p in found)
        return
    names = {p.id: p.name for p in found}
    places_of = {p.id: p.place for p in found}
    rows: list[list[str]] = []
    told: set[str] = set()
    for p in found:
        if p.id not in told:
            same = [other for other in again.get(p.id, ()) if places_of[other] == p.place]
            files = dict.fromkeys([p.name, *(names[other] for other in same)])
            place = p.place.name if p.place else ""
            rows.append([place, p.practice, PRACTICE[p.kind], "、".join(p.themes), "、".join(files)])
            told |= {p.id, *same}
    table("", ["地方", "做法", "类型", "主题", "文件"], rows)


@app.command(help="按词和意思检索段落。")
def search(
    query: Annotated[str, typer.Argument(help="要找的内容", metavar="内容")],
    k: Annotated[int, typer.Option("-k", help="给几段", min=1)] = 10,
    place: PlaceOption = None,
    places: PlacesOption = None,
    since: Annotated[str | None, typer.Option("--from", help="起始日期")] = None,
    until: Annotated[str | None, typer.Option("--to", help="截止日期")] = None,
    mode: Annotated[str, typer.Option(help="hybrid、dense 或 lexical")] = "hybrid",
) -> None:
    """Passages that speak to a query."""
    import time

    from api.shapes import hit_json
    from corpus.errors import UsageError

    if mode not in ("hybrid", "dense", "lexical"):
        raise UsageError(f"--mode 只能是 hybrid、dense 或 lexical，不能是 {mode!r}。")
    with open_library() as library:
        within = chosen(library, place, places)
        started = time.perf_counter()
        hits = library.search(query, k, place=within, since=since, until=until, mode=mode)  # type: ignore[arg-type]
        spent = (time.perf_counter() - started) * 1000
        outlines = library.catalogue.outlines({h.passage.article for h in hits})
        lexical_only = bool(hits) and library.searcher.lexical_only
        unindexed = sum(state == "stored" for state in library.catalogue.states().values())
    if unindexed:
        note(f"有 {unindexed} 个文件还没有建索引，检索不到。请运行 tongjian rebuild。")
    rows = [hit_json(hit, outlines[hit.passage.article]) for hit in hits]
    if common.json:
        write_json({"hits": rows, "ms": round(spent, 1), "lexical_only": lexical_only})
        return
    if lexical_only and mode != "lexical":
        write("（没有向量模型，只按词检索；见 tongjian doctor）")
    for row in rows:
        write(f"{row['rank']}. {row['title']}（{row['name']}）\n   {row['text']}")
