"""What a model is sent, and when it is not asked. What it says is judged in ``test_llm.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from answer.ask import ask
from answer.draft import NOT_USED, WITHHELD
from answer.llm import DraftedClaim, Evidence, Refused
from api.library import Library
from api.wiring import sources
from tests.conftest import library_of

TEXTS = {
    "昆山.txt": "内部资料\n\n江苏昆山：选派指导员建强两新组织\n\n昆山市选派党建指导员138名，联系两新组织260家。\n",
    "平遥.txt": "山西平遥：指导员进企业\n\n平遥县选派党建指导员50余名，指导员每月走访企业。\n",
}
ASKED = "昆山市、平遥县各选派了多少名党建指导员？"


class Recorder:
    """A model that says nothing and remembers what it was sent."""

    def __init__(self, local: bool) -> None:
        self.local = local
        self.sent: list[Evidence] = []
        self.asked = 0

    def draft(self, question: str, evidence: Sequence[Evidence], refused: Sequence[Refused] = ()) -> list[DraftedClaim]:
        self.sent += evidence
        self.asked += 1
        return []


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("draft"), TEXTS) as made:
        assert any("internal" in a.flags for a in made.articles("昆山市"))
        yield made


@pytest.mark.parametrize("local", [True, False])
def test_internal_material_never_leaves_the_machine(library: Library, local: bool) -> None:
    model = Recorder(local)
    answer = ask(ASKED, sources(library), model)
    assert any("138名" in e.text for e in model.sent) == local
    assert any("50余名" in e.text for e in model.sent)
    assert not any("昆山" in e.text + e.title + e.place for e in model.sent) or local
    assert (WITHHELD in answer.caveats) == (not local)
    assert "138名" in answer.text and NOT_USED in answer.caveats


@pytest.mark.parametrize("question", ["平遥县选派了80名党建指导员，是不是？", "三亚市选派了多少名党建指导员？"])
def test_no_model_is_asked_about_a_false_premise_or_for_a_refusal(library: Library, question: str) -> None:
    model = Recorder(local=True)
    answer = ask(question, sources(library), model)
    assert model.asked == 0 and answer.mode == "extractive" and NOT_USED not in answer.caveats
