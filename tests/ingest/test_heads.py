"""Heads of papers: mastheads, kinds of papers, editor's notes above titles, newspaper pages, covers, bylines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.model import Article
from ingest.read import read_file

A = "近日，红旗镇开办夜校，村民们纷纷报名参加，学习电商、刺绣等技能，日子越过越有奔头。"
B = "夜校每周开课三次，由社工站选派老师授课，截至目前已培训村民1200人次，受到群众欢迎。"
C = "下一步，红旗镇将把课堂办到院坝里、田埂上，让更多群众在家门口学到一技之长。"


def read(folder: Path, text: str, name: str = "文件.txt") -> tuple[Article, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_file(path).articles


def typed(folder: Path, *lines: tuple[str, float]) -> tuple[Article, ...]:
    """The articles of a Word file of lines, each in its type size."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    from docx.shared import Pt

    document = docx.Document()
    for text, size in lines:
        document.add_paragraph().add_run(text).font.size = Pt(size)
    path = folder / "文件.docx"
    document.save(str(path))
    return read_file(path).articles


def drawn(folder: Path, *pages: list[tuple[float, float, float, str]]) -> tuple[Article, ...]:
    """The articles of a PDF of lines: from the left, from the top, size, text."""
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = folder / "版面.pdf"
    sheet = canvas.Canvas(str(path))
    for lines in pages:
        for left, top, size, text in lines:
            sheet.setFont("STSong-Light", size)
            sheet.drawString(left, 842 - top, text)
        sheet.showPage()
    sheet.save()
    return read_file(path).articles


def told(article: Article, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(article, name) for name in names)


def test_a_note_above_the_title_belongs_to_the_article_below(tmp_path: Path) -> None:
    head = "平江县党建工作简报\n第12期（总第87期）\n中共平江县委组织部　　　　2025年4月18日\n\n"
    note = "【编者按】红旗镇的做法破解了治理末梢不畅的难题。现予刊发，供学习借鉴。"
    (article,) = read(tmp_path, f"{head}{note}\n\n红旗镇：“党员联户”打通末梢\n\n{A}\n\n{B}\n")
    assert told(article, "title", "note", "issuer", "published_on") == (
        "红旗镇：“党员联户”打通末梢",
        note,
        "中共平江县委组织部",
        "2025-04-18",
    )
    assert article.body == f"{A}\n{B}"


def test_an_abstract_with_key_words_is_a_note_and_its_writers_sign(tmp_path: Path) -> None:
    above = "【摘要】本文以横州市为个案，分析社区食堂的运营。\n\n【关键词】社区食堂；个案研究\n\n"
    (article,) = read(
        tmp_path, f"{above}社区食堂可持续运营路径研究\n\n蒙丽华　陆秋燕\n\n{A}\n\n（作者单位：横州市委党校）\n"
    )
    assert told(article, "title", "author") == ("社区食堂可持续运营路径研究", "蒙丽华、陆秋燕")
    assert article.note == "【摘要】本文以横州市为个案，分析社区食堂的运营。\n【关键词】社区食堂；个案研究"
    assert article.body.startswith(A)


def test_minutes_have_their_number_their_day_and_their_place_in_the_head(tmp_path: Path) -> None:
    head = "会　议　纪　要\n〔2025〕3号\n中共花垣县委社会工作部\t2025年3月4日\n\n"
    lead = "2025年2月27日上午，领导小组组长主持召开第三次会议，研究全年重点任务。现纪要如下："
    text = f"{head}领导小组第三次会议纪要\n\n{lead}\n\n一、会议传达学习了中央有关精神。\n\n分送：各成员单位。\n"
    (article,) = read(tmp_path, text)
    assert told(article, "title", "number", "issuer", "published_on") == (
        "领导小组第三次会议纪要",
        "〔2025〕3号",
        "中共花垣县委社会工作部",
        "2025-03-04",
    )
    assert article.place is not None and article.place.name == "花垣县" and article.body.startswith(lead)


def test_a_red_head_without_the_word_paper_and_a_signer_beside_the_number(tmp_path: Path) -> None:
    head = "中共新田县委社会工作部\n新社工函〔2025〕14号　　　　签发人：何建军\n\n"
    text = f"{head}对第052号提案的答复\n\n陈晓梅委员：\n\n{B}\n\n中共新田县委社会工作部\n2025年7月10日\n"
    (article,) = read(tmp_path, text)
    assert told(article, "title", "number") == ("对第052号提案的答复", "新社工函〔2025〕14号")
    assert article.body.startswith("陈晓梅委员：")


def test_the_kind_of_paper_in_large_type_is_no_title(tmp_path: Path) -> None:
    title = "关于召开全县社区工作推进会的通知"
    (article,) = typed(
        tmp_path, ("会  议  通  知", 32), (title, 22), ("各乡镇党委：", 16), (B, 16), ("中共蓝山县委办公室", 16)
    )
    assert article.title == title and article.body.startswith("各乡镇党委：")


def test_articles_without_a_place_lie_where_the_body_of_the_masthead_does(tmp_path: Path) -> None:
    head = [("环江社会工作简报", 36), ("第9期", 16), ("中共环江毛南族自治县委社会工作部编　　　2025年9月3日", 16)]
    items = [(t, 22) for t in ("全县网格员“大走访”扎实推进", "入党积极分子培训班开班")]
    found = typed(tmp_path, *head, (items[0]), (B, 16), (C, 16), items[1], (B.replace("三", "两"), 16))
    assert [a.title for a in found] == [t for t, _ in items]
    assert {(a.place.name if a.place else None, a.place_basis) for a in found} == {("环江毛南族自治县", "issuer")}


def test_a_masthead_places_nothing_where_its_issue_tells_of_places_elsewhere(tmp_path: Path) -> None:
    head = "环江社会工作简报\n第9期\n中共环江毛南族自治县委社会工作部编　　　2025年9月3日\n\n"
    text = "【他山之石】\n\n安吉县：共富合伙人\n\n近日，安吉县推行合伙人制度。\n\n【探索】\n\n夜校办到家门口\n\n"
    first, second = read(tmp_path, f"{head}{text}{B}\n")
    assert first.place is not None and first.place.name == "安吉县" and second.place is None


def test_a_newspaper_page_is_cut_by_headlines_of_any_size(tmp_path: Path) -> None:
    lead = "本报讯（记者　郭峰）9月1日，网格员正带着居民清理楼道，这样的场景每天上演。"
    head = [
        (50.0, 40.0, 11.0, "益阳基层周刊"),
        (180.0, 40.0, 11.0, "2025年9月2日　星期二"),
        (380.0, 40.0, 11.0, "3版　社会治理"),
    ]
    one = [(150.0, 90.0, 30.0, "网格激活城市细胞"), (70.0, 120.0, 10.0, lead), (70.0, 136.0, 10.0, f"桃江县{B}")]
    two = [(180.0, 180.0, 20.0, "志愿红点亮渔村夜"), (70.0, 210.0, 10.0, lead.replace("9月1日", "沅江市"))]
    two += [(70.0, 226.0, 10.0, B), (70.0, 242.0, 10.0, C)]
    found = drawn(tmp_path, head + one + two)
    assert [a.title for a in found] == ["网格激活城市细胞", "志愿红点亮渔村夜"]
    assert {a.published_on for a in found} == {"2025-09-02"} and "益阳" not in found[0].body


def test_a_day_that_the_masthead_wraps_is_whole(tmp_path: Path) -> None:
    head = "平江县工作简报\n第9期\n\n中共平江县委社会工作部编\t2025年9月\n3日\n\n"
    (article,) = read(
        tmp_path, f"{head}红旗镇：夜校办到家门口\n\n{A}\n\n主题词：夜校\n中共平江县委办公室　　2025年9月3日印发\n"
    )
    assert article.published_on == "2025-09-03" and article.body == A


def test_a_cover_above_cases_is_in_none_and_their_parts_stay(tmp_path: Path) -> None:
    cover = "黔东南州基层治理优秀案例选编\n\n中共黔东南州委社会工作部\n2025年9月\n\n"
    cases = [
        f"案例{n}　{place}：办好夜校"
        for n, place in (("一", "雷山县西江镇"), ("二", "台江县台盘乡"), ("三", "剑河县岑松镇"))
    ]
    parts = f"【背景】\n\n{C}\n\n【做法】\n\n{B}\n\n"
    found = read(tmp_path, cover + "".join(f"{case}\n\n{parts}" for case in cases))
    assert [a.title for a in found] == [case.split("　")[1] for case in cases]
    assert {a.body for a in found} == {f"【背景】\n{C}\n【做法】\n{B}"}


def test_named_projects_are_as_many_articles(tmp_path: Path) -> None:
    text = "公益创投项目简介\n第11期\n\n"
    for n, (name, place) in enumerate((("护水科普", "都昌县"), ("旧衣新生", "北碚区")), 1):
        text += f"{n}.项目名称：“{name}”项目\n\n实施单位：{place}民政局\n\n服务对象：{place}居民。\n\n{B}\n\n"
    found = read(tmp_path, text)
    assert [(a.title, a.source_line) for a in found] == [
        ("“护水科普”项目", "都昌县民政局"),
        ("“旧衣新生”项目", "北碚区民政局"),
    ]


def test_short_news_under_one_mark_are_articles(tmp_path: Path) -> None:
    head = "每周要情\n（6月2日—6月8日）\n忻城县委社会工作部编\n\n"
    titles = ["城关镇开展物业纠纷调解", "红渡镇举办网格员培训", "思练镇慰问困难党员"]
    text = "".join(f"◎{title}\n　　6月{n}日，{title}，群众都说好。\n　　{B}\n\n" for n, title in enumerate(titles, 3))
    found = read(tmp_path, head + text)
    assert [a.title for a in found] == titles
    assert {a.place.name if a.place else None for a in found} == {"忻城县"}


def test_headings_under_one_mark_stay_in_their_article(tmp_path: Path) -> None:
    headings = ["◆ 建强组织，让小哥有归属", "◆ 优化服务，让小哥有温暖", "◆ 畅通渠道，让小哥有作为"]
    (article,) = read(tmp_path, f"洪江市骑手变前哨\n\n{A}\n\n" + "".join(f"{h}\n\n{B}\n\n" for h in headings))
    assert all(h in article.body for h in headings)


def test_speakers_say_where_their_speech_is_from(tmp_path: Path) -> None:
    head = "在全县社会工作会议上的讲话\n\n中共上林县委书记　覃建国\n（2025年2月18日）\n\n"
    (article,) = read(tmp_path, f"{head}同志们：\n\n大丰镇作了发言。{B}\n")
    assert told(article, "author", "published_on") == ("覃建国", "2025-02-18")
    assert article.place is not None and article.place.name == "上林县"


def test_the_day_of_a_speech_in_chinese_figures_is_not_its_text(tmp_path: Path) -> None:
    text = f"在表彰会上的致辞\n\n东至县委副书记　方志勇\n二〇二五年十一月十五日\n\n各位社区工作者，同志们：\n\n{B}\n"
    (article,) = read(tmp_path, text)
    assert told(article, "author", "published_on") == ("方志勇", "2025-11-15")
    assert article.body == f"各位社区工作者，同志们：\n{B}"


def test_the_thanks_of_one_speech_do_not_lead_up_to_the_next(tmp_path: Path) -> None:
    text = "".join(
        f"发言材料之{n}\n\n{title}\n\n{who}\n\n各位领导：\n\n{B}\n\n我的发言完了，谢谢大家！\n\n"
        for n, title, who in (
            ("一", "坚持党建引领", "宁明县委书记　农立新"),
            ("二", "织密服务网络", "外卖骑手党员　陈斌"),
        )
    )
    found = read(tmp_path, text)
    assert [(a.title, a.author) for a in found] == [("坚持党建引领", "农立新"), ("织密服务网络", "陈斌")]
    assert all(a.body.endswith("谢谢大家！") for a in found)


def test_a_subtitle_without_its_dash_and_a_month_above_the_day_that_signs(tmp_path: Path) -> None:
    lines = [("绿了荒山　富了乡亲", 24), ("渌口区龙船镇以油茶产业促进治理的调查", 14), (A, 14), (B, 14)]
    (article,) = typed(tmp_path, *lines)
    assert told(article, "title", "subtitle") == ("绿了荒山　富了乡亲", "渌口区龙船镇以油茶产业促进治理的调查")
    text = f"靖安县社会工作动态\n（2025年5月第2周）\n\n{A}\n\n靖安县委社会工作部\n2025年5月12日\n"
    assert read(tmp_path, text)[0].published_on == "2025-05-12"


def test_columns_in_page_heads_and_on_tabs(tmp_path: Path) -> None:
    def sheet(column: str, title: str, *, tab: bool) -> list[tuple[float, float, float, str]]:
        head = [(70.0, 40.0, 9.0, "怀化社工　2025年第3期")]
        head += [(30.0, 90.0 + 16 * i, 12.0, c) for i, c in enumerate(column)] if tab else [(430.0, 40.0, 9.0, column)]
        text = [(92.0, 130.0, 11.0, A[:38]), (70.0, 148.0, 11.0, A[38:]), (92.0, 166.0, 11.0, C[:36])]
        return [*head, (180.0, 95.0, 19.0, title), *text, (70.0, 184.0, 11.0, C[36:])]

    names = [("经验交流", "会同县：三色管理"), ("群众来信", "楼道灯终于亮了"), ("域外视窗", "余干县：船上网格")]
    for tab in (False, True):
        found = drawn(tmp_path, *(sheet(*name, tab=tab) for name in names))
        assert [(a.column, a.title) for a in found] == names


def test_a_labelled_export_is_as_many_records(tmp_path: Path) -> None:
    rows = [("双牌县召开推进会", "2025-03-11"), ("宁远县启动行动", "2025-03-14")]
    text = "".join(
        f"标题：{title}\n报送单位：{title[:3]}委社会工作部\n报送日期：{day}\n"
        f"正文：\n　　近日，{title}。\n　　{B}\n\n-------------\n\n"
        for title, day in rows
    )
    found = read(tmp_path, text)
    assert [(a.title, a.published_on, a.reporter) for a in found] == [
        (title, day, f"{title[:3]}委社会工作部") for title, day in rows
    ]
    assert found[0].body == f"近日，双牌县召开推进会。\n{B}"
    bracketed = f"投稿汇总\n\n【标题】苏仙区：新邻长\n【正文】{A}\n　　{B}\n【供稿】苏仙区委社会工作部\n"
    (article,) = read(tmp_path, bracketed)
    assert told(article, "title", "body", "reporter") == ("苏仙区：新邻长", f"{A}\n{B}", "苏仙区委社会工作部")


@pytest.mark.parametrize(
    ("title", "lead", "place"),
    [
        ("县委社会工作部赴桃源县考察学习", "日前，石门县组织开展学习。", "石门县"),
        ("满城尽是红马甲", f"连日来，桂东县{B}", "桂东县"),
        ("专项督查情况的通报", "永兴县委督查室会同县委社会工作部开展督查。", "永兴县"),
    ],
)
def test_names_that_are_no_places_of_the_article(tmp_path: Path, title: str, lead: str, place: str) -> None:
    (article,) = read(tmp_path, f"{title}\n\n{lead}\n\n{B}\n")
    assert article.place is not None and article.place.name == place


def test_what_a_notice_issues_is_no_second_article(tmp_path: Path) -> None:
    plan = "江口县社区社会组织培育行动方案"
    lines = [
        ("中共江口县委社会工作部 江口县民政局", 30),
        ("江社工通〔2025〕21号", 16),
        (f"关于印发《{plan}》的通知", 22),
    ]
    lines += [("各乡镇（街道）：", 16), (C, 16), ("江口县民政局", 16), ("2025年8月1日", 16), (plan, 22), (B, 16)]
    (article,) = typed(tmp_path, *lines)
    assert told(article, "title", "number", "published_on") == (
        f"关于印发《{plan}》的通知",
        "江社工通〔2025〕21号",
        "2025-08-01",
    )
    assert plan in article.body


def test_pieces_that_name_their_authors_are_articles(tmp_path: Path) -> None:
    pieces = [("大山里的“百事通”", "田小勇", "谯家镇"), ("她的包里有“宝贝”", "冉霞", "官舟镇")]
    text = "沿河县好网格员征文选登\n\n" + "".join(
        f"　　　　{title}\n　　　　作者：{who}（沿河县{town}）\n\n　　在{town}村口，那天下着雨。\n　　{B}\n\n"
        for title, who, town in pieces
    )
    found = read(tmp_path, text)
    assert [(a.title, a.author, a.source_line) for a in found] == [(t, w, f"沿河县{town}") for t, w, town in pieces]
    assert found[0].body == f"在谯家镇村口，那天下着雨。\n{B}"


def test_a_square_before_a_name_is_a_byline_and_before_words_a_column(tmp_path: Path) -> None:
    head = "松桃社工\n2025年第7期\n松桃苗族自治县委社会工作部主办　　2025年7月31日\n\n"
    text = f"{head}■ 社工手记\n\n盘石镇：“理老”化纠纷\n\n□ 龙金花　盘石镇\n\n近日，盘石镇{B}\n"
    (article,) = read(tmp_path, text)
    assert told(article, "column", "title", "author") == ("社工手记", "盘石镇：“理老”化纠纷", "龙金花")


def test_a_note_below_its_own_heading_stands_above_the_title(tmp_path: Path) -> None:
    head = "德江县“两企三新”党建工作简报\n第二十一期\n中共德江县委“两企三新”工委　　　　二〇二五年十月十六日\n\n"
    text = f"{head}编者按：\n\n{C}\n\n“圈”出红色动能\n——德江县煎茶镇商圈党建经验\n\n{A}\n\n{B}\n"
    (article,) = read(tmp_path, text)
    assert told(article, "title", "subtitle", "note") == ("“圈”出红色动能", "德江县煎茶镇商圈党建经验", f"编者按：{C}")
    assert told(article, "issuer", "published_on") == ("中共德江县委“两企三新”工委", "2025-10-16")


def test_pieces_counted_with_a_colon_are_articles(tmp_path: Path) -> None:
    titles = ["“黎乡和事佬”的调解经", "矿区老社区的新生活"]
    text = "昌江县基层治理典型材料\n\n" + "".join(
        f"第{n}篇：{title}\n\n七叉镇位于昌江县，近年来积极探索。\n\n{B}\n\n"
        for n, title in zip("一二", titles, strict=True)
    )
    assert [a.title for a in read(tmp_path, text)] == titles


def test_a_form_of_a_submission_is_read_as_its_article(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    rows = [("信息标题", "什玲镇：合作社里的微议事"), ("报送单位", "保亭县什玲镇党委"), ("报送时间", "2025年6月18日")]
    rows += [("信息内容", f"{A}\n{B}"), ("联系人及电话", "符秀丽　0898-00000000")]
    document = docx.Document()
    document.add_paragraph("信息报送单")
    table = document.add_table(len(rows), 2)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    path = tmp_path / "报送单.docx"
    document.save(str(path))
    (article,) = read_file(path).articles
    assert told(article, "title", "body", "published_on") == (rows[0][1], f"{A}\n{B}", "2025-06-18")


def test_portraits_of_several_persons_are_articles(tmp_path: Path) -> None:
    head = "凡人善举\n第29期\n泌阳县委社会工作部编印　　2023年12月15日\n\n"
    persons = [("项兰芝", "宣城市新庙乡退休教师"), ("廖开河", "忻府区塘头镇粮油店店主")]
    text = "".join(
        f"{name}　{who}\n\n十二年来，{name}坚持为邻里服务，从不收一分钱。\n\n{B}\n\n" for name, who in persons
    )
    assert [a.title for a in read(tmp_path, head + text)] == [f"{name}　{who}" for name, who in persons]
