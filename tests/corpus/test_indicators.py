from __future__ import annotations

from pathlib import Path

import pytest

from corpus.indicators import Indicator, indicators
from extract.measures import units

HEAD = "id,zh,family,stat_type,units,norm_unit,object_lexicon,verb_lexicon,trigger_description,aggregation"


def test_ids_are_dotted_and_names_are_unique() -> None:
    known = indicators()
    assert len(known) >= 150
    assert all(i == each.id and "." in i for i, each in known.items())
    assert len({each.name for each in known.values()}) == len(known)


@pytest.mark.parametrize("indicator", indicators().values(), ids=lambda i: i.id)
def test_each_can_be_recognised(indicator: Indicator) -> None:
    """An indicator without object words or with an unknown unit could never be found."""
    assert indicator.objects
    assert indicator.units
    assert all(unit in units() for unit in indicator.units)
    assert indicator.stat_type


def test_shares_are_never_added() -> None:
    assert not [i.id for i in indicators().values() if i.stat_type == "ratio" and i.additive]


def test_a_library_adds_and_replaces(tmp_path: Path) -> None:
    assert indicators(tmp_path) == indicators()
    rows = [
        'lamp.installed,路灯安装数,works,flow,"盏",盏,"路灯","安装",,sum',
        'party.instructor.dispatched,指导员数,party,flow,"名",名,"指导员","选派",,sum',
    ]
    (tmp_path / "indicators.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8-sig")
    known = indicators(tmp_path)
    assert known["lamp.installed"].objects == ("路灯",)
    assert known["party.instructor.dispatched"].name == "指导员数"
    assert len(known) == len(indicators()) + 1
