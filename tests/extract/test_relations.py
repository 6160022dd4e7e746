from __future__ import annotations

import pytest

from tests.conftest import Extracted

Tie = tuple[int, str, int]


@pytest.mark.parametrize(
    ("body", "ties"),
    [
        ("建成驿站46个，其中24小时开放的18个。", [(1, "part_of", 0)]),
        ("派单412件，办结389件。其中融资类63件，用工类118件。", None),
        ("会同9家单位18名骨干组成专班。", [(1, "pair", 0)]),
        ("举办培训6期420人次。", [(1, "pair", 0)]),
        ("覆盖率由62.5%提升至95%。", [(0, "baseline_of", 1)]),
        ("驿站从最初的3个增加到21个。", [(0, "baseline_of", 1)]),
        ("注册志愿者4.2万人，同比增长12.5%。", [(1, "change_of", 0)]),
        ("选派干部50名。新建站点20个。", []),
    ],
)
def test_ties(extracted: Extracted, body: str, ties: list[Tie] | None) -> None:
    facts = extracted(body)
    number = {f.id: i for i, f in enumerate(facts)}
    found = [(i, r.type, number[r.fact]) for i, f in enumerate(facts) for r in f.relations]
    if ties is None:
        assert all(r[1] != "part_of" or r[2] < r[0] for r in found)
    else:
        assert found == ties


def test_respectively_gives_each_its_own_action(extracted: Extracted) -> None:
    first, second = extracted("将11家、23家两新组织分别纳入整改和观察名单。")
    assert "整改" in first.action
    assert "观察" in second.action
    assert first.object == second.object


def test_a_change_is_no_level_of_its_own_indicator(extracted: Extracted) -> None:
    level, change = extracted("注册志愿者4.2万人，同比增长12.5%。")
    assert level.indicator != change.indicator
    assert change.quantity.unit == "%"


def test_the_same_figure_told_twice_points_at_the_first(extracted: Extracted) -> None:
    first, second = extracted("全县选派党建指导员210名。\n全县选派党建指导员210名，逐家走访。")
    assert (first.duplicate_of, second.duplicate_of) == (None, first.id)
