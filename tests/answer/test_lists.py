"""Lists of places and years, everyday words, changes and wrong places, asked of a small library made for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from answer.verify import verify_claims
from api.library import Library
from api.wiring import sources
from evals.answers import numbers
from tests.conftest import library_of

TEXTS = {
    "通报.txt": "衢州市2026年上半年“一站通”改革情况通报\n衢州市人民政府办公室\n2026年7月20日\n"
    "一、总体情况。全市上线“一站通”62项，共办件9.1万件。\n"
    "二、各县（市、区）办件情况。柯城区21000件，常山县13000件，开化县8200件，龙游县9400件。\n"
    "三、老旧小区改造。全市计划改造120个，截至6月底完工60个。完工数按县（市、区）分：柯城区20个，常山县15个，龙游县11个。\n",
    "镇街.txt": "常山县户外劳动者驿站运行情况\n常山县委社会工作部\n2026年8月1日\n"
    "常山县把驿站嵌进党群服务中心，不另建新房。\n各镇街情况分列如下（驿站数、上半年服务人次）：\n"
    "天马街道：12个，3.4万人次\n球川镇：5个，0.9万人次\n辉埠镇：3个，0.6万人次\n",
    "援助.txt": "开化县法律援助工作回望\n开化县司法局\n2026年2月3日\n翻开台账，几年间的变化清清楚楚。\n"
    "法律援助方面，2023年办理412件，2024年455件，2025年503件。\n",
    "救护.txt": "龙游县的义务救护队\n龙游县融媒体中心\n2026年5月3日\n"
    "衢江边有一支不收费的民间队伍，队员是渔民和退伍军人。十年来，该队参与水上救援210次，挽救52人生命。\n",
    "二甲.txt": "南通市通州区二甲镇关爱困境儿童\n南通市通州区妇联\n2026年6月1日\n"
    "南通市通州区二甲镇妇联上半年为困境儿童开展健康检查4次。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("列"), TEXTS) as made:
        yield made


def test_county_figures_of_a_prefectures_report_are_ranked(library: Library) -> None:
    answer = library.ask("请将衢州市各县（市、区）“一站通”办件量由多到少排列。", llm="none")
    ranked = [c.place for c in answer.claims if c.derivation is None]
    assert ranked == ["330802", "330822", "330825", "330824"]
    assert all(c.verified for c in answer.claims)
    heads = {c.quote for c in answer.citations}
    assert "二、各县（市、区）办件情况。" in heads


def test_a_list_counts_what_stands_in_its_head(library: Library) -> None:
    facts = {(f.subject, f.object, f.action) for f in library.facts("常山县") if f.name == "通报.txt"}
    assert {("常山县", "办件", ""), ("常山县", "老旧小区", "完工")} <= facts
    columns = {(f.subject, f.object): str(f.quantity.value) for f in library.facts("常山县") if f.name == "镇街.txt"}
    assert columns["天马街道", "驿站"] == "12" and columns["球川镇", "人次"] == "9000"


def test_figures_of_streets_are_listed_in_order_and_summed(library: Library) -> None:
    answer = library.ask("常山哪几个镇街有驿站，各有几个？", llm="none")
    assert {"12", "5", "3"} <= numbers(answer)
    assert answer.text.index("天马街道") < answer.text.index("球川镇") < answer.text.index("辉埠镇")
    total = library.ask("常山三个镇街的驿站一共多少个？", llm="none")
    assert "合计20个（12 + 5 + 3）" in total.text


def test_a_series_tells_every_year_and_the_direction(library: Library) -> None:
    answer = library.ask("开化县2023年至2025年法律援助办件量变化如何？", llm="none")
    assert {"412", "455", "503", "91"} <= numbers(answer) and "增加91件" in answer.text
    change = next(c for c in answer.claims if c.derivation is not None)
    altered = replace(change, text=change.text.replace("增加", "减少"))
    assert change.derivation is not None
    turned = replace(change, derivation=replace(change.derivation, inputs=change.derivation.inputs[::-1]))
    verdicts = verify_claims([change, altered, turned], answer.citations, sources(library))
    assert [v.verified for v in verdicts] == [True, False, False]


def test_periods_are_told_only_as_cited(library: Library) -> None:
    ranked = library.ask("请将衢州市各县（市、区）“一站通”办件量由多到少排列。", llm="none")
    claim = ranked.claims[0]
    titled = replace(claim, text="上半年" + claim.text)
    verdicts = verify_claims([claim, titled], ranked.citations, sources(library))
    assert [v.verified for v in verdicts] == [True, False]
    series = library.ask("开化县2023年至2025年法律援助办件量变化如何？", llm="none")
    first = next(c for c in series.claims if "412" in c.text)
    other = replace(first, text=first.text.replace("2023年", "2024年"))
    verdicts = verify_claims([first, other], series.citations, sources(library))
    assert [v.verified for v in verdicts] == [True, False]


def test_everyday_words_find_the_sentence_and_what_is_absent_stays_absent(library: Library) -> None:
    answer = library.ask("龙游下河捞人不要钱的那支队伍，十年里救活了几条命？", llm="none")
    assert not answer.refused and "52" in numbers(answer)
    assert library.ask("龙游选派了多少名党建指导员？", llm="none").refused
    assert library.ask("龙游的驿站有几个？", llm="none").refused


def test_a_street_asked_of_the_wrong_place_of_the_same_name(library: Library) -> None:
    answer = library.ask("北京通州二甲镇给困境儿童做了几次健康检查？", llm="none")
    assert not answer.refused and answer.text.startswith("资料中未见北京市通州区有“二甲镇”，它在南通市通州区")
    assert "4" in numbers(answer) and "问题里的地方与资料不符，已按资料更正。" in answer.caveats
    assert library.ask("北京朝阳区二甲镇给困境儿童做了几次健康检查？", llm="none").refused
