from __future__ import annotations

import pytest

from extract.period import find_period, without_periods
from tests.conftest import Extracted

Dates = tuple[str | None, str | None, str]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025年，全县新建站点", ("2025-01-01", "2025-12-31", "stated")),
        ("2025年度考核中", ("2025-01-01", "2025-12-31", "stated")),
        ("今年1—6月，共受理", ("2026-01-01", "2026-06-30", "stated")),
        ("1至9月，累计办结", ("2026-01-01", "2026-09-30", "stated")),
        ("2026年1-3月，共调解", ("2026-01-01", "2026-03-31", "stated")),
        ("上半年，新建", ("2026-01-01", "2026-06-30", "stated")),
        ("去年下半年，新建", ("2025-07-01", "2025-12-31", "stated")),
        ("三季度新增", ("2026-07-01", "2026-09-30", "stated")),
        ("今年第一季度，走访", ("2026-01-01", "2026-03-31", "stated")),
        ("7月，组织", ("2026-07-01", "2026-07-31", "stated")),
        ("2024年2月，组织", ("2024-02-01", "2024-02-29", "stated")),
        ("6月18日，组织", ("2026-06-18", "2026-06-18", "stated")),
        ("截至2026年6月30日，全县", (None, "2026-06-30", "stated")),
        ("截止6月底，全县", (None, "2026-06-30", "stated")),
        ("截至去年底，全县", (None, "2025-12-31", "stated")),
        ("截至2025年末，全县", (None, "2025-12-31", "stated")),
        ("截至目前，全县", (None, "2026-07-10", "published")),
        ("截止目前，全县", (None, "2026-07-10", "published")),
        ("目前，全县", (None, "2026-07-10", "published")),
        ("今年以来，累计", ("2026-01-01", "2026-07-10", "stated")),
        ("2025年以来，累计", ("2025-01-01", "2026-07-10", "stated")),
        ("近三年来，累计", ("2024-01-01", "2026-07-10", "stated")),
        ("明年，力争", ("2027-01-01", "2027-12-31", "stated")),
        ("2026年8月15日至20日，组织", ("2026-08-15", "2026-08-20", "stated")),
        ("3月至5月，开展", ("2026-03-01", "2026-05-31", "stated")),
    ],
)
def test_stated(text: str, wanted: Dates) -> None:
    found = find_period(text, "2026-07-10")
    assert found is not None
    assert (found.start, found.end, found.basis) == wanted


@pytest.mark.parametrize(
    "text", ["同比增长", "比去年增加", "较上年末", "全县选派", "每月开展", "二十四节气", "较2024年提高"]
)
def test_no_period(text: str) -> None:
    assert find_period(text, "2026-07-10") is None


@pytest.mark.parametrize("text", ["上半年，新建", "今年以来，累计", "7月，组织", "截至目前，全县"])
def test_without_a_publication_date_nothing_is_guessed(text: str) -> None:
    found = find_period(text, None)
    assert found is not None
    assert (found.start, found.end) == (None, None)


def test_the_text_is_kept_as_written() -> None:
    found = find_period("截止2026年6月底，全县", "2026-07-10")
    assert found is not None
    assert found.text == "截止2026年6月底"


def test_periods_are_taken_out_of_a_question() -> None:
    assert without_periods("今年上半年新建了多少个驿站").strip() == "新建了多少个驿站"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("二〇二六年三月", "2026-03-01", "2026-03-31"),
        ("2025年8月15日至2026年3月29日", "2025-08-15", "2026-03-29"),
        ("2023—2025年", "2023-01-01", "2025-12-31"),
        ("2024年5月到去年3月", "2024-05-01", "2025-03-31"),
        ("今年前三季度", "2026-01-01", "2026-09-30"),
        ("前5个月", "2026-01-01", "2026-05-31"),
        ("一季度", "2026-01-01", "2026-03-31"),
        ("上季度", "2026-01-01", "2026-03-31"),
        ("上个月", "2026-05-01", "2026-05-31"),
        ("近三个月", "2026-03-14", "2026-06-14"),
        ("“十四五”以来", "2021-01-01", "2026-06-14"),
        ("“十五五”期间", "2026-01-01", "2030-12-31"),
        ("1－5月", "2026-01-01", "2026-05-31"),
    ],
)
def test_more_forms_of_reports(text: str, start: str, end: str) -> None:
    found = find_period(f"{text}，新建驿站", "2026-06-14")
    assert found is not None and (found.start, found.end) == (start, end)


def test_since_an_event_is_since_its_date(extracted: Extracted) -> None:
    """自…以来 and 从…开始 are open; 成立以来 takes the date told before."""
    facts = extracted(
        "自2023年3月试运行以来，服务群众500人次。从2022年开始，建站9个。"
        "2021年8月，县里成立调解中心。该中心成立以来，接待群众1.1万人次。",
        published="2024-05-06",
    )
    assert [(f.period.start, f.period.end) for f in facts] == [
        ("2023-03-01", "2024-05-06"),
        ("2022-01-01", "2024-05-06"),
        ("2021-08-01", "2024-05-06"),
    ]


def test_what_a_year_only_names_is_not_handed_on(extracted: Extracted) -> None:
    """The year of a list or of an agreement says nothing of when the next sentence happened."""
    facts = extracted("公布2022年度名单，入选3家。组织队员102名。2023年7月17日，签订2022年协议，捐赠51万元。")
    assert [f.period.start for f in facts] == ["2022-01-01", None, "2023-07-17"]


def test_a_day_holds_for_a_sentence_a_year_for_a_paragraph(extracted: Extracted) -> None:
    day = extracted("2024年5月3日，新建站点2个。组建队伍3支。培训骨干40名。", published="2024-06-01")
    year = extracted("2023年，新建站点2个。组建队伍3支。培训骨干40名。", published="2024-06-01")
    assert [f.period.basis for f in day] == ["stated", "inherited", "none"]
    assert [f.period.basis for f in year] == ["stated", "inherited", "inherited"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("截至6日中午，清理垃圾30吨", None, "2024-05-06"),
        ("截至28日，清理垃圾30吨", None, "2024-04-28"),
        ("截止到4月30日，清理垃圾30吨", None, "2024-04-30"),
        ("截至2023年6月，建成3个", None, "2023-06-30"),
        ("预计至年底建成3个", None, "2024-12-31"),
        ("今年3月至今，建成3个", "2024-03-01", "2024-05-06"),
        ("从3月份开始，建成3个", "2024-03-01", "2024-05-06"),
        ("2021年“小先生”项目启动以来，建成3个", "2021-01-01", "2024-05-06"),
        ("9月以来，建成3个", "2023-09-01", "2024-05-06"),
        ("自明年1月起，建成3个", "2025-01-01", "2024-05-06"),
        ("2024年起，建成3个", "2024-01-01", "2024-05-06"),
        ("截至31日，建成3个", None, "2024-03-31"),
        ("去年启动建设，到年底建成3个", "2023-01-01", "2023-12-31"),
        ("2022年是全县历年以来投入最多的一年", "2022-01-01", "2022-12-31"),
    ],
)
def test_since_until_and_by(text: str, start: str | None, end: str) -> None:
    period = find_period(text, "2024-05-06")
    assert period is not None and (period.start, period.end) == (start, end)


def test_that_day_takes_up_the_last_day_told(extracted: Extracted) -> None:
    body = "5月3日，驿站揭牌。街道负责人介绍了情况。仪式上，聘任调解员12名。社会上反响热烈。当天发放宣传册300份。"
    periods = [f.period for f in extracted(body, published="2024-06-01")]
    assert [(p.start, p.end, p.basis) for p in periods] == [("2024-05-03", "2024-05-03", "inherited")] * 2


def test_what_a_paragraph_begins_with_ends_at_the_present_and_in_a_long_one(extracted: Extracted) -> None:
    now = extracted("2023年，新建站点2个。如今，组建队伍3支。培训骨干40名。", published="2024-06-01")
    assert [f.period.basis for f in now] == ["stated", "none", "none"]
    long = "2023年，新建站点2个。" + "街道坚持党建引领。" * 8 + "培训骨干40名。"
    assert [f.period.basis for f in extracted(long, published="2024-06-01")] == ["stated", "none"]


@pytest.mark.parametrize(
    ("body", "span"),
    [
        # the day on which somebody told it, and the day on which it was done
        ("8月17日，记者从县民政局获悉，全县建成驿站46个。", (None, None)),
        ("8月17日记者了解到，全县建成驿站46个。", (None, None)),
        ("8月17日，全县建成驿站46个。", ("2026-08-17", "2026-08-17")),
        ("8月17日，记者在现场看到，县里建成驿站46个。", ("2026-08-17", "2026-08-17")),
        # the year of a name, and of what was done
        ("2023年“夏日送清凉”活动惠及工人1200名。", (None, None)),
        ("2023年，“夏日送清凉”活动惠及工人1200名。", ("2023-01-01", "2023-12-31")),
        ("2023年开展“夏日送清凉”活动12场。", ("2023-01-01", "2023-12-31")),
        # since
        ("送药上门始于2016年，累计服务群众3200人次。", ("2016-01-01", "2026-09-10")),
        ("送药上门始于2016年3月，累计服务群众3200人次。", ("2016-03-01", "2026-09-10")),
        ("送药上门在2016年，服务群众3200人次。", ("2016-01-01", "2016-12-31")),
        # as of the end of a year
        ("2025年末，全县建成驿站46个。", (None, "2025-12-31")),
        ("2025年末实现全覆盖，建成驿站46个。", ("2025-01-01", "2025-12-31")),
    ],
)
def test_days_of_hearing_years_of_names_and_since(
    extracted: Extracted, body: str, span: tuple[str | None, str | None]
) -> None:
    [fact] = extracted(body, published="2026-09-10")
    assert (fact.period.start, fact.period.end) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("今年头四个月", ("2026-01-01", "2026-04-30")),
        ("6月末累计达到", (None, "2026-06-30")),
        ("去年年底", (None, "2025-12-31")),
        ("2月至5月底", ("2026-02-01", "2026-05-31")),
        ("自2024年底至2026年6月末", ("2024-12-31", "2026-06-30")),
        ("6月底前完成", ("2026-06-01", "2026-06-30")),
    ],
)
def test_ends_of_months_and_years(text: str, span: tuple[str | None, str]) -> None:
    found = find_period(text, "2026-07-10")
    assert found is not None and (found.start, found.end) == span
