"""An editor's issues over one library: drafted, checked, written to files, brought back, and the ledger of them."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.issue import checked, compared, drafted, gathered, new_section, placed, told_before
from answer.issue_private import private
from answer.reference import Citing
from answer.say import name_of
from answer.units import credited
from api.exports import check_theme
from corpus.codec import encode
from corpus.digests import Digests, Entry, Issue, Saved
from corpus.errors import UsageError
from corpus.files import replacing
from corpus.labels import marking
from corpus.model import Article, Citation, Claim, Practice, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from answer.issue_back import Revision
    from answer.reference import Standard
    from api.library import Library

Json = dict[str, Any]

TEMPLATES = {"experience": "经验摘编", "brief": "工作简报", "comparison": "对比专报"}
_MASTHEADS = {"brief": "工作简报", "comparison": "对比专报"}
FORMS = {"clean": "清样", "proof": "校核稿"}
ENDINGS = (".docx", ".md", ".html")


def begin(
    library: Library, theme: str = "", places: Sequence[str] = (), title: str = "", template: str = "experience"
) -> Saved:
    """A new issue, drafted from a theme or empty.

    Raises:
        UsageError: the theme has no material, a place or the template is unknown.
    """
    if template not in TEMPLATES:
        raise UsageError(f"没有模板 {template!r}，可用：{'、'.join(TEMPLATES)}。")
    today = date.today().isoformat()
    if theme:
        made = (
            _compared(library, theme, places, today)
            if template == "comparison"
            else _drafted(library, theme, places, today, template)
        )
    else:
        made = Issue(f"{TEMPLATES[template]}（未命名）", dated=today, sections=(new_section("各地做法"),))
    made = replace(made, template=template, title=title or made.title, masthead=_MASTHEADS.get(template, ""))
    return _digests(library).add(uuid.uuid4().hex[:16], made)


def _drafted(library: Library, theme: str, places: Sequence[str], today: str, template: str) -> Issue:
    """Practices of a theme, place by place."""
    from answer.digest import compile_digest

    practices = library.catalogue.practices(library.scope(places or None))
    articles = {a.id: a for a in library.catalogue.articles({p.article for p in practices})}
    made = drafted(compile_digest(theme, _on_theme(library, theme, practices, articles), articles, today))
    made = replace(made, title=theme + TEMPLATES[template])
    check_theme(library, theme, bool(made.sections))
    return made


def _on_theme(
    library: Library, theme: str, practices: Sequence[Practice], articles: Mapping[str, Article]
) -> list[Practice]:
    """The practices of a theme of the list, or those whose words speak of a theme in words of one's own."""
    from answer.plan import read_question
    from api.wiring import sources
    from extract.practices import themes

    if theme in themes(library.overrides):
        return [practice for practice in practices if theme in practice.themes]
    wanted = read_question(theme, sources(library)).wanted

    def speaks(practice: Practice) -> bool:
        body = articles[practice.article].body
        told = practice.practice + "".join(span.of(body) for span in (*practice.measures, *practice.results))
        return bool(wanted) and all(term.within(told) for term in wanted)

    return [practice for practice in practices if speaks(practice)]


def _compared(library: Library, theme: str, places: Sequence[str], today: str) -> Issue:
    """What places say of a theme, aspect by aspect."""
    from answer.codebook import read_aspects
    from answer.matrix import compile_matrix
    from api.wiring import sources

    scope = library.scope(places or None)
    made = compared(compile_matrix(theme, sources(library), read_aspects(), scope.places), today)
    if not made.sections:
        raise UsageError(f"资料库里没有哪个地方写到“{theme}”。请换个说法，或先导入有关材料。")
    return made


def add_passages(
    library: Library, digest: str, passages: Sequence[tuple[str, Span]], *,
    heading: str = "", text: str = "", section: str = "",
) -> Saved:  # fmt: skip
    """Put passages of articles (id, body span) into an issue as one entry, in their words unless told others.

    It stands at the end of the ``section`` of that id, or else of its province's, or of the last.

    Raises:
        NotFound: there is no such issue or article.
        UsageError: a span holds no text of the body, or the issue is published.
    """
    found = [(library.article(article), span) for article, span in passages]
    for article, span in found:
        if not 0 <= span.start < span.end <= len(article.body) or not span.of(article.body).strip():
            raise UsageError("选中的内容不在正文里，请重新选择。")
    return _with_entries(library, digest, [gathered(found, heading, text)], section)


def add_claims(
    library: Library, digest: str, claims: Sequence[Claim], citations: Sequence[Citation], question: str,
    section: str = "",
) -> Saved:  # fmt: skip
    """Put claims of an answer into an issue, an entry a place, in the ``section`` of that id, or else by province.

    ``question`` heads what is of no place.

    Raises:
        NotFound: there is no such issue, article or place.
        UsageError: a quote is not the body's, or the issue is published.
    """
    from answer.issue_claims import stated

    articles = {each.article: library.article(each.article) for each in citations}
    for each in citations:
        if each.field == "body" and articles[each.article].body[each.start : each.end] != each.quote:
            raise UsageError("引文与原文不一致，也许材料已重新导入。请再问一次。")
    known = {each.n: each for each in citations}
    names = {c.place: name_of(library.gazetteer.place(c.place)) for c in claims if c.place} | {"": question}
    return _with_entries(library, digest, list(stated(claims, known, articles, names)), section)


def _with_entries(library: Library, digest: str, entries: Sequence[Entry], section: str) -> Saved:
    """Each entry in the section chosen, or that of its province, or else in the last."""
    saved = _digests(library).get(digest)
    issue = saved.issue
    for entry in entries:
        province = library.gazetteer.place(entry.place).path[0] if entry.place else ""
        issue = placed(issue, entry, province=province, section=section)
    return _digests(library).save(digest, issue, saved.version)


def offered_sources(library: Library, sentence: str, query: str, place: str | None) -> list[Json]:
    """Sentences of the library for an entry's sentence, those that carry it first."""
    from answer.issue_sources import offered
    from api.wiring import sources

    return [
        asdict(each.source)
        | _outline(each.article)
        | {"carries": each.carries, "unit": credited(each.article)}
        | {"adcode": each.article.place.adcode if each.article.place else None}
        for each in offered(sentence, query or sentence, place, sources(library))
    ]


def unverified(library: Library) -> list[tuple[Saved, int]]:
    """The issues not yet published that have sentences to be checked, with how many."""
    told = []
    for saved in _digests(library).all():
        if not saved.issue.published:
            issue, articles = _held(library, saved.issue), cited(library, saved.issue)
            n = sum(c.source is None or c.gone for entry in issue.entries for c in checked(entry, articles))
            told += [(saved, n)] if n else []
    return told


def shown(library: Library, saved: Saved) -> Json:
    """An issue with every sentence's mark, what it used before, and what is private."""
    issue = saved.issue
    articles = cited(library, issue)
    return {
        "id": saved.id, "version": saved.version, "changed_at": saved.changed_at, "issue": issue_json(issue),
        "checks": {entry.id: _checks(entry, articles) for entry in _held(library, issue).entries},
        "articles": {a.id: _outline(a) for a in articles.values()},
        "used": [encode(each) for each in told_before(issue, saved.id, _digests(library).published())],
        "private": [encode(each) for each in private(issue)],
        "characters": sum(len("".join(entry.text.split())) for entry in issue.entries),
        "marking": marking(flag for a in articles.values() for flag in a.flags),
    }  # fmt: skip


def write(library: Library, saved: Saved, out: Path, form: str = "clean", standard: Standard = "2025") -> None:
    """Write an issue to .docx (清样 or 校核稿), .md or .html; ``standard`` is the edition of GB/T 7714.

    Raises:
        UsageError: the ending or the form is unknown.
    """
    from answer.issue_docx import write_issue
    from answer.issue_text import html, markdown

    if out.suffix not in ENDINGS or form not in FORMS:
        raise UsageError(f"不支持的格式，可用：{'、'.join(ENDINGS)}；{'、'.join(FORMS)}。")
    articles, citing = cited(library, saved.issue), Citing(date.today().isoformat(), standard)
    marked = marking(flag for a in articles.values() for flag in a.flags)
    if out.suffix == ".docx":
        write_issue(_held(library, saved.issue), out, articles, marked, citing if form == "proof" else None)
        return
    text = (markdown if out.suffix == ".md" else html)(saved.issue, articles, marked, citing)
    with replacing(out) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")


def bring_back(library: Library, digest: str, file: Path) -> tuple[Saved, Revision]:
    """Take over what an edited .docx says otherwise; the issue as saved, and what came of it.

    Raises:
        NotFound: there is no such issue.
        UsageError: the file is none of ours.
    """
    from answer.issue_back import revised

    saved = _digests(library).get(digest)
    found = revised(saved.issue, file)
    return (saved if found.issue == saved.issue else _digests(library).save(digest, found.issue, saved.version)), found


def cited(library: Library, issue: Issue) -> dict[str, Article]:
    """The articles that an issue cites and the library still has."""
    return {a.id: a for a in library.catalogue.articles({s.article for entry in issue.entries for s in entry.sources})}


def _held(library: Library, issue: Issue) -> Issue:
    from answer.issue_claims import held
    from api.wiring import sources

    return held(issue, sources(library))


def issue_json(issue: Issue) -> Json:
    """An issue with every field, also the empty ones."""
    return asdict(issue)


def _checks(entry: Entry, articles: dict[str, Article]) -> list[Json]:
    return [
        {
            "start": each.span.start, "end": each.span.end, "gone": each.gone,
            "source": None if each.source is None else entry.sources.index(each.source),
            "near": None if each.near is None else entry.sources.index(each.near),
        }
        for each in checked(entry, articles)
    ]  # fmt: skip


def _outline(article: Article) -> Json:
    return {
        "title": article.title, "name": article.name, "published_on": article.published_on,
        "place": article.place.name if article.place else None,
    }  # fmt: skip


def _digests(library: Library) -> Digests:
    return Digests(library.catalogue.engine)
