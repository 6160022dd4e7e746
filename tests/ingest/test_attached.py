"""A document and what hangs on it, in invented texts (虚构): a notice with a collection of cases, a cover."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.invented import A, B, read, titles

NOTICE = f"""淅社工发〔2025〕6号

关于推广“屋檐小凳”议事法的通知

各乡镇党委：
{A}
{B}

中共淅川县委社会工作部
2025年3月7日

附件1

任务分工表

1. 制作小凳，由各乡镇负责。

附件2

“屋檐小凳”典型案例选编

老城镇：屋檐下说事
老城镇{A}
{B}

荆紫关镇：码头边议事
荆紫关镇{A}

中共淅川县委社会工作部办公室　　　　　2025年3月9日印发
"""


def test_each_case_of_an_attached_collection_is_an_article(tmp_path: Path) -> None:
    notice, *cases = read(tmp_path, NOTICE)
    assert notice.title.endswith("的通知") and "任务分工表" in notice.body and "典型案例选编" not in notice.body
    assert titles(cases) == ["老城镇：屋檐下说事", "荆紫关镇：码头边议事"]
    assert {case.column for case in cases} == {"“屋檐小凳”典型案例选编"}


def test_a_document_is_of_the_day_it_is_signed_with_not_of_its_printing(tmp_path: Path) -> None:
    assert {article.published_on for article in read(tmp_path, NOTICE)} == {"2025-03-07"}


def test_a_cover_above_the_contents_of_several_articles_is_none(tmp_path: Path) -> None:
    told = {"第一部分\u3000党建引领": "“香菇书记”进山记", "第二部分\u3000服务群众": "果园里的“夜话会”"}
    cover = "三门峡市基层治理\n案例集\n（2024）\n中共三门峡市委社会工作部\u3000编\n2024年12月\n\n目录\n"
    contents = "".join(f"{part}\t{n}\n{title}\t{n}\n" for n, (part, title) in enumerate(told.items(), 1))
    text = cover + contents + "".join(f"\n{part}\n\n{title}\n\n{A}\n\n{B}\n" for part, title in told.items())
    assert titles(read(tmp_path, text)) == list(told.values())


def test_a_title_in_brackets_loses_them(tmp_path: Path) -> None:
    told = ["荆紫关镇守住冬日山林防火关", "老城镇码头上有了调解船"]
    towns = ["荆紫关镇", "老城镇"]
    news = "".join(f"\n【{title}】\n\n{town}{A}\n（{town}）\n" for title, town in zip(told, towns, strict=True))
    found = read(tmp_path, f"淅川县委信息\n第7期\n中共淅川县委办公室编　　2025年1月8日\n{news}")
    assert titles(found) == told
