"""``docs/notebook.ipynb`` runs from the first cell to the last.

Its code cells are executed one after another in one namespace: what a kernel would do, without installing one.
"""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

from tests.conftest import ROOT


def test_the_notebook_runs_and_shows_what_it_says() -> None:
    notebook = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))
    assert (notebook["nbformat"], len({c["id"] for c in notebook["cells"]})) == (4, len(notebook["cells"]))
    names: dict[str, Any] = {"__name__": "__main__"}
    printed: list[str] = []
    for cell in (c for c in notebook["cells"] if c["cell_type"] == "code"):
        assert cell["outputs"] == [], "outputs are made by who runs it"
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
        printed.append(out.getvalue())
    ingested, asked, facts, table, verified = printed
    assert ingested.startswith("18 个文件") and "[1]" in asked and "名" in facts
    assert table.splitlines()[0].startswith("地方 | 党建指导员选派数（名） | ")
    right, wrong = verified.splitlines()
    assert set(json.loads(right.lower())) == {True} and "(" in wrong
