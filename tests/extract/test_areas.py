"""Parts of a text on a larger place that tell of a place within it, and whose the figures in them are."""

from __future__ import annotations

import pytest

from extract.areas import areas
from extract.facts import Rules
from tests.conftest import Extracted, an_article

DEQING, ANJI, CHANGXING, HUZHOU = "330521", "330523", "330522", "330500"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        # a line that is but a name, up to the next; a paragraph on two places tells of neither
        ("德清县\n建站3个。\n安吉县\n建站5个。", [DEQING, ANJI]),
        ("德清县在湖州市率先建站3个，惠及小哥410名。\n安吉县随后跟进，建站5个。", [DEQING, ANJI]),
        ("德清县和安吉县各建站3个，长兴县还没有动工。\n全市共建站6个，服务小哥410名。", [None, None]),
        # a name in brackets before a title, up to the next in such brackets; or before its own text
        ("【德清】小哥有了歇脚点\n建站3个。\n【一线声音】小哥们都说好，站里的灯一直亮到深夜。", [DEQING, None]),
        ("〔安吉县〕推行“帮办席”，上半年帮跑862件。\n〔长兴县〕由红马甲代跑540件，办结521件。", [ANJI, CHANGXING]),
        # behind a time or an ornament
        ("今年以来，德清县建站3个，服务小哥410名。\n▲安吉县：建站5个，服务小哥220名。", [DEQING, ANJI]),
        # a row of figures is no heading
        ("德清县 300 180\n安吉县 200 130", [None, None]),
    ],
)
def test_whose_each_line_is(rules: Rules, body: str, told: list[str | None]) -> None:
    article = an_article(rules, body, place=HUZHOU)
    parts = areas(article, rules.gazetteer.find(body), rules.gazetteer)
    lines = [line for line in body.split("\n") if line not in ("德清县", "安吉县")]
    lines = [line for line in lines if not line.startswith("【德清】")]
    assert [parts.at(body.index(line)) for line in lines] == told


def test_an_article_on_one_county_has_none(rules: Rules) -> None:
    body = "安吉县：来德清县学习的干部参观了3个站点。"
    article = an_article(rules, body, place=DEQING)
    assert areas(article, rules.gazetteer.find(body), rules.gazetteer).at(0) is None


def test_figures_below_the_name_of_a_county_are_its(extracted: Extracted) -> None:
    body = "一、德清县\n残联：适配器具1320件。\n县委社工部选派指导员64名。\n二、安吉县\n残联：适配器具986件。"
    found = [(str(f.quantity.value), f.place.name if f.place else None) for f in extracted(body, place=HUZHOU)]
    assert found == [("1320", "德清县"), ("64", "德清县"), ("986", "安吉县")]


def test_behind_a_list_of_counties_the_text_speaks_of_the_whole_again(extracted: Extracted) -> None:
    body = "全市有火点61个，其中德清县17个、安吉县15个。交办件已核查完毕，处罚当事人38人次。"
    assert [f.place.name for f in extracted(body, place=HUZHOU) if f.place] == ["湖州市", "德清县", "安吉县", "湖州市"]


def test_a_scope_is_that_of_the_place_named_before_it(extracted: Extracted) -> None:
    body = "德清县已超过八成，长兴县不足五成。安吉县反映，全县能上门的只有4人，排队平均要19天。"
    found = extracted(body, place=HUZHOU)[-2:]
    assert [f.place.name for f in found if f.place] == ["安吉县", "安吉县"]
