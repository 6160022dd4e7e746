"""Two pages printed by Chromium: an article of an official account, and a weekly paper of three columns."""

from __future__ import annotations

import base64
import html
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.places import Gazetteer
from evals.layouts.chromium import print_html
from evals.layouts.model import Bulletin, Figure, Item, Part
from evals.layouts.phrases import sections
from evals.layouts.plain.look import Look, look_of
from evals.layouts.plain.office import image_of
from evals.layouts.plain.writing import Desk

_SERIF, _SANS, _KAI = '"Noto Serif CJK SC"', '"Noto Sans CJK SC"', '"AR PL UKai CN"'
_TAIL = ("喜欢此内容的人还喜欢", "预览时标签不可点", "微信扫一扫　关注该公众号", "分享　收藏　点赞　在看　写留言")


@dataclass(frozen=True, slots=True)
class _Post:
    """What stands around the article of an account."""

    account: str
    line: str
    stamp: str
    address: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def account(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """An article of an official account as a browser prints it, with address and time at the edges of the pages."""
    look = replace(
        look_of(rng, (1, 1), ("from", "from", "none")), heads=rng.choice([("bold",), ("numbered",), ("run-in",)])
    )
    desk = Desk(number, look, rng)
    item = desk.signed(_headed(desk.item("feature"), rng))
    place = Gazetteer.load().place(item.adcode or "").path
    pen = desk.pen
    pictures: tuple[Figure, ...] = (
        Figure(pen.fill(f"{desk.caption()}　{rng.choice(sections('works')['authors'])} 摄"), 0),
    )
    able = [i for i, part in enumerate(item.parts) if part.kind == "text"]
    pictures += (Figure(pen.fill("{p}{t}一角"), able[len(able) // 2]),)
    name = pen.fill(rng.choice(sections("works")["accounts"]))
    clock = f"{rng.randint(8, 21)}:{rng.randint(10, 59)}"
    line = f"{name}　{desk.printed} {clock}　{place[0].removesuffix('省').removesuffix('市')}"
    also = (*item.also, ("source_line", name), ("source_line", line))
    item = replace(item, figures=pictures, byline=line, also=also)
    post = _post(desk, name, line, clock, rng)
    furniture = (*post.before, *post.after, post.stamp, post.address, item.whole_title)
    bulletin = desk.bulletin(name, "", name, (item,), furniture)
    return bulletin, print_html(_account(bulletin, post, look, rng))


def _headed(item: Item, rng: random.Random) -> Item:
    """Headings counted 01, 02 in some issues."""
    if rng.random() < 0.5:
        return item
    count, parts = 0, []
    for part in item.parts:
        count += part.kind == "heading"
        text = part.text.partition("、")[2] or part.text
        parts.append(replace(part, text=f"{count:02}　{text}") if part.kind == "heading" else part)
    return replace(item, parts=tuple(parts))


def _post(desk: Desk, name: str, line: str, clock: str, rng: random.Random) -> _Post:
    authors = rng.sample(sections("works")["authors"], 3)
    after = [f"编辑：{authors[0]}　　审核：{authors[1]}　　监制：{authors[2]}", "（本文为虚构样例）"]
    if desk.look.listed:
        after += ["往期推荐", "这个周末，去田间看一场村晚", "一图读懂：社保卡换卡流程"]
    after += [f"阅读 {rng.randint(300, 9000)}", *rng.sample(_TAIL, 3)]
    before = rng.choice([("点击上方蓝字　关注我们",), (), (f"点击“{name}”关注，获取更多资讯",)])
    day = desk.day
    stamp = f"{day.year}/{day.month}/{day.day} {clock}"
    address = f"https://mp.example.cn/s/{rng.randbytes(9).hex()}"
    return _Post(name, line, stamp, address, before, tuple(after))


def _account(bulletin: Bulletin, post: _Post, look: Look, rng: random.Random) -> str:
    (item,) = bulletin.items
    size = rng.choice([11.5, 12.0, 12.75])
    colour = rng.choice(["#1e6bb8", "#c0392b", "#2e7d32"])
    heads = rng.choice([
        f"background: {colour}; color: #fff; display: inline-block; padding: 1pt 10pt",
        f"border-left: 4pt solid {colour}; padding-left: 8pt; color: {colour}",
        f"text-align: center; color: {colour}; border-bottom: 1pt solid {colour}",
    ])  # fmt: skip
    edge = "font: 8pt " + _SANS
    indent = "text-indent: 2em" if look.typed else ""
    css = (
        f'@page {{ size: A4; margin: 44pt 48pt; @top-left {{ content: "{post.stamp}"; {edge} }}'
        f' @top-center {{ content: "{item.whole_title}"; {edge} }} @bottom-left {{ content: "{post.address}"; {edge} }}'
        f' @bottom-right {{ content: counter(page) "/" counter(pages); {edge} }} }}'
        f"body {{ margin: 0; font: {size}pt/{rng.choice([1.75, 1.9, 1.6])} {_SANS}; color: #333;"
        f" letter-spacing: {rng.choice([0, 0.4, 0.8])}pt }} p {{ margin: 0 0 1.1em; text-align: justify; {indent} }}"
        f"h1 {{ font: 500 {size * 1.35:.1f}pt/1.4 {_SANS}; margin: 0 0 10pt; text-indent: 0 }}"
        f".meta {{ font-size: .85em; color: #888; margin-bottom: 18pt; text-indent: 0 }}"
        f".head {{ font-weight: 700; text-indent: 0; {heads}; break-after: avoid; margin: .4em 0 1em }}"
        f"b {{ color: {colour} }} .pic {{ break-inside: avoid; text-align: center; margin: 0 0 1.1em }}"
        ".pic img { width: 88%; display: block; margin: 0 auto 4pt } .pic span { font-size: .8em; color: #999 }"
        ".edge { text-align: center; font-size: .85em; color: #888; text-indent: 0; margin-bottom: .5em }"
        ".src { text-indent: 0; font-size: .95em }"
    )
    lines = [f'<p class="edge">{_e(text)}</p>' for text in post.before]
    lines += [f"<h1>{_e(item.whole_title)}</h1>"]
    lines += [f'<p style="text-indent: 0">——{_e(item.subtitle)}</p>'] if item.subtitle else []
    lines += [f'<p class="meta">{_e(post.line)}</p>', *_flow(item.parts, item.figures, 0)]
    if item.source_as_set:
        lines.append(f'<p class="src">{_e(item.source_as_set)}</p>')
    lines += [f'<p class="edge">{_e(text)}</p>' for text in post.after]
    return _document(css, "".join(lines))


def weekly(number: int, rng: random.Random) -> tuple[Bulletin, bytes]:
    """A weekly paper: a story that goes on on page 2, a frame of short news, rules between columns."""
    look = replace(look_of(rng, (3, 4), ("inline",)), heads=("bold", "numbered", "none", "joined"))
    desk = Desk(number, look, rng)
    lead = desk.item("feature")
    kicker = desk.kicker()
    lead = _kicked(lead, kicker) if kicker else lead
    author = rng.choice(sections("works")["authors"])
    forms = (("author", f"本报通讯员{author}"), ("author", f"通讯员{author}"), ("source_line", f"本报通讯员　{author}"))
    lead = replace(lead, byline=f"本报通讯员　{author}", author=author, also=(*lead.also, *forms))
    if rng.random() < 0.6:
        lead = replace(lead, figures=(Figure(f"{desk.caption()}。", 0),))
    if rng.random() < 0.6:
        boxed = (Part("box", "新闻链接"), Part("box", rng.choice(sections("works")["boxes"])))
        lead = replace(lead, parts=(*lead.parts, *boxed))
    reports = [_reported(desk, rng) for _ in range(3)]
    column = rng.choice(sections("works")["briefs"])
    briefs = [desk.signed(desk.item("brief", column)) for _ in range(look.count)]
    name, issue = rng.choice(sections("works")["papers"]), f"第{rng.randint(20, 400)}期"
    sponsor = f"{desk.home}融媒体中心"
    bulletin = desk.bulletin(
        name, issue, sponsor, (lead, *reports, *briefs),
        (f"{sponsor}主办", "内部资料　免费赠阅　虚构样例", "（下转第2版）", "（上接第1版）", f"{name}　{desk.printed}"),
    )  # fmt: skip
    return bulletin, print_html(_weekly(bulletin, rng))


def _kicked(item: Item, kicker: str) -> Item:
    title = item.whole_title
    also = (("title", f"{kicker}{title}"), ("subtitle", f"{kicker}{item.subtitle or ''}"))
    return replace(item, kicker=kicker, also=(*item.also, *also))


def _reported(desk: Desk, rng: random.Random) -> Item:
    """News that begin with who wrote them."""
    author = rng.choice(sections("works")["authors"])
    item = desk.item("report", news=f"本报讯（通讯员　{author}）")
    return replace(item, author=author, also=(*item.also, ("author", f"通讯员{author}")))


def _weekly(bulletin: Bulletin, rng: random.Random) -> str:
    lead, first, second, third, *briefs = bulletin.items
    size = round(rng.uniform(9.4, 10.4), 1)
    family = rng.choice([_SERIF, _SERIF, _SANS])
    boxed = [part for part in lead.parts if part.kind == "box"]
    here, there = _halves([part for part in lead.parts if part.kind != "box"], rng)
    align = rng.choice(["center", "left"])
    tail = "".join(f"<p>{_e(part.text)}</p>" for part in boxed)
    tail = f'<div class="tail">{tail}</div>' if tail else ""
    aside = "".join(map(_brief, briefs))
    top = (
        f'<div class="row"><article>{_headline(lead)}<div class="two">{"".join(_flow(here, lead.figures, 0))}'
        f'<p class="jump">（下转第2版）</p></div></article><div class="frame"><p class="bar">{briefs[0].column}</p>'
        f"{aside}</div></div>"
    )
    again = f'<p class="jump" style="text-align: left">（上接第1版）</p>{"".join(_flow(there, (), 1))}'
    beside = f'<div class="pair"><article>{_story(second, "")}</article><article>{_story(third, "two")}</article></div>'
    return _document(
        _paper_css(bulletin, size, family, align, rng),
        f'{_masthead(bulletin)}{top}<article class="under">{_story(first, "three")}</article>'
        f'<article class="later"><div class="three">{again}</div>{tail}</article>{beside}',
    )


def _paper_css(bulletin: Bulletin, size: float, family: str, align: str, rng: random.Random) -> str:
    edge = f"font: {size * 0.9:.1f}pt {_SANS}"
    rule = rng.choice([".5pt solid #777", ".75pt solid #000", ".5pt dashed #777"])
    gap = round(size * rng.uniform(1.8, 2.6), 1)
    return (
        f"@page {{ size: 228mm 305mm; margin: 44pt 40pt; @top-left {{ content: '第' counter(page) '版'; {edge} }}"
        f" @top-right {{ content: '{bulletin.name}　{bulletin.date}'; {edge} }} }}"
        "@page :first { @top-left { content: none } @top-right { content: none } }"
        f"body {{ margin: 0; font: {size}pt/1.62 {family} }} p {{ margin: 0; text-align: justify; text-indent: 2em }}"
        f".two {{ columns: 2; column-gap: {gap}pt; column-rule: {rule} }}"
        f".three {{ columns: 3; column-gap: {gap}pt; column-rule: {rule} }}"
        f".mast {{ display: flex; align-items: flex-end; border-bottom: 2pt solid #c00; margin-bottom: 10pt }}"
        f".mast h1 {{ font: 700 40pt/1.3 {_SERIF}; color: #c00; margin: 0 24pt 0 0; letter-spacing: 6pt }}"
        f".mast p {{ text-indent: 0; font-family: {_SANS} }}"
        f".row {{ display: grid; grid-template-columns: 2fr 1fr; gap: {gap * 1.2:.0f}pt; break-inside: avoid }}"
        f".pair {{ display: grid; grid-template-columns: 1fr 2fr; gap: {gap}pt; border-top: 1pt solid #000;"
        " margin-top: 12pt; padding-top: 8pt } .pair article + article { border-left: "
        + rule
        + "; padding-left: 10pt }"
        ".under { border-top: 1pt solid #000; margin-top: 12pt; padding-top: 8pt } .later { break-before: page }"
        ".frame { border: 1pt solid #000; padding: 6pt 8pt; align-self: start }"
        f".bar {{ font: 700 {size * 1.3:.1f}pt/1.8 {_SANS}; text-align: center; text-indent: 0; color: #c00;"
        " border-bottom: 1pt solid #c00 }"
        f"h2 {{ font: 700 {size * 2:.1f}pt/1.35 {_SANS}; margin: 2pt 0 6pt; text-align: {align} }}"
        f".row h2 {{ font-size: {size * 2.7:.1f}pt }}"
        f"h3 {{ font: 700 {size * 1.1:.1f}pt/1.5 {_SANS}; margin: 8pt 0 2pt }}"
        f".kick, .sub, .by {{ text-indent: 0; text-align: {align}; font-family: {_KAI} }} .kick {{ font-size: 1.4em }}"
        f".sub {{ font-size: 1.25em; margin-bottom: 4pt }} .by {{ margin-bottom: 6pt }} .on {{ text-indent: 0 }}"
        f".head {{ font: 700 1em {_SANS}; line-height: inherit; break-after: avoid }}"
        f".jump {{ text-align: right; text-indent: 0; font-family: {_KAI} }}"
        f".pic {{ break-inside: avoid; margin: 6pt 0; text-align: center; font: {size * 0.9:.1f}pt/1.4 {_KAI} }}"
        ".pic img { width: 100%; display: block }"
        f".tail {{ border: .75pt solid #000; padding: 5pt 8pt; margin-top: 8pt; font-family: {_KAI} }}"
    )


def _masthead(bulletin: Bulletin) -> str:
    return (
        f'<div class="mast"><h1>{_e(bulletin.name)}</h1><div><p>{bulletin.issue}　内部资料　免费赠阅　虚构样例</p>'
        f"<p>{bulletin.sponsor}主办　　{bulletin.date}</p></div></div>"
    )


def _headline(item: Item) -> str:
    lines = [f'<p class="kick">{_e(item.kicker)}</p>'] if item.kicker else []
    lines.append(f"<h2>{_e(item.whole_title)}</h2>")
    lines += [f'<p class="sub">——{_e(item.subtitle)}</p>'] if item.subtitle else []
    lines += [f'<p class="by">{_e(item.byline)}</p>'] if item.byline else []
    return "".join(lines)


def _story(item: Item, columns: str) -> str:
    return f'{_headline(item)}<div class="{columns}">{"".join(_flow(item.parts, item.figures, 0))}</div>'


def _brief(item: Item) -> str:
    text = item.parts[0].text + (item.source_as_set or "")
    return f"<h3>{_e(item.whole_title)}</h3><p>{_e(text)}</p>"


def _halves(parts: Sequence[Part], rng: random.Random) -> tuple[list[Part], list[Part]]:
    """A story broken off after a paragraph or one of its sentences; its first half is the longer one."""
    sizes = [len(part.text) for part in parts]
    at = next(i for i in range(len(parts)) if sum(sizes[: i + 1]) > 0.55 * sum(sizes))
    part = parts[at]
    ends = [i + 1 for i, c in enumerate(part.text[:-20]) if c in "。；" and i > max(20, part.run_in)]
    if part.kind != "text" or not ends:
        at = at if parts[at - 1].kind == "text" else at - 1
        return list(parts[:at]), list(parts[at:])
    cut = rng.choice(ends)
    first, rest = replace(part, text=part.text[:cut]), replace(part, text=part.text[cut:], run_in=0, level=2)
    return [*parts[:at], first], [rest, *parts[at + 1 :]]


def _flow(parts: Sequence[Part], figures: tuple[Figure, ...], start: int) -> list[str]:
    """Paragraphs with their pictures; a paragraph of level 2 was begun elsewhere."""
    shown = {figure.at: figure for figure in figures}
    lines = []
    for i, part in enumerate(parts):
        kind = "head" if part.kind == "heading" else "on" if part.level else ""
        begun, rest = part.text[: part.run_in], part.text[part.run_in :]
        lines.append(f'<p class="{kind}">{f"<b>{_e(begun)}</b>" if begun else ""}{_e(rest)}</p>')
        if i in shown and not start:
            lines.append(_picture(shown[i].caption))
    return lines


def _picture(caption: str) -> str:
    data = base64.b64encode(image_of(random.Random(caption))).decode()
    return f'<div class="pic"><img src="data:image/png;base64,{data}"><span>{_e(caption)}</span></div>'


def _document(css: str, body: str) -> str:
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{css}</style><body>{body}</body></html>'


def _e(text: str) -> str:
    return html.escape(text, quote=False)
