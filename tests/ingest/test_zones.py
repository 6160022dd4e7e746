"""Pages of newspapers (虚构) that rules, frames and white space part into articles."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from corpus.model import Article
from ingest.read import read_file
from ingest.readers.glyphs import Glyph
from ingest.readers.rules import Rules
from ingest.readers.zones import zones

SIZE, LEAD = 11.0, 17.0
TEXTS = {
    name: f"本报讯（记者 金某）{name}{said}"
    for name, said in (
        (
            "渭源县",
            "把说事会开到百草园里，药农坐在田埂上商量分水、修路和晾晒的事情，半年里议定四十一件，件件有人管。" * 4,
        ),
        ("临洮县", "在花乡办起夜校，白天采花的妇女晚上学算账、学直播，三个月里有二百一十六人结业，花价也卖高了。" * 4),
        ("漳县", "请来老盐工在古镇的茶馆里讲盐井的往事，讲完再说邻里的理，讲着讲着多年的疙瘩就解开了好几个。" * 4),
    )
}


class Sheet:
    """A page of 780 by 1000 points; heights are told from its top."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
        from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.out = BytesIO()
        self.canvas = canvas.Canvas(self.out, pagesize=(780, 1000))
        self.line(40, 60, 740, 60)
        self.say(40, 50, SIZE, "陇中乡村报")
        self.say(560, 50, SIZE, "2025年11月18日 星期二 第3版")

    def say(self, x: float, y: float, size: float, text: str) -> None:
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, 1000 - y, text)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.canvas.line(x1, 1000 - y1, x2, 1000 - y2)

    def set(self, text: str, x: float, y: float, characters: int, columns: int, gap: float = 22.0) -> float:
        """Set a text in columns side by side; the height they end at."""
        whole = "　　" + text
        rows = [whole[i : i + characters] for i in range(0, len(whole), characters)]
        deep = -(-len(rows) // columns)
        for i, row in enumerate(rows):
            column, line = divmod(i, deep)
            self.say(x + column * (characters * SIZE + gap), y + LEAD * line, SIZE, row)
        return y + LEAD * (deep - 1)

    def articles(self, tmp_path: Path) -> list[Article]:
        self.canvas.save()
        path = tmp_path / "报纸.pdf"
        path.write_bytes(self.out.getvalue())
        return list(read_file(path).articles)


def told(found: list[Article]) -> dict[str, str]:
    return {article.title: article.body.replace(" ", "") for article in found}


EXPECTED = {f"{name}：田边有座议事亭": text.replace(" ", "") for name, text in TEXTS.items()}


def test_zones_beside_each_other_below_one_over_columns_with_rules(tmp_path: Path) -> None:
    sheet = Sheet()
    first, second, third = TEXTS
    sheet.say(240, 100, 26, f"{first}：田边有座议事亭")
    end = sheet.set(TEXTS[first], 40, 130, 20, 3)
    for n in (1, 2):
        sheet.line(40 + n * 242 - 11, 118, 40 + n * 242 - 11, end + 4)
    sheet.line(40, end + 16, 740, end + 16)
    for x, name in ((40, second), (404, third)):
        sheet.say(x + 20, end + 50, 20, f"{name}：田边有座议事亭")
        sheet.set(TEXTS[name], x, end + 80, 14, 2)
    sheet.line(390, end + 16, 390, end + 80 + LEAD * 9)
    assert told(sheet.articles(tmp_path)) == EXPECTED


def test_a_frame_in_the_corner_is_an_article_of_its_own(tmp_path: Path) -> None:
    sheet = Sheet()
    first, second, third = TEXTS
    sheet.say(240, 100, 26, f"{first}：田边有座议事亭")
    end = sheet.set(TEXTS[first], 40, 130, 14, 4)
    sheet.say(60, end + 60, 22, f"{second}：田边有座议事亭")
    sheet.set(TEXTS[second], 40, end + 90, 18, 2)
    left, top = 500.0, end + 40
    sheet.say(left + 10, top + 30, 16, f"{third}：田边有座议事亭")
    bottom = sheet.set(TEXTS[third], left + 10, top + 60, 18, 1) + 10
    for x1, y1, x2, y2 in ((0, top, 0, bottom), (230, top, 230, bottom), (0, top, 230, top), (0, bottom, 230, bottom)):
        sheet.line(left + x1, y1, left + x2, y2)
    assert told(sheet.articles(tmp_path)) == EXPECTED


def test_a_frame_within_a_column_stays_in_its_article(tmp_path: Path) -> None:
    sheet = Sheet()
    first, second, _ = TEXTS
    sheet.say(240, 100, 26, f"{first}：田边有座议事亭")
    text = TEXTS[first] + TEXTS[second].partition("）")[2]
    whole = "　　" + text
    rows = [whole[i : i + 28] for i in range(0, len(whole), 28)]
    half = len(rows) // 2
    for i, row in enumerate(rows):
        column = int(i >= half)
        sheet.say(40 + column * 340, 130 + LEAD * (i - half * column), SIZE, row)
    y = 130 + LEAD * (len(rows) - half)
    sheet.say(390, y + 10, SIZE, "相关链接")
    sheet.say(390, y + 27, SIZE, "议事亭由村里的旧粮站改成，可以坐四十个人。")
    for x1, y1, x2, y2 in (
        (380, y - 6, 380, y + 34),
        (690, y - 6, 690, y + 34),
        (380, y - 6, 690, y - 6),
        (380, y + 34, 690, y + 34),
    ):
        sheet.line(x1, y1, x2, y2)
    (found,) = sheet.articles(tmp_path)
    assert text.replace(" ", "") in found.body.replace(" ", "")


def _row(left: float, base: float, size: float, amount: int) -> list[Glyph]:
    at = (left + size * i for i in range(amount))
    return [Glyph("字", x, base - 0.8 * size, x + size, base + 0.2 * size, size, 1, base, False) for x in at]


def _two_columns(articles: int) -> tuple[list[Glyph], Rules]:
    """So many short articles with a title over each, right of an upright rule, and text left of it."""
    page = [g for k in range(3 * articles) for g in _row(0, 20.0 * k, 10, 12)]
    for k in range(articles):
        page += _row(200, 60.0 * k, 16, 5) + _row(200, 60.0 * k + 20, 10, 12)
    return page, Rules([], [(160.0, 0, 60.0 * articles)])


def test_a_page_of_very_many_zones_is_cut_in_one_pass() -> None:
    page, rules = _two_columns(1200)
    assert len(zones(page, rules, 10.0)) == 1201


def test_a_page_of_very_many_level_rules_is_a_drawing() -> None:
    page, rules = _two_columns(4)
    assert len(zones(page, rules, 10.0)) == 5
    rules.level = [(10.0 * k, 0, 8) for k in range(400)]
    assert zones(page, rules, 10.0) == [page]
