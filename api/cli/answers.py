"""ask and verify: questions and their proof."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import app
from api.cli.out import common, open_library, table, write, write_json
from api.cli.places import PlaceOption, PlacesOption, chosen
from corpus.labels import EVIDENCE, NOT_USED, VERIFIED

if TYPE_CHECKING:
    from corpus.model import Answer


@app.command(help="提问。答案逐句标出处，数由程序计算并与原文比对；资料里没有的会直说。")
def ask(
    question: Annotated[str, typer.Argument(help="问题", metavar="问题")],
    llm: Annotated[str | None, typer.Option(help="none 不用语言模型；或写模型名")] = None,
    place: PlaceOption = None,
    places: PlacesOption = None,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", help="前面问过的问题，可写多次；追问（那某县呢）据此补全", metavar="问题"),
    ] = None,
    aspects: Annotated[
        Path | None, typer.Option(help="自己的编码表（CSV 或 .xlsx，列为方面、定义、例词），逐方面作答")
    ] = None,
) -> None:
    """A cited answer."""
    from api.shapes import answer_json

    with open_library() as library:
        answer = library.ask(
            question, llm=llm, places=chosen(library, place, places), previous=after or (), aspects=aspects
        )
    if common.json:
        write_json(answer_json(answer))
    else:
        show_answer(answer)


def show_answer(answer: Answer) -> None:
    """An answer for people: text, table, sources, caveats."""
    write(answer.text)
    if answer.table is not None and len(answer.table.rows) > 1:
        write()
        table("", answer.table.columns, answer.table.rows)
    if answer.citations:
        write()
        write(f"{EVIDENCE}（{VERIFIED}）：")
    for c in answer.citations:
        page = f"，第 {c.page} 页" if c.page else ""
        write(f"  [{c.n}] {c.title}（{c.name}{page}）：{c.quote}")
    for caveat in answer.caveats:
        write(f"注意：{caveat}")


@app.command(help="把一份答案（JSON 文件，- 为标准输入）逐条与资料库比对，看是否相符。")
def verify(answer: Annotated[str, typer.Argument(help="答案文件", metavar="答案.json")]) -> None:
    """Judge each claim of an answer."""
    raw = _read(answer)
    with open_library() as library:
        verdicts = library.verify(raw)
    if common.json:
        write_json({"claims": [{"n": v.n, "verified": v.verified, "reasons": list(v.reasons)} for v in verdicts]})
        return
    for v in verdicts:
        write(f"{v.n}. " + (VERIFIED if v.verified else f"{NOT_USED}：{'；'.join(v.reasons)}"))


def _read(name: str) -> object:
    from corpus.errors import NotFound, UsageError

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
        return json.loads(text)
    except OSError as exc:
        raise NotFound(f"读不到文件 {name!r}：{exc.strerror}。") from exc
    except ValueError as exc:
        raise UsageError(f"{name!r} 不是 JSON。请用 tongjian ask --json 的输出。") from exc
