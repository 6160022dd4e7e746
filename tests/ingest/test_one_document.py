"""One document stays one, and whole: what looks like the marks of a collection, a byline or furniture and is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.read import read_file

A = "近日，道外区红旗镇开办夜校，村民们纷纷报名参加，学习电商、刺绣等技能，日子越过越有奔头。"
B = "夜校每周开课三次，由区民政局选派老师授课，截至目前已培训村民1200人次，受到群众欢迎。"

WHOLE = {
    "parts": f"海伦市民政局2025年度部门决算公开说明\n\n第一部分　部门概况\n\n{A}\n\n第二部分　决算情况说明\n\n{B}\n\n"
    f"第三部分　名词解释\n\n{A}",
    "volumes of a plan": f"海伦市发展第十五个五年规划纲要\n\n第一篇　发展环境\n\n{A}\n\n第二篇　重点任务\n\n{B}",
    "winners": "海伦市2026年优秀志愿者名单\n\n一等奖\n张某　市民政局\n李某　市教育局\n二等奖\n王某　市财政局\n\n"
    "希望受表彰的同志珍惜荣誉，再接再厉，在志愿服务中发挥表率作用。",
    "minutes": f"三塘县养老服务工作会议纪要\n\n主持：县民政局\n出席：县财政局、县卫健局\n\n{A}\n\n{B}",
    "survey of places": f"黑龙江各地乡村夜校综述\n\n{B}\n\n道外区课堂搬到村口\n\n{A}\n\n海伦市夜校办到地头\n\n"
    f"海伦市{B}",
    "cases inside": f"海伦市民政局工作总结\n\n{A}\n\n案例1：敲门行动\n\n{B}\n\n案例2：暖心餐桌\n\n{A}\n\n下一步，{B}",
    "materials": f"三塘县养老服务机构补贴申报指南\n\n{A}\n\n材料一：补贴申请表\n\n{B}\n\n材料二：登记证书复印件\n\n{A}",
}


@pytest.mark.parametrize("name", WHOLE)
def test_one_document_stays_one_and_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / "文件.txt"
    path.write_text(WHOLE[name], encoding="utf-8")
    (article,) = read_file(path).articles
    title, _, rest = WHOLE[name].partition("\n")
    assert (article.title, article.author, article.column) == (title, None, None)
    assert re.sub(r"\s", "", article.body) == re.sub(r"\s", "", rest)


def test_sections_of_an_official_document_name_places_and_stay(tmp_path: Path) -> None:
    text = "三塘县人民政府文件\n\n三政发〔2026〕3号\n\n三塘县人民政府关于养老服务工作情况的通报\n\n各乡镇人民政府：\n\n"
    text += f"{B}\n\n一、道外区建起养老驿站\n\n道外区{A}\n\n二、海伦市组建助老志愿队\n\n海伦市{B}\n\n"
    text += "三塘县人民政府\n2026年3月5日\n"
    path = tmp_path / "通报.txt"
    path.write_text(text, encoding="utf-8")
    (article,) = read_file(path).articles
    assert "一、道外区建起养老驿站" in article.body and "二、海伦市组建助老志愿队" in article.body


def test_who_is_responsible_does_not_sign(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.add_heading("海伦市养老服务提升行动实施方案", 0)
    document.add_paragraph(A)
    for heading in ("完善养老服务设施网络", "增加老年助餐服务供给", "培育专业护理人才队伍"):
        document.add_heading(heading, 1)
        document.add_paragraph("责任单位：市民政局、市住建局")
        document.add_paragraph(B)
    path = tmp_path / "方案.docx"
    document.save(path)
    (article,) = read_file(path).articles
    assert (article.title, article.author, article.source_line) == ("海伦市养老服务提升行动实施方案", None, None)
    assert article.body.count("责任单位：市民政局、市住建局") == 3


def test_after_an_attachments_name_the_next_article_begins(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    for title, last in (("海伦市夜校点亮乡村", "附件：夜校名单"), ("漠河市夜校连民心", "")):
        document.add_heading(title, 1)
        document.add_paragraph(A.replace("道外区", title[:3]))
        document.add_paragraph(last)
    path = tmp_path / "信息.docx"
    document.save(path)
    found = read_file(path).articles
    assert [(a.title, a.subtitle) for a in found] == [("海伦市夜校点亮乡村", None), ("漠河市夜校连民心", None)]
    assert found[0].body.endswith("附件：夜校名单")


def test_a_title_that_wraps_after_a_word_for_documents_is_no_red_head(tmp_path: Path) -> None:
    text = "三政发〔2026〕3号\n\n三塘县人民政府关于公布继续有效的规范性文件\n目录的通知\n\n各乡镇人民政府：\n\n"
    path = tmp_path / "通知.txt"
    path.write_text(f"{text}{B}\n\n三塘县人民政府\n2026年3月5日\n", encoding="utf-8")
    (article,) = read_file(path).articles
    assert article.title == "三塘县人民政府关于公布继续有效的规范性文件目录的通知"
    assert (article.number, article.issuer) == ("三政发〔2026〕3号", "三塘县人民政府")


def test_a_plan_with_marked_headings_right_over_its_text_stays_whole(tmp_path: Path) -> None:
    text = f"海伦市志愿服务项目实施方案\n\n◆项目背景\n{A}\n◆服务内容\n{B}\n◆经费预算\n{B}\n"
    path = tmp_path / "方案.txt"
    path.write_text(text, encoding="utf-8")
    (article,) = read_file(path).articles
    assert article.title == "海伦市志愿服务项目实施方案" and article.body.startswith("◆项目背景\n")


def test_smaller_headings_that_name_townships_stay_in_a_bulletins_article(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    from docx.shared import Pt

    lines = [("瑞金社工信息", 34), ("第20期", 16), ("中共瑞金市委社会工作部　　　2025年6月30日", 16)]
    lines += [
        ("瑞金市基层治理经验综述", 22),
        (f"今年上半年，{B}", 16),
        ("叶坪镇：红井旁的板凳会", 16),
        (f"叶坪镇{B}", 16),
    ]
    lines += [("沙洲坝镇：围屋里的议事厅", 16), (f"沙洲坝镇{B}", 16), ("象湖镇推行积分超市", 22), (f"象湖镇{A}", 16)]
    document = docx.Document()
    for text, size in lines:
        document.add_paragraph().add_run(text).font.size = Pt(size)
    path = tmp_path / "信息.docx"
    document.save(str(path))
    first, second = read_file(path).articles
    assert (first.title, second.title) == ("瑞金市基层治理经验综述", "象湖镇推行积分超市")
    assert "叶坪镇：红井旁的板凳会" in first.body


def test_front_matter_tells_title_day_and_source(tmp_path: Path) -> None:
    path = tmp_path / "文.md"
    path.write_text(
        f'---\r\ntitle: "三塘镇办起夜校"\r\ndate: 2031-05-06\r\nsource: 三塘发布\r\n---\r\n\r\n{A}\r\n', encoding="utf8"
    )
    (article,) = read_file(path).articles
    assert (article.title, article.published_on, article.source_line) == ("三塘镇办起夜校", "2031-05-06", "三塘发布")
    assert article.body == A


@pytest.mark.parametrize("text", [A.encode().decode("gbk", "ignore"), A.encode("gbk").decode("latin-1"), "?" * 60])
def test_a_text_decoded_wrongly_before_is_flagged(tmp_path: Path, text: str) -> None:
    path = tmp_path / "文.txt"
    path.write_text(f"{text}\n{text}\n", encoding="utf8")
    assert all("garbled" in article.flags for article in read_file(path).articles)


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "文.md"
    path.write_text(f"---\n\n# 三塘镇办起夜校\n\n{A}\n\n---\n\n{B}\n", encoding="utf8")
    (article,) = read_file(path).articles
    assert (article.title, article.body) == ("三塘镇办起夜校", f"{A}\n{B}")
