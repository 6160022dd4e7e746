"""Over a library made for it: places held against their whole, shares of it, demands in other words, names, times."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.library import Library
from evals.answers import numbers
from tests.conftest import ask, assert_figures, library_of

TEXTS = {
    "宿迁.txt": "宿迁市2026年上半年重点指标通报\n宿迁市委社会工作部\n2026年7月12日\n"
    "截至6月末，全市初次信访化解率93.2%，建成驿站96个。\n\n附表（截至2026年6月30日）\n"
    "县区,登记货车司机（名）,驿站（个）,初次信访化解率（%）\n沭阳县,6820,39,93.1\n泗阳县,2145,24,95.4\n"
    "泗洪县,1230,33,91.6\n全市,10195,96,93.2\n",
    "沭阳.txt": "沭阳县2026年上半年工作总结\n沭阳县委社会工作部\n2026年7月6日\n"
    "沭阳县39个驿站中有22个实行24小时开放。在扎下镇、韩山镇等地累计建成“司机驿站”5个，较2024年末的3个新增2个。\n"
    "县总工会组织1080名快递小哥、外卖骑手免费体检。社区工作者持证率为71.4%。\n"
    "排查校外培训机构167家。全县举办“鼓楼议事”32场。\n",
    "泗洪.txt": "泗洪县2026年上半年工作总结\n泗洪县委社会工作部\n2026年7月8日\n"
    "今年以来638名快递员、骑手参加免费体检。今年1至4月服务货车司机2.7万人次。社区工作者持证率为60.4%。\n"
    "志愿者认养农村公路1240公里，新改建“四好农村路”61.8公里。\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("比"), TEXTS) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        # under and over the figure of the place around, or the mean of all
        ("宿迁哪些县初次信访化解率低于全市平均水平？", {"93.1", "91.6", "93.2"}, {"95.4"}),
        ("宿迁有哪几个县，头一回信访化解率高于全市？", {"95.4", "93.2"}, {"93.1", "91.6"}),
        ("宿迁哪些县的驿站超过全市平均？", {"39", "33", "32"}, {"96"}),
        # a demand on a figure, in other words
        ("宿迁各县中驿站达到30个的有哪些？", {"39", "33"}, {"24"}),
        ("宿迁三个县里，驿站凑不够三十个的是哪个县？", {"24"}, {"39", "33"}),
        # the part of a whole place, told of the whole and not of its part
        ("沭阳县的驿站占宿迁全市的比重是多少？", {"39", "96", "40.63"}, {"22"}),
        ("沭阳县驿站占宿迁市的比例", {"39", "96", "40.63"}, {"93.1", "71.4"}),
        ("沭阳县的驿站占全市多大比重？", {"39", "96", "40.63"}, {"22"}),
        # a parted verb, and the top few of a table whose date stands above it
        ("宿迁底下，登了记的货车司机最多的前两个县是哪些？", {"6820", "2145"}, {"1230"}),
        # a series over two documents in the time asked
        ("沭阳县 司机驿站 2024末—2026.6 走势", {"3", "5"}, set()),
        # everyday words
        ("沭阳和泗洪白给小哥做身体检查的，加一块多少人？", {"1718"}, set()),
        ("泗洪今年头四个月，开大车的师傅接待了多少人次？", {"27000"}, set()),
        ("沭阳县与泗洪县相比，社区工作者取得职业资格的比例何者更高？", {"71.4", "60.4"}, set()),
        ("泗洪 志愿者认养村道 总里程", {"1240"}, {"61.8"}),
    ],
)
def test_figures(library: Library, question: str, told: set[str], untold: set[str]) -> None:
    assert_figures(ask(library, question), told, untold)


def test_a_table_s_date_is_cited(library: Library) -> None:
    answer = ask(library, "泗阳县登记货车司机有多少名？")
    assert "截至2026年6月30日" in answer.text
    assert any("附表（截至2026年6月30日）" in c.quote for c in answer.citations)


def test_a_name_in_quotation_marks_is_of_no_place(library: Library) -> None:
    answer = ask(library, "沭阳县的“鼓楼议事”办了多少场？")
    assert answer.plan.places == ("321322",) and "32" in numbers(answer)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        # a demand denied is the other one
        ("宿迁哪些县初次信访化解率不超过全市水平？", {"93.1", "91.6"}, {"95.4"}),
        ("宿迁哪些县初次信访化解率不低于全市平均水平？", {"95.4"}, {"93.1", "91.6"}),
        # half of a whole is no mean of it, nor a mean age a level
        ("宿迁有没有超过全市水平的县，初次信访化解率？", {"95.4"}, {"93.1", "91.6"}),
    ],
)
def test_demands_that_are_denied(library: Library, question: str, told: set[str], untold: set[str]) -> None:
    found = numbers(ask(library, question))
    assert told <= found and not untold & found


@pytest.mark.parametrize(
    ("question", "planned"),
    [("投资低于2024.5万元的项目有哪些", "2024.5万元"), ("云岚县有多少个驿站？", "云岚县")],
)
def test_what_a_question_says_is_kept(library: Library, question: str, planned: str) -> None:
    assert planned in question and "2024年" not in ask(library, question).text
    if planned == "云岚县":
        assert "云岚县" in ask(library, question).text
