from __future__ import annotations

import pytest

from corpus.errors import ModelError
from corpus.model import Passage, Span
from retrieval.encoder.e5 import E5Encoder, load_e5

TEXTS = {
    "p1": ("青溪县选派党建指导员", "截至6月底，青溪县向42家两新组织选派党建指导员57名，指导建立党支部。"),
    "p2": ("白石区办好暖心驿站", "白石区在商圈、园区设立暖心驿站，为外卖骑手提供饮水、充电和歇脚的地方。"),
    "p3": ("云岭镇调解矛盾纠纷", "云岭镇组织老党员、乡贤参与矛盾纠纷调解，上半年化解邻里争议130余件。"),
    "p4": ("长桥街道老年助餐", "长桥街道建成社区食堂8个，六十岁以上老人就餐每份优惠3元。"),
}


@pytest.fixture
def passages() -> list[Passage]:
    return [Passage(id_, f"a-{id_}", title, text, Span(0, len(text))) for id_, (title, text) in TEXTS.items()]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> E5Encoder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGJIAN_CACHE", str(tmp_path_factory.mktemp("cache")))
        try:
            return load_e5()
        except ModelError as exc:
            pytest.skip(f"the encoder's weights are not here: {exc}")
