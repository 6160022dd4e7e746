"""Documents → articles, facts, practices: unchanged, or changed on purpose (``python -m tests.golden.update``)."""

from __future__ import annotations

import json

import pytest

from tests.golden.update import DOCUMENTS, golden, made


@pytest.mark.parametrize("name", DOCUMENTS)
def test_golden(name: str) -> None:
    wanted = json.loads(golden(name).read_text("utf8"))
    found = json.loads(json.dumps(made(name), ensure_ascii=False))
    assert [a["title"] for a in found["articles"]] == [a["title"] for a in wanted["articles"]]
    for got, kept in zip(found["articles"], wanted["articles"], strict=True):
        for part in kept:
            assert got[part] == kept[part], f"{kept['title']}: {part}"
