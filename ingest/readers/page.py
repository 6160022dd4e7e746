"""What a web page says about its article outside the text: title, column, source, date, and whose site it is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from itertools import pairwise, takewhile

from corpus.spacing import squeezed
from ingest.fields import is_organ
from ingest.readers.dom import BLOCKS, Node

_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
_PUBLISHED = re.compile(
    r"(?:发布|发表|成文|印发|更新|发文)(?:时间|日期)?\s*[:：]\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2})"
    r"|(?:^|[\n 　|｜])[【\[]?(?:访谈|播出)?(?:日期|时间)\s*[:：]\s*(\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2})"
)
_SCRIPTED = re.compile(r"""(?:\bct|createTime|create_time|oriCreateTime)\s*[=:]\s*['"]?(1[0-9]{9})['"]?""")
"""The time a WeChat article was published, in seconds, which only its script tells."""
_LABEL = r"(?:浏览|点击|阅读|访问|发布|发表|更新|作者|编辑|责任|责编|审核|字体|字号|打印|分享|时间|日期)"
_ORIGIN = re.compile(
    rf"((?:信息来源|文章来源|稿件来源|来源|供稿)\s*[:：丨|｜])\s*((?:(?!{_LABEL}[^\s]{{0,4}}[:：])[^\s|｜，。；【】]){{2,40}})"
)
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*(?:网|网站|门户|平台|政府|公众号)[^-_|—–]*$")
_HERE = re.compile(r"(?:当前|现在|所在|您的).{0,4}位置\s*[:：>]?\s*")
_STEP = re.compile(r"\s*(?:[>＞»›/\\|→]+|-{1,2}>?)\s*")
_TITLE_CLASS = re.compile(r"(?:tit|title|headline|(?<![a-z])bt|biaoti)$")
_SITE_ALONE = re.compile(r"[^-_|—–]{0,16}(?:网|网站|门户|平台|政府|在线)")
_CREDIT_LINE = re.compile(
    r"(?:(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*\d{1,2}:\d{2}.{0,6}来源|作者|来源|文章来源|信息来源|(?:发布|发表|更新|录入)?(?:时间|日期))\s*[:：]"
)
_META_DATES = ("pubdate", "publishdate", "publish_date", "publishtime", "publish_time", "article:published_time")
_DAY_ALONE = re.compile(
    r"(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:星期|周)[一二三四五六日天])?"
    r"(?:\s*[|｜]?\s*(?:来源|信息来源|作者)\s*[:：].{0,40}|\s*[|｜])?"
    r"|\S{2,16}\s+(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s+\d{1,2}:\d{2}(?:\s+(?:发表于\s*)?[一-鿿]{2,4})?"
)
"""A line that is a day alone, or that stands with an account, its hour and where it was sent."""
_WRITER = re.compile(r"(?:作者|撰稿|文字?)\s*[:：丨|｜/／]\s*([一-鿿·]{2,4}(?:[、 ][一-鿿·]{2,4}){0,3})")
_NUMBERED = re.compile(
    r"(?:发文字号|文\s*号|文件编号)\s*[】\]]?\s*[:：]?\s*([一-鿿]{1,12}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*\d{1,4}\s*号)"
)
_PATH = re.compile(r"(?:(?:网站)?首页\s*(?:>|＞|»|/|→)|[一-鿿]{2,16}(?:网|网站|门户)\s*[>＞»]\s*[一-鿿])")
_NO_COLUMN = re.compile(
    r"首页|主页|网站首页|正文|(?:查看|浏览|阅读)(?:信息|文章|内容)|(?:信息|文章|内容)(?:查看|浏览|阅读|显示)|详情|详细内容|内容|信息浏览|文章|返回|.*(?:网|网站|门户)"
)


def metadata(root: Node) -> dict[str, str]:
    """Names and contents of the page's meta elements, first of each name."""
    found: dict[str, str] = {}
    for node in root.walk():
        if node.tag == "meta" and node.attrs.get("content", "").strip():
            key = node.attrs.get("name") or node.attrs.get("property") or ""
            found.setdefault(key.lower(), " ".join(node.attrs["content"].split()))
    return found


def page_title(root: Node, meta: dict[str, str], container: Node) -> str | None:
    """The article's title: its own meta element, an element that the page's title begins with, or that title."""
    head = next((n.text for n in root.walk() if n.tag == "title" and n.text), "")
    if title := meta.get("articletitle"):
        return title
    inside = set(map(id, container.walk()))
    marked = [
        n
        for n in root.walk()
        if (n.tag in ("h1", "h2") or re.search(r"title|headline|activity-name", n.marks)) and 4 <= len(n.text) <= 120
    ]
    said = squeezed(head)
    for node in marked:
        if squeezed(node.text)[:12] in said:
            inner = (n for n in node.walk() if re.fullmatch("h[1-3]", n.tag) and squeezed(n.text)[:12] in said)
            return next((n.text for n in inner if len(n.text) >= 4), node.text)
    if repeated := _repeated(root, head):
        return repeated
    if _SITE_ALONE.fullmatch(head) and (over := _over_credits(root)):
        return over
    heads = [n.text for n in marked if n.tag == "h1" and id(n) not in inside]
    bare = _SITE.sub("", head).strip()
    column = page_column(root, meta, None)
    told = [part.strip() for part in re.split(r"[-_|—–]", head)]
    if len(bare) < 8 or all(t == column or _SITE_ALONE.fullmatch(t) for t in told if t):
        classed = {n.text for n in root.walk() if _TITLE_CLASS.search(n.marks.strip())}
        own = [{n.text for n in root.walk() if re.fullmatch("h[1-4]", n.tag)}, classed]
        named = [{text for text in texts if 8 <= len(text) <= 120} for texts in own]
        if title := next((texts.pop() for texts in named if len(texts) == 1), None) or _over_credits(root):
            return title
    return meta.get("og:title") or (heads[0] if len(heads) == 1 else None) or bare or head or None


def page_column(root: Node, meta: dict[str, str], title: str | None) -> str | None:
    """The column: its own meta element, or the last step of the path the page shows (当前位置：首页 > 工作动态)."""
    if column := meta.get("columnname"):
        return column
    for node in root.walk():
        text = node.text if node.tag in BLOCKS or node.tag in ("span", "b", "strong") else ""
        here = _HERE.search(text[:40])
        if len(text) > 160 or (here is None and not _PATH.match(text)):
            continue
        steps = [step.strip() for step in _STEP.split(text[here.end() if here else 0 :])]
        own = squeezed(title or "")
        named = [s for s in steps if 2 <= len(s) <= 20 and not _NO_COLUMN.fullmatch(s)]
        named = [s for s in named if not own.startswith(re.sub(r"\s|\.{3}|…", "", s))]
        if len(steps) > 1 and named:
            return named[-1]
    return None


def page_source(root: Node, meta: dict[str, str]) -> str | None:
    """The source line as the page prints it (来源：三塘县民政局), else the name its meta element gives.

    Bodies that stand side by side in it are listed: 来源：三塘县民政局、三塘县教育局.
    """
    return find_origin(_pieces(root)) or _listed(meta.get("contentsource", "")) or None


def find_origin(said: str) -> str | None:
    """The source that a text gives behind its label."""
    origin = _ORIGIN.search(said)
    if origin is None:
        return None
    rest = said[origin.end() :].partition("\n")[0]
    return squeezed(origin.group(1)) + _listed(f"{origin.group(2)} {rest}")


def _listed(names: str) -> str:
    """The first of names set apart by spaces, and the bodies right after it."""
    first, *others = names.split() or [""]
    return "、".join([first, *takewhile(is_organ, others)])


def page_date(root: Node, meta: dict[str, str]) -> str | None:
    """The day the page says its article was published."""
    if date := next((day for name in _META_DATES if (day := find_day(meta.get(name, "")))), None):
        return date
    if m := _PUBLISHED.search(_pieces(root)):
        return find_day(m.group(1) or m.group(2))
    if m := _SCRIPTED.search(_scripts(root)):
        return datetime.fromtimestamp(int(m.group(1)), timezone(timedelta(hours=8))).date().isoformat()
    marked = (
        n.text for n in root.walk() if re.search(r"publish_?time|pub_?(?:time|date)|post_?(?:time|date)", n.marks)
    )
    if day := next((day for text in marked if len(text) <= 30 and (day := find_day(text))), None):
        return day
    above = takewhile(lambda line: len(line) < 45, _pieces(root).split("\n"))
    return next((find_day(line) for line in above if _DAY_ALONE.fullmatch(line)), None)


def page_author(root: Node) -> str | None:
    """Who wrote the article by a line of its own (作者 | 张某), or beside the name of its account on WeChat."""
    if author := next((m[1] for line in _pieces(root).split("\n") if (m := _WRITER.fullmatch(line))), None):
        return author
    beside = (n.text for n in root.walk() if "rich_media_meta_text" in n.marks and not n.attrs.get("id"))
    names = (text for text in beside if re.fullmatch("(?!原创)[一-鿿·]{2,4}", text))
    return next((name for name in names if name != page_site(root, {})), None)


def page_number(root: Node) -> str | None:
    """The number of the document the page shows, behind its label (【发文字号】三政办发〔2026〕2号)."""
    m = _NUMBERED.search(_pieces(root))
    return squeezed(m[1]) if m else None


def page_subtitle(root: Node, title: str | None) -> str | None:
    """The line with a dash right below the title, or the heading of a lower rank beside it."""
    said = squeezed(title or "")
    if not said:
        return None
    for node in root.walk():
        for a, b in pairwise(child for child in node.children if isinstance(child, Node)):
            ranks = re.fullmatch("h[1-3]", a.tag) and re.fullmatch("h[2-6]", b.tag) and a.tag < b.tag
            if ranks and squeezed(a.text) == said and 6 <= len(b.text) <= 60:
                return b.text
    for line, below in pairwise(_pieces(root).split("\n")):
        if squeezed(line) == said and re.match(r"[—―]+\S.{3,60}$", below):
            return below
    return None


def page_site(root: Node, meta: dict[str, str]) -> str | None:
    """Whose site or account the page is on."""
    account = next((n.text for n in root.walk() if n.attrs.get("id") == "js_name" and n.text), None)
    head = next((n.text for n in root.walk() if n.tag == "title" and n.text), "")
    tail = re.split(r"[-_|—–]", head)
    return account or meta.get("sitename") or (tail[-1].strip() if len(tail) > 1 else None)


def find_day(text: str) -> str | None:
    """The first full date in a text."""
    m = _DATE.search(text)
    return f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}" if m else None


def _repeated(root: Node, head: str) -> str | None:
    """The longest element that the page's title begins with before the name of the site, or ends with after it."""
    found = ""
    for node in root.walk():
        text = node.text if node.tag in BLOCKS else ""
        if 6 <= len(text) < len(head) and len(text) > len(found):
            after = head.startswith(text) and re.match(r"\s*[-_|—–]", head[len(text) :])
            if after or (head.endswith(text) and re.search(r"[-_|—–]\s*$", head[: -len(text)])):
                found = text
    return found or None


def _over_credits(root: Node) -> str | None:
    """The line right over the one that tells an article's writer, source and day, as old sites set its title."""
    lines = _pieces(root).split("\n")
    below = next((i for i, line in enumerate(lines) if _CREDIT_LINE.match(line)), 0)
    over = lines[below - 1] if below else ""
    return over if 6 <= len(over) <= 80 and not re.search("[>＞»:：]$|位置", over) else None


def _scripts(root: Node) -> str:
    return "\n".join(c.text for n in root.walk() if n.tag == "script" for c in n.children if not isinstance(c, Node))


def _pieces(root: Node) -> str:
    """The texts of the page's elements, one a line: neighbours of one line are not taken for one word."""
    return "\n".join(" ".join(t.text.split()) for t in root.texts() if t.text.strip())
