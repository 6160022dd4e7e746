"""Which place an article is about."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.places import Gazetteer
from ingest.locate import Located, locate_article

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def locate(
    gazetteer: Gazetteer, title: str = "", body: str = "", source: str | None = None, issuer: str | None = None
) -> Located:
    lead = body.split("\n")[0]
    return locate_article(gazetteer, title=title, lead=lead, source_line=source, issuer=issuer, body=body)


@pytest.mark.parametrize(
    "title, body, source, expected",
    [
        ("山西平遥：古城里的“红色驿站”", "走在街巷，骑手歇脚处随处可见。", None, ("140728", "title", None)),
        ("青海海晏：三级联动", "海晏县委社会工作部统筹推进。", None, ("632223", "title", None)),
        ("鼓楼区：五联共治", "今年以来，南京市鼓楼区推进网格建设。", None, ("320106", "title", None)),
        ("鼓楼区：五联共治", "今年以来，全区推进网格建设。", "转自徐州社会工作", ("320302", "title", None)),
        ("凤凰县沱江镇：小板凳议事会", "沱江镇推行小板凳议事会。", None, ("433123", "title", "沱江镇")),
        (
            "“板凳会”开进小区",
            "近日，河北省邯郸市涉县更乐镇大洼村召开板凳会。",
            None,
            ("130426", "lead", "更乐镇大洼村"),
        ),
        ("陕西泾阳：做实台账", "县域内企业较多。", "转自咸阳社会工作", ("610423", "title", None)),
        ("用好“三张清单”", "坚持目标导向，逐项销号。", "转自泾阳社会工作", ("610423", "source_line", None)),
        ("山东：开展两新党建质量提升行动", "山东省在济南市、青岛市、烟台市同步推进。", None, ("370000", "title", None)),
        (
            "慰问骑手",
            "海口日报讯（记者张三）日前，三亚市吉阳区慰问骑手。吉阳区还将常态开展。",
            None,
            ("460203", "lead", None),
        ),
        ("打造“暖心港湾”", "近年来，布尔津县聚焦牧区。", "新疆日报", ("654321", "lead", None)),
    ],
)
def test_one_place(
    gazetteer: Gazetteer, title: str, body: str, source: str | None, expected: tuple[str, str, str | None]
) -> None:
    located = locate(gazetteer, title, body, source)
    assert located.place is not None
    assert (located.place.adcode, located.basis, located.place.detail) == expected
    assert located.places == (located.place,)


def test_a_prefecture_title_is_refined_by_a_lead_the_body_keeps_to(gazetteer: Gazetteer) -> None:
    body = "近日，江苏省盐城市大丰区新丰镇组织走访。大丰区还将开展回访。"
    located = locate(gazetteer, "盐城：走访暖人心", body)
    assert located.place is not None and (located.place.name, located.basis) == ("大丰区", "lead")


def test_issuer_and_body_come_last(gazetteer: Gazetteer) -> None:
    issued = locate(
        gazetteer, "关于做好年度考核的通知", "各支部：现将有关事项通知如下。", issuer="中共桐庐县委社会工作部"
    )
    assert issued.place is not None and (issued.place.adcode, issued.basis) == ("330122", "issuer")
    body = "调解有方法。" * 40 + "寿宁县推行联调。寿宁县还建立回访制度。"
    told = locate(gazetteer, "调解有方", body)
    assert told.place is not None and (told.place.adcode, told.basis) == ("350924", "body")


@pytest.mark.parametrize(
    ("title", "body", "issuer", "name"),
    [
        ("全国大赛捷报", "近日，我市选手在全国大赛中获奖，大赛在湖南省长沙市举办。", "沅江市融媒体中心", "沅江市"),
        ("湖南省大赛捷报", "近日，我市选手在湖南省大赛中获奖。", "沅江市融媒体中心", "沅江市"),
        # 我市 and 我省 of what lies around who issues it
        ("湖州市举办骑手技能大赛", "近日，我市举办骑手技能大赛。", "中共德清县委社会工作部", "湖州市"),
        ("浙江省出台骑手关爱办法", "近日，我省出台关爱办法。", "中共德清县委社会工作部", "浙江省"),
    ],
)
def test_a_text_that_speaks_of_its_own_place_is_about_that(
    gazetteer: Gazetteer, title: str, body: str, issuer: str, name: str
) -> None:
    place = locate(gazetteer, title, body, issuer=issuer).place
    assert place is not None and place.name == name


@pytest.mark.parametrize(
    ("title", "body", "name"),
    [
        ("湖南省志愿服务西部计划出征", "近日，4名志愿者分别奔赴新疆、广东汕尾、湖南龙山县。", "湖南省"),
        ("镇江志愿者下乡送清凉", "近日，志愿者到大路镇和丹徒区的高桥镇走访。", "镇江市"),
    ],
)
def test_one_of_several_in_a_row_refines_no_title(gazetteer: Gazetteer, title: str, body: str, name: str) -> None:
    located = locate(gazetteer, title, body)
    assert located.place is not None and (located.place.name, located.basis) == (name, "title")


def test_a_title_may_list_several(gazetteer: Gazetteer) -> None:
    located = locate(gazetteer, "昆山市、太仓市：毗邻党建结对共治", "两市签约。")
    assert [place.name for place in located.places] == ["昆山市", "太仓市"]
    assert located.place is not None and located.place.name == "苏州市"


@pytest.mark.parametrize(
    "title, body",
    [
        ("全国社会工作部长会议召开", "会议强调，全国各地要抓好落实。北京、上海、广东作了交流发言。"),
        ("关于加强社会组织规范管理的意见", "为加强社会组织管理，现提出如下意见。"),
        ("朝阳区：百日攻坚", "全区推进网格建设。"),
    ],
)
def test_no_place_is_guessed(gazetteer: Gazetteer, title: str, body: str) -> None:
    assert locate(gazetteer, title, body) == Located(None, "none", ())


def test_an_outlet_is_no_place(gazetteer: Gazetteer) -> None:
    assert locate(gazetteer, "小举措暖人心", "杭州日报讯 一张小板凳，围坐着说事。").place is None


def test_local_news() -> None:
    folder = SHARED / "corpus" / "local_news"
    if not folder.is_dir():
        pytest.skip("the shared local news are not here")
    verdicts = local_news_verdicts(folder)
    assert verdicts["same"] / sum(verdicts.values()) > 0.78  # the rest is reviewed in evals/reports/places.md
    assert verdicts["other"] / sum(verdicts.values()) < 0.06


def local_news_verdicts(folder: Path) -> Counter[str]:
    """How many articles get the manifest's place, one above it, below it, none, or another."""
    gazetteer = Gazetteer.load()
    verdicts: Counter[str] = Counter()
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        text = (folder / f"{row['id']}.txt").read_text("utf-8").strip()
        title = row["title"] if text.startswith("原标题：") else ""
        body = text.removeprefix("原标题：").removeprefix(title)
        place = locate(gazetteer, title, body).place
        city = row["city"] if row["city"] != row["locality"] else ""
        gold = gazetteer.resolve(row["province"] + city + row["locality"])
        gold = gold or gazetteer.resolve(row["province"] + row["locality"]) or gazetteer.resolve(row["locality"])
        if place is None or gold is None:
            verdicts["none"] += place is not gold
            verdicts["same"] += place is gold
        elif gazetteer.contains(place.adcode, gold.adcode):
            verdicts["same" if place.adcode == gold.adcode else "above"] += 1
        else:
            verdicts["below" if gazetteer.contains(gold.adcode, place.adcode) else "other"] += 1
    return verdicts


def test_bulletin() -> None:
    path = SHARED / "corpus" / "bulletins" / "social_work_bulletin.txt"
    if not path.is_file():
        pytest.skip("the shared bulletin is not here")
    gazetteer = Gazetteer.load()
    lines = [
        line
        for line in path.read_text("utf-8").splitlines()
        if re.search("攀枝花市：|奈曼旗：|泾阳：|福建福鼎|自治县：", line)
    ]
    places = [locate(gazetteer, line, "").place for line in lines]
    assert [place.adcode for place in places if place] == ["510400", "150525", "610423", "350982", "522732"]


def test_a_township_that_only_opens_the_text_is_not_its_place() -> None:
    lead = "腊月里，刚回到山丹县老军乡的老党员周师傅报了到。"
    body = f"{lead}\n山丹县流动党员614名。\n山丹县计划再建服务站4个。"
    located = locate_article(
        Gazetteer.load(), title="流动党员返乡报到", lead=lead, source_line=None, issuer=None, body=body
    )
    assert located.place is not None
    assert (located.place.adcode, located.place.detail) == ("620725", None)


def test_a_company_lies_where_it_says() -> None:
    lead = "椰岛供应链公司位于海口市龙华区，现有员工1260人。"
    body = f"{lead}\n今年计划在三亚、儋州各建“司机之家”1个。"
    located = locate_article(
        Gazetteer.load(), title="海南椰岛公司办起“司机之家”", lead=lead, source_line=None, issuer=None, body=body
    )
    assert located.place is not None
    assert located.place.adcode == "460106"


def test_a_short_name_by_chance_in_a_title(gazetteer: Gazetteer) -> None:
    body = "开化县是钱塘江的源头，派出党建联络员143名。"
    found = locate(gazetteer, "钱江源头两张名片", body)
    assert found.place is not None and found.place.adcode == "330824"
    body = "去年，吴中区和昆山市办起驿站46个。"
    found = locate(gazetteer, "苏州：驿站暖人心", body)
    assert found.place is not None and found.place.adcode == "320500"
