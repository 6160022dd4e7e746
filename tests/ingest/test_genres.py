"""Collections and forms of offices in invented texts (虚构): how each kind is parted, titled and placed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from ingest.read import read_file
from tests.ingest.invented import A, B, place, read, titles


def test_news_marked_alike_is_parted_by_the_places_it_names(tmp_path: Path) -> None:
    told = {"南丹县": "南丹县办好就业“小市集”", "天峨县": "天峨县建起同心广场", "凤山县": "凤山县宣讲队走村串寨"}
    text = "各县工作简讯\n\n" + "".join(f"▲{title}\n    {name}{A}\n    {B}\n" for name, title in told.items())
    found = read(tmp_path, text)
    assert titles(found) == list(told.values()) and [place(a) for a in found] == list(told)


@pytest.mark.parametrize("form", ["【{}】{}", "{n}.{}。{}"])
def test_news_run_into_its_title_says_its_place_again(tmp_path: Path, form: str) -> None:
    told = {"岳麓区": "岳麓区打造一刻钟治理圈", "望城区": "望城区以夜话广纳民意"}
    lines = (form.format(title, name + A, n=n) for n, (name, title) in enumerate(told.items(), 1))
    found = read(tmp_path, "信息快讯\n第88期\n\n" + "\n\n".join(lines))
    assert titles(found) == list(told.values()) and found[0].body == f"岳麓区{A}"


def test_counties_that_head_sections_hold_several_articles(tmp_path: Path) -> None:
    text = f"各县动态\n\n一、墨玉县\n核桃巷里的服务站\n墨玉县{A}\n夜市点亮烟火气\n墨玉县{B}\n\n"
    text += f"二、皮山县\n枣园开起课堂\n皮山县{A}\n"
    found = read(tmp_path, text)
    assert [(a.title, place(a)) for a in found] == [
        ("核桃巷里的服务站", "墨玉县"),
        ("夜市点亮烟火气", "墨玉县"),
        ("枣园开起课堂", "皮山县"),
    ]


def test_articles_sent_in_a_chat(tmp_path: Path) -> None:
    text = f"""聊天记录

2025-09-10 10:20:15 岐山县社工部-王某
岐山县“面馆议事”聊出村规
岐山县{A}{B}

2025-09-10 10:41:02 市部-李某
收到，谢谢

2025-09-11 09:03:40 扶风县-赵某
扶风县推动快递网点建支部

2025-09-11 09:04:12 扶风县-赵某
扶风县{A}{B}
"""
    found = read(tmp_path, text)
    assert [(a.title, a.published_on) for a in found] == [
        ("岐山县“面馆议事”聊出村规", "2025-09-10"),
        ("扶风县推动快递网点建支部", "2025-09-11"),
    ]


def test_issues_bound_in_one_volume_keep_their_days(tmp_path: Path) -> None:
    issues = "".join(
        f"\n\n白沙社会工作信息\n第{n}期（总第{n + 40}期）\n白沙黎族自治县委社会工作部  2025年{2 * n}月6日\n\n"
        f"{town}：村民说事会\n\n{town}{A}\n"
        for n, town in enumerate(("打安镇", "七坊镇"), 1)
    )
    contents = "总目录\n第1期\n打安镇：村民说事会\t3\n第2期\n七坊镇：村民说事会\t5\n"
    found = read(tmp_path, f"白沙社会工作信息（合订本）\n2025年第1—2期\n\n{contents}{issues}")
    assert [(a.title, a.published_on) for a in found] == [
        ("打安镇：村民说事会", "2025-02-06"),
        ("七坊镇：村民说事会", "2025-04-06"),
    ]


def test_speeches_of_a_meeting_begin_where_hearers_are_greeted(tmp_path: Path) -> None:
    told = [
        ("党建聚合力 服务暖新心", "敦煌市委社会工作部部长　茹某某"),
        ("做实五个一 念好治理经", "金塔县委社会工作部　辛某"),
    ]
    text = "".join(
        f"\n\n{title}\n{speaker}\n\n尊敬的各位领导，同志们：\n\n{A}\n\n谢谢大家！\n" for title, speaker in told
    )
    found = read(tmp_path, "全市会议交流发言材料\n" + text)
    assert titles(found) == [title for title, _ in told]
    assert [(a.author, place(a)) for a in found] == [("茹某某", "敦煌市"), ("辛某", "金塔县")]


def test_official_documents_bound_in_one_file(tmp_path: Path) -> None:
    organ = "中共雅江县委社会工作部"
    text = "".join(
        f"{organ}关于{what}的通知\n雅社工发〔2025〕{n}号\n\n各乡镇党委：\n　　{A}\n\n{organ}\n2025年3月{n}日\n\n"
        for n, what in ((3, "做好志愿服务记录工作"), (4, "开展社工宣传周活动"))
    )
    found = read(tmp_path, "社会工作文件汇编\n\n" + text)
    assert [(a.number, a.published_on, a.issuer) for a in found] == [
        ("雅社工发〔2025〕3号", "2025-03-03", organ),
        ("雅社工发〔2025〕4号", "2025-03-04", organ),
    ]


def test_a_title_broken_at_the_middle_of_a_page_is_whole(tmp_path: Path) -> None:
    text = f"""督查通报
〔2025〕第8号
中共托里县委督查室                     2025年9月1日

      关于全县“走千家访万户”活动开展
            情况的督查通报

各乡镇：
　　{A}
"""
    (found,) = read(tmp_path, text)
    assert found.title == "关于全县“走千家访万户”活动开展情况的督查通报" and found.body == f"各乡镇：\n{A}"


def test_writers_named_in_the_middle_of_a_page(tmp_path: Path) -> None:
    text = f"　　　　　数字赋能让基层减负\n\n　　　　——关于三塘的调查\n\n　　　　　　　　李某某　　马某\n\n{A}\n"
    (found,) = read(tmp_path, text)
    assert (found.title, found.author, found.body) == ("数字赋能让基层减负", "李某某、马某", A)


def test_what_a_web_page_says_around_a_pasted_text(tmp_path: Path) -> None:
    credits = "发布时间：2025-05-19 09:33　来源：酒埠江镇人民政府　作者：尹某　浏览次数：231次"
    (found,) = read(tmp_path, f"首页 > 新闻中心 > 乡镇动态\n攸县：湖边的驿站\n{credits}\n\n攸县{A}\n")
    assert (found.title, found.author, found.published_on) == ("攸县：湖边的驿站", "尹某", "2025-05-19")
    assert found.source_line == "来源：酒埠江镇人民政府" and found.body == f"攸县{A}"


def test_a_compilation_of_portraits_with_subtitles(tmp_path: Path) -> None:
    told = [("一张板凳走千家", "记务川县网格员申某"), ("后生修渠记", "记正安县青年骆某")]
    text = "身边的榜样事迹选登\n\n" + "".join(f"\n{title}\n——{of}\n\n　　{A}\n" for title, of in told)
    found = read(tmp_path, text)
    assert [(a.title, a.subtitle, a.body) for a in found] == [(*each, A) for each in told]


@pytest.mark.parametrize(
    ("name", "text", "county"),
    [
        ("03徽县委社会工作部/联户长.txt", f"联户长上门解难题\n\n今年以来，我县推行“十户一长”。{A}\n", "徽县"),
        ("康县/联户长.txt", f"联户长上门解难题\n\n今年以来，我县推行“十户一长”。{A}\n", "康县"),
        ("两当县2025年工作要点.txt", f"2025年社会工作要点\n\n全县社会工作的总体要求是：{A}\n", "两当县"),
    ],
)
def test_the_file_or_its_folder_tells_the_place_of_a_text(tmp_path: Path, name: str, text: str, county: str) -> None:
    (found,) = read(tmp_path, text, name)
    assert place(found) == county and found.place_basis == "file_name" and "place_unresolved" not in found.flags


def test_the_site_tells_the_place_of_a_text_on_its_own_county_only(tmp_path: Path) -> None:
    head = "<title>农技员直播间开到田埂上-徽县人民政府</title>"
    page = f"<html><head>{head}</head><body><h1>农技员直播间开到田埂上</h1><p>{{}}</p></body></html>"
    (own,) = read(tmp_path, page.format("农技员老唐边示范边讲解，我县已办了二十场。" + A), "1203.html")
    assert place(own) == "徽县" and own.place_basis == "site"
    (other,) = read(tmp_path, page.format("农技员老唐边示范边讲解，已经办了二十场。" + A), "1204.html")
    assert place(other) is None


def test_a_page_titled_by_its_column_has_the_title_it_shows(tmp_path: Path) -> None:
    title = "沿河土家族自治县社区工作者公开招聘面试公告"
    around = '<div class="loc">当前位置：首页 > 通知公告</div>', "<div>发布日期：2025-08-08　来源：县委社会工作部</div>"
    body = f'{around[0]}<div class="bt">{title}</div>{around[1]}<p>{A}</p><p>{B}</p>'
    page = f"<html><head><title>通知公告 - 沿河土家族自治县人民政府</title></head><body>{body}</body></html>"
    (found,) = read(tmp_path, page, "t2025.html")
    assert found.title == title and found.body == f"{A}\n{B}"


def test_an_account_that_rounds_up_several_counties(tmp_path: Path) -> None:
    told = {"赫山区": "夜市红管家上岗啦", "资阳区": "老茶馆变身说事厅", "平江县": "山下有群石榴花"}
    text = "".join(
        f"<p>PART 0{n}</p><p>{name}</p><p><b>{title}</b></p><p>{name}{A}</p>"
        for n, (name, title) in enumerate(told.items(), 1)
    )
    body = f'<h1 class="rich_media_title">每周看点</h1><div id="js_content">{text}</div>'
    page = f"<html><head><title>每周看点</title></head><body>{body}</body></html>"
    found = read(tmp_path, page, "看点.html")
    assert [(a.title, place(a)) for a in found] == [(title, name) for name, title in told.items()]


def test_an_account_that_numbers_its_news(tmp_path: Path) -> None:
    told = {"界头镇：花海变课堂": f"界头镇{A}", "青年夜校开课了": A, "命名一批青年集体": f"近日，团市委{B}"}
    text = "".join(f"<p>0{n}</p><p><b>{t}</b></p><p>{body}</p>" for n, (t, body) in enumerate(told.items(), 1))
    body = f'<h1 class="rich_media_title">腾冲一周</h1><div id="js_content"><p>上周都忙些啥？一起看。</p>{text}</div>'
    page = f"<html><head><title>腾冲一周</title></head><body>{body}</body></html>"
    found = read(tmp_path, page, "一周.html")
    assert titles(found)[1:] == list(told) and [a.body for a in found[1:]] == list(told.values())
    sections = page.replace(f"界头镇{A}", B).replace(f"近日，团市委{B}", B)  # sections of one text
    (whole,) = read(tmp_path, sections, "一篇.html")
    assert whole.title == "腾冲一周"


def test_titles_run_into_texts_below_the_names_of_their_places(tmp_path: Path) -> None:
    told = {"江川区": "渔船完成秋检", "澄江市": "企业通过现场评估", "通海县": "冷库检查发现隐患54项"}
    text = "某某市应急局办公室编　　2025年10月27日—11月2日\n\n"
    text += "".join(f"{name}\n    {title}。{A}\n" for name, title in told.items())
    found = read(tmp_path, text)
    assert [(a.title, place(a), a.body) for a in found] == [(title, name, A) for name, title in told.items()]
    assert {a.published_on for a in found} == {"2025-11-02"}


def test_news_in_a_text_copied_from_a_letter(tmp_path: Path) -> None:
    text = (
        "发件人：公主岭市卫健局办公室 <a@example.invalid>\n收件人：信息科\n发送时间：2025年10月17日 16:08\n"
        "主　题：报送信息2篇\n\n各位老师：\n\n现将信息2篇报上，请审阅，不妥之处请直接修改。\n\n"
    )
    for n, title in (("一", "卫生院错峰体检"), ("二", "村医背包药房")):
        body = A + B
        lines = [body[i : i + 20] for i in range(0, len(body), 20)]
        text += f"★信息{n}★\n　　　　{title}\n\n　　" + "\n".join(lines) + "\n\n"
    found = read(tmp_path, text)
    assert titles(found)[1:] == ["卫生院错峰体检", "村医背包药房"] and found[1].body == A + B
    assert {(a.published_on, place(a)) for a in found} == {("2025-10-17", "公主岭市")}


def test_forms_and_tables_of_articles(tmp_path: Path) -> None:
    from docx import Document
    from openpyxl import Workbook  # type: ignore[import-untyped]

    table = Document()
    table.add_paragraph("一周信息汇总表")
    rows: list[tuple[str, ...]] = [("序号", "报送单位", "信息标题", "信息内容")]
    rows += [(str(n), f"{c}委社会工作部", f"{c}：新邻长", f"{c}{A}") for n, c in enumerate(("芷江县", "通道县"), 1)]
    grid = table.add_table(len(rows), 4)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            grid.cell(i, j).text = text
    table.save(str(tmp_path / "汇总.docx"))
    assert titles(list(read_file(tmp_path / "汇总.docx").articles)) == ["芷江县：新邻长", "通道县：新邻长"]

    form = Document()
    grid = form.add_table(3, 4)
    for i, row in enumerate(
        (("上报单位", "志仲镇党政办", "上报时间", "2025年5月22日"), ("信息标题", "扫码找书记"), ("信息正文", A))
    ):
        for j, text in enumerate(row):
            grid.cell(i, j).text = text
    form.save(str(tmp_path / "上报单.docx"))
    (found,) = read_file(tmp_path / "上报单.docx").articles
    assert (found.title, found.body, found.published_on) == ("扫码找书记", A, "2025-05-22")

    book, out = Workbook(), BytesIO()
    sheet = book.active
    for cells in (("信息报送表",), ("报送时间", "2025-07-10"), ("标题", "丹巴县：碉楼夜校"), ("正文", A)):
        sheet.append(cells)
    book.save(out)
    (tmp_path / "报送表.xlsx").write_bytes(out.getvalue())
    (found,) = read_file(tmp_path / "报送表.xlsx").articles
    assert (found.title, found.body, found.published_on) == ("丹巴县：碉楼夜校", A, "2025-07-10")
