"""``tongjian eval …``: the project's own measures."""

from __future__ import annotations

import typer

app = typer.Typer(help="评测：检索、数据、答案。", no_args_is_help=True, rich_markup_mode=None)


@app.command(help="检索评测：DIR 内有 corpus.jsonl、queries.jsonl、qrels.tsv。")
def retrieval() -> None:
    """Retrieval."""
