"""Invented bulletins of layouts and places that no sample has."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest

from corpus.model import Article
from ingest.read import read_file


def articles(tmp_path: Path, text: str | bytes, name: str = "简报.txt") -> tuple[Article, ...]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path).articles


CONTENTS = """云溪工作简报
（2025年第7期 总第63期）
云溪区委社会工作部编印  2025年7月18日

目  录
【一线采风】
石桥街道办起“板凳议事会”……………………1
青禾社区让闲置车棚变成邻里食堂…………………3
【暖心小站】
货车司机有了自己的歇脚点……………………5

【一线采风】
石桥街道办起“板凳议事会”

入夏以来，石桥街道把议事会开到楼下，居民带着小板凳来商量小区的事。
聚人气：先把人请出来
街道干部挨家敲门，请来老党员、楼组长和租户代表62人，每周四晚上议一件事。
办实事：议一件成一件
三个月里，议事会议成停车、晾晒、垃圾分类等事项17件，办结15件。

青禾社区让闲置车棚变成邻里食堂

青禾社区原有三个旧车棚长期闲置。社区筹资21万元改建成食堂，60岁以上老人一餐八元。
目前每天有130余人用餐，志愿者轮流送餐上门。

【暖心小站】
货车司机有了自己的歇脚点

在城北物流园，一处不大的小站亮着灯。司机老赵说：“跑了一夜，能洗个热水澡，真好。”
小站由园区党支部牵头建设，有床位12张。
"""


def test_contents_and_unseen_columns(tmp_path: Path) -> None:
    found = articles(tmp_path, CONTENTS)
    assert [(a.column, a.title) for a in found] == [
        ("一线采风", "石桥街道办起“板凳议事会”"),
        ("一线采风", "青禾社区让闲置车棚变成邻里食堂"),
        ("暖心小站", "货车司机有了自己的歇脚点"),
    ]
    assert all(a.published_on == "2025-07-18" and a.date_basis == "printed" for a in found)
    assert "聚人气：先把人请出来" in found[0].body
    assert "……" not in "".join(a.body for a in found)


WRAPPED = """湖滨县“点单式”服务送上门  老旧院落焕发新颜

    为解决老旧院落无人管的难题，湖滨县推行“点单式”服务，由
居民点单、社区派单、党员接单①。全县已有41个院落纳入服务，上半
— 1 —
年办结订单386个，满意率达到97%。
    湖滨县还把物业企业请进来，签订共建协议，划定责任区。

（湖滨县委社会工作部供稿）

南山区：三张清单管好社团年检

    近日，南山区民政局会同业务主管单位，对全区210家社团开展年
检。问题清单、责任清单、销号清单一张不少，52个问题限期整改。

（南山区民政局供稿）

夜校开在厂门口

    “下班走两步就能上课。”纺织女工小何说。东岭镇把夜校开到工
业园门口，开设剪纸、短视频等课程9门，
— 2 —
吸引青工400多名。

（东岭镇党建办供稿）
"""


def test_hard_wraps_page_numbers_and_contributors(tmp_path: Path) -> None:
    found = articles(tmp_path, WRAPPED)
    assert [a.title for a in found] == [
        "湖滨县“点单式”服务送上门  老旧院落焕发新颜",
        "南山区：三张清单管好社团年检",
        "夜校开在厂门口",
    ]
    assert [a.source_line for a in found] == ["湖滨县委社会工作部供稿", "南山区民政局供稿", "东岭镇党建办供稿"]
    assert "上半年办结订单386个" in found[0].body
    assert "开设剪纸、短视频等课程9门，吸引青工400多名。" in found[2].body
    assert found[1].issuer == "南山区民政局"
    assert not any("truncated" in a.flags for a in found)


BROKEN = """工作动态

江北县大桥镇：小院里长出“议事亭”

近期，江北县大桥镇在26个村的小院里搭起议事亭，村民有话当面说、有事当场议，把矛盾化解在家门口，把好事办进心坎里，让村里的大小事情有人提、有人问、有人办，一步步

干群同坐议事亭

走出了自己的路子。镇里还聘请法律顾问18名，每月坐班两天。

(转自江北融媒)

白沙市柳河区：社工站托起“一老一小”

柳河区建成社工站14个，服务老人和儿童3200多人次。社工每周上门，陪老人看病、给孩子辅导功课，街坊们都说这些年轻人比亲人还亲，谁家有难处都愿意跟他们说一说，而社工站也在不断摸

创新案例

临江县平安乡：网格长的一天

每天清晨，网格长老周都要走一遍辖区的七条巷子。他的本子上记着独居老人11户、困难家庭6户。

(临江县委社工部供稿)
"""


def test_caption_in_a_sentence_and_a_truncated_article(tmp_path: Path) -> None:
    first, second, third = articles(tmp_path, BROKEN)
    assert [c.text for c in first.captions] == ["干群同坐议事亭"]
    assert "一步步走出了自己的路子。" in first.body
    at = first.captions[0].at
    assert first.body[:at].endswith("一步步")
    assert (second.title, second.source_line) == ("白沙市柳河区：社工站托起“一老一小”", None)
    assert "truncated" in second.flags and second.body.endswith("不断摸")
    assert (third.column, third.kind) == ("创新案例", "practice")


def test_word_bulletin_by_type_sizes(tmp_path: Path) -> None:
    import docx
    from docx.shared import Pt

    document = docx.Document()

    def put(text: str, size: float) -> None:
        document.add_paragraph().add_run(text).font.size = Pt(size)

    put("龙泉党建", 36)
    put("2026年第2期（总第8期）", 14)
    for title, lead in (
        ("红石沟村的“积分超市”开张了", "红石沟村把好人好事换成积分，村民凭积分领取日用品。"),
        ("老支书带出年轻班子", "杨家岭村老支书带着五名返乡青年，跑项目、学电商。"),
        ("一条热线连起千家万户", "县社工部开通服务热线，半年接听来电2300多个。"),
    ):
        put(title, 18)
        put(lead, 12)
        put("怎么做的", 14)
        put("先开会商量，再分头落实，最后大家评议，一环扣着一环往前走。", 12)
    out = BytesIO()
    document.save(out)
    found = articles(tmp_path, out.getvalue(), "龙泉党建.docx")
    assert [a.title for a in found] == ["红石沟村的“积分超市”开张了", "老支书带出年轻班子", "一条热线连起千家万户"]
    assert all("怎么做的\n先开会商量" in a.body for a in found)


def test_footnote_goes_below_the_text(tmp_path: Path) -> None:
    text = (
        "近日，双河县推行“三点半课堂”①，由社工和大学生志愿者轮流看护放学后的孩子，全县三十二所小学都已开班，家长们下班再也不用赶时间，孩子们也有了\n\n"
        "①三点半课堂：指小学放学后的托管服务。\n\n"
        "写作业、做运动的地方。学校与社区共同管理。\n"
    )
    (article,) = articles(tmp_path, "双河县办好“三点半课堂”\n\n" + text)
    assert "孩子们也有了写作业、做运动的地方。" in article.body
    assert article.body.endswith("①三点半课堂：指小学放学后的托管服务。")


NOTICE = """北塘县人民政府办公室文件
北政办发〔2026〕9号
北塘县人民政府办公室关于做好2026年防汛工作的通知
各乡镇人民政府，县直各单位：
为做好今年防汛工作，现就有关事项通知如下：
一、压实责任
各乡镇要落实包保责任，汛期实行24小时值班。
二、备足物资
县应急局要备足编织袋3万条、冲锋舟12艘。
（一）分级储备
县、乡、村三级都要有储备点。
北塘县人民政府办公室
2026年5月6日
"""


def test_a_notice_with_sections_is_one_article(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, NOTICE)
    assert article.title == "北塘县人民政府办公室关于做好2026年防汛工作的通知"
    assert (article.kind, article.issuer) == ("notice", "北塘县人民政府办公室")
    assert (article.published_on, article.date_basis) == ("2026-05-06", "printed")
    assert "二、备足物资\n县应急局" in article.body


def test_a_report_is_one_article(tmp_path: Path) -> None:
    text = (
        "政府工作报告\n——2026年1月8日在东港县第十八届人民代表大会第六次会议上\n东港县县长 某某\n各位代表：\n"
        + "".join(
            f"{n}、{head}\n{head}方面，完成投资{i}2亿元，新增就业{i}300人。\n"
            for i, (n, head) in enumerate(
                zip("一二三四", ("产业发展", "城乡建设", "民生保障", "自身建设"), strict=True), 1
            )
        )
    )
    (article,) = articles(tmp_path, text)
    assert (article.title, article.kind, article.published_on) == ("政府工作报告", "work_report", "2026-01-08")
    assert article.subtitle == "2026年1月8日在东港县第十八届人民代表大会第六次会议上"
    assert "民生保障方面" in article.body


def test_a_news_item_with_headings_is_one_article(tmp_path: Path) -> None:
    text = "赤水县推进移风易俗\n\n近日，赤水县各村修订村规民约。\n\n"
    text += "红事新办\n\n宴席从二十桌减到八桌。\n\n白事简办\n\n丧事时限由五天减为三天。\n"
    (article,) = articles(tmp_path, text)
    assert article.title == "赤水县推进移风易俗"
    assert "红事新办\n宴席" in article.body


def test_repeated_passage(tmp_path: Path) -> None:
    passage = "由县委社会工作部牵头，联合市场监管、民政等部门抽调骨干组成专班，"
    passage += "对全县企业和社会组织逐户走访，摸清党员底数，建立工作台账，明确责任单位和完成时限。"
    text = f"西岭县：摸清底数再出发\n\n近日，西岭县启动攻坚。{passage}\n\n实行销号管理，{passage}\n"
    (article,) = articles(tmp_path, text)
    assert "repeated_passage" in article.flags
    assert [span.of(article.body) for span in article.repeats] == [passage]


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        (
            "原标题：碧水镇办起流动书屋碧水日报讯（记者 何某）近日，碧水镇的书屋开进山村。",
            "碧水镇办起流动书屋",
            "碧水日报讯",
        ),
        ("原标题：志愿者下乡义诊“血压有点高，要按时吃药。”医生对村民说。", "志愿者下乡义诊", "“血压有点高"),
        ("原标题：邻里节开幕 百家宴飘香6月3日，金水社区举办第八届邻里节。", "邻里节开幕 百家宴飘香", "6月3日"),
    ],
)
def test_title_glued_to_the_text(tmp_path: Path, text: str, title: str, start: str) -> None:
    (article,) = articles(tmp_path, text + "村民都说好。" * 30 + "返回搜狐，查看更多责任编辑：")
    assert article.title == title
    assert article.body.startswith(start)
    assert article.body.endswith("村民都说好。")


def test_a_text_in_one_line_is_no_tail_of_a_page(tmp_path: Path) -> None:
    """What comes behind a tail within the line, as in several pages pasted into one, is text."""
    page = "流动党员找到了组织，村民都说好。" * 12
    tail = "来源：三塘发布 作者：李某 责任编辑：王某 版权说明：未经书面授权不得转载。"
    (article,) = articles(tmp_path, f"三塘县夜校开班\n\n{page}{tail}{page * 2}本页来源：三塘发布 作者：李某")
    assert article.body.count("流动党员") == 36


def test_a_text_without_title_keeps_every_sentence(tmp_path: Path) -> None:
    text = "清晨六点，环卫工老李已经扫完两条街。" + "驿站里有热水。" * 40
    (article,) = articles(tmp_path, text)
    assert article.body == text
    assert "no_title" in article.flags


def test_bullets_and_bodies_in_brackets(tmp_path: Path) -> None:
    text = (
        "◆ 红旗镇：敲门行动暖人心\n红旗镇组织党员逐户敲门，走访老人320名。（红旗镇人民政府）\n"
        "◆ 白水乡：夜校办到家门口\n白水乡在九个村办起夜校，听课群众1500多人次。（白水乡党建办）\n"
    )
    found = articles(tmp_path, text)
    assert [a.title for a in found] == ["红旗镇：敲门行动暖人心", "白水乡：夜校办到家门口"]
    assert [a.source_line for a in found] == ["红旗镇人民政府", "白水乡党建办"]
    assert all(a.body.endswith(("名。", "次。")) for a in found)


def test_markdown_bulletin(tmp_path: Path) -> None:
    text = (
        "# 清河社会工作\n\n2025年第4期\n\n## 基层观察\n\n### 老街坊有了新客厅\n\n"
        "旧仓库改成了街坊客厅，每天开放十小时。\n\n#### 怎么管\n\n居民轮流值班，账目每月张贴。\n\n"
        "### 楼道里的读书角\n\n三栋楼的住户捐出图书860册。\n"
    )
    found = articles(tmp_path, text, "简报.md")
    assert [a.title for a in found] == ["老街坊有了新客厅", "楼道里的读书角"]
    assert "怎么管" in found[0].body


SHORT = """# 云溪工作简报

（2025年第7期 总第63期）

云溪区委社会工作部编印  2025年7月18日　星期五

# 工作动态

## 石桥街道办起“板凳议事会”

2025年7月12日　云溪区融媒体中心

入夏以来，云溪区石桥街道把议事会开到楼下，居民带着小板凳来商量小区的事。

# 短讯

### 1.庄浪县新建助餐点12个

庄浪县近日新开老年助餐点12个，首周供餐430份。

### 2.法库县清理村级挂牌860块

法库县集中清理村级组织挂牌和工作群，撤牌860块，减去报表18张。

### 3.湘阴县红白理事会换届

湘阴县43个村的红白理事会日前完成换届，新任成员215名。
"""


def test_short_news_of_several_places_are_articles_of_their_own(tmp_path: Path) -> None:
    found = articles(tmp_path, SHORT, "简报.md")
    assert [(a.title, a.place.name if a.place else None) for a in found] == [
        ("石桥街道办起“板凳议事会”", "云溪区"),
        ("庄浪县新建助餐点12个", "庄浪县"),
        ("法库县清理村级挂牌860块", "法库县"),
        ("湘阴县红白理事会换届", "湘阴县"),
    ]
    assert {a.column for a in found[1:]} == {"短讯"}
    assert (found[0].published_on, found[0].source_line) == ("2025-07-12", "云溪区融媒体中心")
    assert {a.published_on for a in found[1:]} == {"2025-07-18"}
    assert found[0].body.startswith("入夏以来")


def test_numbered_headings_of_one_place_stay_in_their_article(tmp_path: Path) -> None:
    text = SHORT.replace("法库县", "庄浪县").replace("湘阴县", "庄浪县")
    assert "庄浪县清理村级挂牌860块" not in [a.title for a in articles(tmp_path, text, "简报.md")]


def test_news_run_into_its_text_is_parted_by_the_place_in_brackets(tmp_path: Path) -> None:
    text = """云溪社情参阅

第19期

2025年11月12日

◆ 一周简讯

【凤庆县】为企业解决用工难题。经济开发区设立用工服务站，上月为21家企业招聘员工774名。（凤庆县融媒体中心）

【长丰县】开通19条城乡公交线路。10月1日起，新线路票价不超过3元。

【会理市】中心药房统一配送。25家卫生院的273种药品实现统一配送。
"""
    found = articles(tmp_path, text)
    assert [(a.title, a.place.name if a.place else None, a.column) for a in found] == [
        ("【凤庆县】为企业解决用工难题", "凤庆县", "一周简讯"),
        ("【长丰县】开通19条城乡公交线路", "长丰县", "一周简讯"),
        ("【会理市】中心药房统一配送", "会理市", "一周简讯"),
    ]
    assert found[0].source_line == "凤庆县融媒体中心" and found[1].body.startswith("10月1日起")


def test_a_compilation_with_cover_and_parts(tmp_path: Path) -> None:
    text = """基层治理经验选编
云溪区委社会工作部
2023年5月15日

目  录
第一篇 机制创新
肇州县：业委会有了“成绩单” ………………………… 2
第二篇 服务群众
德保县：山里孩子的周日下午 ………………………… 7

第一篇 机制创新

肇州县：业委会有了“成绩单”
肇州县委社会工作部

去年，肇州县受理物业类投诉217件，占全部投诉的40.7%。县里让业主给物业打分。

第二篇 服务群众

德保县：山里孩子的周日下午
德保县委社会工作部

每到周日下午四点，德保县青杨镇中心校门口就停满了接送的车。
"""
    found = articles(tmp_path, text)
    assert [(a.title, a.column, a.source_line, a.published_on) for a in found] == [
        ("肇州县：业委会有了“成绩单”", "第一篇机制创新", "肇州县委社会工作部", "2023-05-15"),
        ("德保县：山里孩子的周日下午", "第二篇服务群众", "德保县委社会工作部", "2023-05-15"),
    ]
    assert [len(a.body.split("\n")) for a in found] == [1, 1]


def test_what_frames_an_official_document_is_not_its_text(tmp_path: Path) -> None:
    text = """松桃苗族自治县水利局文件

松水发〔2024〕15号

松桃苗族自治县水利局关于做好防汛值守的通知

各乡镇人民政府：

为做好2024年防汛值守工作，现将有关事项通知如下。

一、落实责任

各乡镇要明确值守人员3名以上。

五、严格信息报送

各乡镇每日17时前报送水情。

松桃苗族自治县水利局
2024年4月19日

抄送：县委办公室，县人大常委会办公室，县政协办公室。
松桃苗族自治县水利局办公室　　2024年4月19日印发
"""
    (article,) = articles(tmp_path, text, "通知.txt")
    assert (article.number, article.issuer) == ("松水发〔2024〕15号", "松桃苗族自治县水利局")
    assert (article.source_line, article.published_on) == (None, "2024-04-19")
    assert article.body.split("\n")[0] == "各乡镇人民政府：" and article.body.endswith("2024年4月19日")
    assert "五、严格信息报送" in article.body and "抄送" not in article.body and "文件" not in article.body


def test_cases_with_the_same_inner_headings_are_as_many_articles(tmp_path: Path) -> None:
    case = "案例{n}　{place}：{name}\n\n{place}委社会工作部\n\n【背景】\n\n{place}有社区12个，居民反映停车难。\n\n"
    case += "【做法】\n\n{place}推动错时停车，新增车位{k}个。\n\n【成效】\n\n投诉下降{k}%，居民满意。\n\n"
    named = [
        ("一", "肇州县", "停车有了新办法"),
        ("二", "德保县", "楼下多了一排车位"),
        ("三", "多伦县", "错时停车不用愁"),
    ]
    text = "".join(case.format(n=n, place=place, name=name, k=20 + 7 * i) for i, (n, place, name) in enumerate(named))
    found = articles(tmp_path, text)
    assert [(a.title, a.column, a.source_line) for a in found] == [
        (f"{place}：{name}", None, f"{place}委社会工作部") for _, place, name in named
    ]
    assert all("【做法】" in a.body and "【成效】" in a.body for a in found)


def test_speeches_with_a_mark_and_a_signature(tmp_path: Path) -> None:
    speech = "# 交流材料之{n}\n\n## {title}\n\n{place}人民政府\n\n（2025年10月12日）\n\n尊敬的各位领导，同志们：\n\n"
    speech += "很高兴有机会汇报工作。今年以来，{place}办起驿站{k}个，服务骑手{k}00人次。\n\n"
    speech += "以上汇报，不妥之处，请批评指正。\n\n"
    told = [("一", "停得下 歇得好 走得安", "凤台县"), ("二", "把集体的家底晒在群众眼前", "方城县")]
    text = "".join(speech.format(n=n, title=title, place=place, k=12 + i) for i, (n, title, place) in enumerate(told))
    found = articles(tmp_path, text, "材料.md")
    assert [(a.title, a.source_line, a.published_on) for a in found] == [
        (title, f"{place}人民政府", "2025-10-12") for _, title, place in told
    ]


def test_an_abstract_is_a_note_and_an_attachment_no_article(tmp_path: Path) -> None:
    text = """# 少跑五趟路，早开一天业

【摘要】企业报装环节多。肥城市把四张表合成一张，群众少跑五趟。

一家刚落户肥城市的配件厂，从提交申请到通水通电只用了6个工作日。

附件：超期事项统计

附件

# 超期事项统计

城北街道4件，塘头镇3件。
"""
    (article,) = articles(tmp_path, text, "信息.md")
    assert article.note is not None and article.note.startswith("【摘要】企业报装环节多")
    assert article.body.startswith("一家刚落户") and article.body.endswith("城北街道4件，塘头镇3件。")


@pytest.mark.parametrize(
    ("credit", "source", "date"),
    [
        ("（开化县委社会工作部）\n2026年7月12日", "开化县委社会工作部", "2026-07-12"),
        ("来源：开化县委社会工作部\n2026年7月12日", "开化县委社会工作部", "2026-07-12"),
        ("（开化县民政局、县委社会工作部）", "开化县民政局、县委社会工作部", None),
    ],
)
def test_a_source_line_under_the_first_title_ends_nothing(
    tmp_path: Path, credit: str, source: str, date: str | None
) -> None:
    text = f"老人吃饭有了新去处\n{credit}\n开化县今年办起社区助餐点36个，老人少走了路。助餐点由社区管，饭菜每天公示。\n"
    (article,) = articles(tmp_path, text)
    assert (article.title, article.published_on) == ("老人吃饭有了新去处", date)
    assert article.source_line is not None and article.source_line.endswith(source)
    assert article.body.startswith("开化县今年")


@pytest.mark.parametrize(
    "credit",
    ["开化县人民政府办公室　　2026年7月12日", "开化日报讯　2026年7月12日", "开化县农业农村局编"],
)
def test_a_line_of_credits_is_no_second_line_of_the_title(tmp_path: Path, credit: str) -> None:
    text = f"开化县上半年重点民生工作情况\n{credit}\n今年全县改建农村户厕3600座，上半年完成2150座。其余年底前完成。\n"
    (article,) = articles(tmp_path, text)
    assert article.title == "开化县上半年重点民生工作情况"


def test_figures_by_township_are_no_titles(tmp_path: Path) -> None:
    rows = "城关街道：12个，3.4万人次\n华埠镇：9个，2.6万人次\n马金镇：7个，1.9万人次\n"
    head = "开化县驿站运行情况\n2026年7月12日\n截至7月底，全县建成驿站45个。\n各镇街分列如下：\n"
    text = f"{head}{rows}其他乡镇尚未设点。\n"
    (article,) = articles(tmp_path, text)
    assert "华埠镇：9个" in article.body


def paper(path: Path, lines: Sequence[tuple[str, int]]) -> Path:
    """A Word file of lines, each in its size."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    for text, size in lines:
        document.add_paragraph().add_run(text).font.size = Pt(size)
    document.save(str(path))
    return path


def test_a_notice_and_the_paper_that_it_encloses_are_one(tmp_path: Path) -> None:
    lines = (
        ("三塘县人民政府办公室关于印发《三塘县老年助餐实施方案》的通知", 22),
        ("各镇人民政府：", 16),
        ("《三塘县老年助餐实施方案》已经县政府同意，现印发给你们，请认真贯彻执行。", 16),
        ("三塘县人民政府办公室", 16),
        ("2026年4月11日", 16),
        ("三塘县老年助餐实施方案", 22),
        ("为解决老年人吃饭难问题，结合我县实际，制定本方案。", 16),
        ("一、工作目标", 16),
        ("到2026年底，全县建成老年食堂6个、幸福食堂58个，助餐服务覆盖三成村庄。", 16),
    )
    (article,) = read_file(paper(tmp_path / "通知.docx", lines)).articles
    assert article.title.endswith("的通知") and "三塘县老年助餐实施方案\n为解决" in article.body


def test_what_a_place_made_of_a_paper_is_no_part_of_the_notice_above(tmp_path: Path) -> None:
    lines = (
        ("三塘县人民政府办公室关于印发《新就业群体友好场景建设实施方案》的通知", 22),
        ("各镇人民政府：现将方案印发给你们，请结合实际，认真抓好落实，确保年底前取得实效。", 16),
        ("白水镇贯彻落实新就业群体友好场景建设实施方案", 22),
        ("近日，白水镇组织干部上门走访骑手，在路口建起驿站3个，群众都说好，骑手点赞多。", 16),
    )
    assert len(read_file(paper(tmp_path / "通报.docx", lines)).articles) == 2


def test_minutes_have_their_own_title_and_the_lines_of_their_form(tmp_path: Path) -> None:
    lines = (
        "三塘县人民政府专题会议纪要", "（第16次）", "", "三塘县人民政府办公室   2026年4月7日", "",
        "农村互助养老工作推进会会议纪要", "",
        "时    间：二〇二六年四月二日上午", "地    点：县政府第二会议室", "主 持 人：副县长 尹某",
        "参加人员：县委社会工作部石某、县民政局孙某、县农业农村局杨某、县财",
        "政局周某、县住建局郑某、三塘镇李某、白水镇贾某、青石镇关某某及其他",
        "记    录：赵某",
        "　　4月2日，副县长尹某主持召开推进会，专题研究互助大院建设有关事宜，形成",
        "如下意见。现纪要如下：",
        "　　一、关于建设规模。会议议定，今年在全县选取四十个行政村建设大院，其中",
        "新建12处、改建28处，每处覆盖老年人不少于八十人，四月底前报县政府备案。",
    )  # fmt: skip
    text = "\n".join(lines)
    (article,) = articles(tmp_path, text, "纪要.txt")
    assert article.title == "农村互助养老工作推进会会议纪要"
    assert "\n记    录：赵某\n4月2日，副县长" in article.body


def test_short_news_under_its_head_are_articles_though_text_stands_above(tmp_path: Path) -> None:
    news = "".join(
        f"▲{name}{what}\n3月{day}日，{name}{what}，{n}名群众参加，大家听得认真、问得仔细，都说这样的好事办到了心坎上，盼着常来。\n\n"
        for day, (name, what, n) in enumerate(
            (
                ("三塘镇", "办起田间夜校送技到地头", 120),
                ("白水镇", "举办志愿服务集市惠及群众", 230),
                ("全县", "社会工作人才培训班圆满结业", 96),
            ),
            5,
        )
    )
    first = "青石镇：驿站暖人心\n近日，青石镇建成驿站12个，群众都说好，骑手点赞多。\n（青石镇供稿）\n\n简 讯"
    text = f"{CONTENTS.split('目  录')[0]}\n{first}\n\n{news}"
    assert [a.title for a in articles(tmp_path, text)][-3:] == [
        "三塘镇办起田间夜校送技到地头",
        "白水镇举办志愿服务集市惠及群众",
        "全县社会工作人才培训班圆满结业",
    ]


def test_marks_of_notes_are_no_part_of_a_title(tmp_path: Path) -> None:
    (article,) = articles(
        tmp_path, "三塘县2025年统计公报[1]\n2025年，全县生产总值达到36.5亿元，增长5.1%。\n", "公报.txt"
    )
    assert article.title == "三塘县2025年统计公报"


def test_the_number_of_a_case_is_part_of_its_title(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, "基层治理典型案例①\n近日，三塘县建成驿站12个，群众都说好。\n", "案例.txt")
    assert article.title == "基层治理典型案例①"
