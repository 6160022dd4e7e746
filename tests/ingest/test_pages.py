"""Web pages of unknown sites: path, date line, foot and neighbours left behind, column and source read from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Article
from ingest.read import read_file

SITE = """<html><head><meta charset="utf-8"><title>{title}_{site}</title></head><body>
<div class="top"><a>{site}</a><a>登录</a></div><ul><li><a>首页</a></li><li><a>政务公开</a></li></ul>
<div class="wz">{path}</div><div class="main"><div class="bt">{title}</div>
<div class="xx"><span>发布日期：2026-06-23 10:21</span><span>来源：{source}</span><span>浏览次数：<i>318</i>次</span>
<span>字体：【<a>大</a> <a>小</a>】</span></div><div class="nr">{body}<p>（作者：某某　编辑：某某）</p></div>
<div class="pn"><p>上一篇：<a>某县召开防汛工作会议</a></p></div>
<h3>相关文章</h3><ul><li><a>某地办文艺汇演</a><span>2026-01-02</span></li></ul></div>
<div class="di"><p>主办单位：{site}　地址：幸福路1号</p><p>网站标识码：0000000001 ICP备00000000号</p></div>
</body></html>"""
BODY = "<p>莎车县举办招聘会，设置展位86个。</p><p>会后又有12家企业前来登记用工需求。</p>"


def page(folder: Path, **parts: str) -> Article:
    path = folder / "页.html"
    said = {"site": "莎车县人民政府网", "source": "莎车县融媒体中心", "path": "", "body": BODY, **parts}
    path.write_text(SITE.format(**said), encoding="utf-8")
    (article,) = read_file(path).articles
    return article


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>工作动态</a>", "工作动态"),
        ("您所在的位置：首页&nbsp;&gt;&gt;&nbsp;典型案例&nbsp;&gt;&gt;&nbsp;正文", "典型案例"),
        ("您现在的位置：首页 / 党建园地 / 经验做法", "经验做法"),
        ("首页 » 图片新闻 » 莎车县办起招聘会", "图片新闻"),
        ("", None),
    ],
)
def test_column_from_the_path(tmp_path: Path, path: str, column: str | None) -> None:
    assert page(tmp_path, title="莎车县办起招聘会", path=path).column == column


def test_only_the_text_of_a_short_article_is_left(tmp_path: Path) -> None:
    article = page(tmp_path, title="莎车县办起招聘会", path="当前位置：首页 &gt; 工作动态")
    assert article.body.split("\n") == ["莎车县举办招聘会，设置展位86个。", "会后又有12家企业前来登记用工需求。"]
    assert (article.title, article.source_line) == ("莎车县办起招聘会", "来源：莎车县融媒体中心")
    assert (article.published_on, article.kind) == ("2026-06-23", "news")


def test_a_heading_of_lower_rank_beside_the_title_is_its_subtitle(tmp_path: Path) -> None:
    heads = "<section class='headline'><h2>莎车县办起招聘会</h2><h5>莎车县服务用工企业纪实</h5></section>"
    path = tmp_path / "站.html"
    path.write_text(
        f"<html><head><title>莎车县办起招聘会-莎车县人民政府</title></head><body><article>{heads}{BODY}</article></body></html>",
        encoding="utf-8",
    )
    (article,) = read_file(path).articles
    assert (article.title, article.subtitle) == ("莎车县办起招聘会", "莎车县服务用工企业纪实")
    assert article.body.startswith("莎车县举办招聘会")


def test_every_body_of_a_source_line_is_kept(tmp_path: Path) -> None:
    article = page(tmp_path, title="夜校开课须知", source="莎车县民政局  莎车县教育局 发布者：某某")
    assert (article.source_line, article.issuer) == ("来源：莎车县民政局、莎车县教育局", "莎车县民政局、莎车县教育局")


def test_account_settles_a_homonym(tmp_path: Path) -> None:
    path = tmp_path / "微信.html"
    text = (
        '<html><head><meta property="og:title" content="普陀区曹杨新村街道：骑手食堂上新"></head><body>'
        '<h1 id="activity-name">普陀区曹杨新村街道：骑手食堂上新</h1><a id="js_name">上海普陀社工</a>'
        '<em id="publish_time">2026年4月16日 18:30</em><div id="js_content" style="visibility: hidden">'
        "<p>中午十二点半，骑手食堂里热气腾腾，骑手们排队打饭。</p><p>图片</p><p>编辑丨某某</p>"
        "<p>来源丨曹杨新村街道</p></div></body></html>"
    )
    path.write_text(text, encoding="utf-8")
    (article,) = read_file(path).articles
    assert article.place is not None
    assert (article.place.adcode, article.place.detail) == ("310107", "曹杨新村街道")
    assert (article.published_on, article.source_line) == ("2026-04-16", "来源丨曹杨新村街道")
    assert article.body == "中午十二点半，骑手食堂里热气腾腾，骑手们排队打饭。"


def saved(folder: Path, html: str) -> Article:
    """The article of a page as it was saved."""
    path = folder / "页.html"
    path.write_text(f'<meta charset="utf-8">{html}', encoding="utf-8")
    (article,) = read_file(path).articles
    return article


def test_an_old_site_has_its_title_over_the_line_of_credits(tmp_path: Path) -> None:
    article = saved(
        tmp_path,
        "<title>隆回先锋网</title><table><tr><td>您的位置：首页 &gt; 基层党建 &gt; 查看信息</td></tr><tr><td>"
        "<font size=5><b>隆回县：红袖章守护平安</b></font></td></tr><tr><td>作者：陈兴旺　文章来源：三阁司镇党委　"
        f"点击数：　更新时间：2025/3/21 16:20:05</td></tr><tr><td>{BODY}</td></tr>"
        "<tr><td>文章录入：admin　责任编辑：admin</td></tr><tr><td>【发表评论】【关闭窗口】</td></tr></table>",
    )
    assert (article.title, article.column, article.published_on) == ("隆回县：红袖章守护平安", "基层党建", "2025-03-21")
    assert article.source_line == "文章来源：三阁司镇党委" and article.body.count("\n") == 1


def test_a_page_of_a_digital_paper(tmp_path: Path) -> None:
    article = saved(
        tmp_path,
        "<title>百色日报数字报-一支银发宣讲队的足迹</title><div>返回目录</div><div>2025年10月14日 星期二</div>"
        "<div><h3>一支银发宣讲队的足迹</h3><h4>——德峨镇基层宣讲见闻</h4></div><div>本报记者　罗海燕</div>" + BODY,
    )
    assert (article.title, article.subtitle) == ("一支银发宣讲队的足迹", "德峨镇基层宣讲见闻")
    assert article.published_on == "2025-10-14"


def test_a_talk_is_titled_by_its_own_line_and_not_by_the_column(tmp_path: Path) -> None:
    article = saved(
        tmp_path,
        "<title>在线访谈--衡阳县人民政府</title><div>登录|注册</div>"
        "<div>您所在的位置：首页 &gt; 互动交流 &gt; 在线访谈</div>"
        '<div class="xl_title">部长做客热线谈物业治理</div>'
        "<div>访谈时间：2025年10月30日 10:00　来源：衡阳县融媒体中心</div>" + BODY,
    )
    assert (article.title, article.column, article.published_on) == ("部长做客热线谈物业治理", "在线访谈", "2025-10-30")
    assert article.body.count("\n") == 1


def test_what_an_account_puts_around_its_post_is_left_out(tmp_path: Path) -> None:
    article = saved(
        tmp_path,
        '<h1 class="rich_media_title">社区食堂排长队</h1><em>2025-06-11 09:30</em><div id="js_content">'
        "<p>↑点击蓝字，关注我们</p><p>●●●</p><p>以下文章来源于武冈社工 ，作者小武</p>"
        "<section>01</section><p>一张餐桌暖人心</p>"
        f'{BODY}<p><img src="a.jpg"></p><p style="text-align:center;font-size:12px;color:#999">老人们在用餐</p>'
        "<section>02</section><p>一支队伍聚真情</p><p>驿站每天供餐420余人次，老人们都说好。</p><p>— END —</p>"
        "<p>来源 | 武冈社工</p><p>作者 | 向前进</p><p>初审：王强｜复审：周丽</p><p>往期推荐</p><p>骑手变哨兵</p></div>",
    )
    assert [c.text for c in article.captions] == ["老人们在用餐"]
    assert article.body.split("\n")[0] == "一张餐桌暖人心" and article.body.endswith("老人们都说好。")
    assert "01" not in article.body and (article.author, article.published_on) == ("向前进", "2025-06-11")
    assert article.source_line == "来源|武冈社工"


def test_the_number_and_the_path_of_a_gazette(tmp_path: Path) -> None:
    title = "陵水县人民政府办公室关于成立工作专班的通知"
    article = saved(
        tmp_path,
        f"<title>{title}-陵水县人民政府</title><div>陵水县政府网 &gt; 政府公报</div>"
        f"<p>【发文字号】陵府办函〔2025〕88号</p><h2>{title}</h2><div><p>各乡镇人民政府：</p>{BODY}</div>",
    )
    assert (article.title, article.number, article.column) == (title, "陵府办函〔2025〕88号", "政府公报")


def test_the_number_of_a_document_above_its_title_in_the_text(tmp_path: Path) -> None:
    title = "陵水县人民政府办公室关于成立工作专班的通知"
    article = saved(
        tmp_path,
        f"<title>{title}-陵水县人民政府</title><h1>{title}</h1>"
        f"<div class='content'><p>　　<span>陵府办规〔2025〕8号</span></p>"
        f"<p><strong>{title}</strong></p><p>各乡镇人民政府：</p>{BODY}</div>",
    )
    assert (article.title, article.number) == (title, "陵府办规〔2025〕8号")
    assert article.body.startswith("各乡镇人民政府：")
