"""What a named practice, method or rule is: its members, or the sentences that tell it from its name on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.compose import Composition
from answer.narrated import lookup, name_with_body
from answer.say import excerpt, marked_plan, name_of, of_whom
from answer.words import terms
from corpus.catalogue import Scope
from corpus.model import Article, Claim, Practice, Span
from extract.sentences import sentences

_DEFINING = re.compile(r"(?<=”)，?是|是指|指的是|即|包括|主要指|就是|内容为|分为|主要是(?=[：:])|简称|概括为")
_LISTING = re.compile(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十][步是，、]|[（(]?[1-9一二三四五六七八][)）.、]|首先|其次|最后|再由?|(?<![一-鿿])[一二三四五六七八九][一-鿿]{1,4}(?=，)"
)
_LISTED = re.compile(r"[^，。、]{1,8}(?:、[^，。、]{1,8}){2,}")
"""Three or more things in a row."""
_COUNT = re.compile("[一二两三四五六七八九十百]+[一-鿿]")
_QUOTED_COUNT = re.compile(f"\\s*“{_COUNT.pattern}[一-鿿]{{0,2}}”")
_PARTS = re.compile(r"哪[一二三四五六七八九十几些][步项个种大条]?|指哪|包括|具体|分别")
"""Words of a question that asks for the parts of something, not only what it is."""
_WITHIN = re.compile("[”」](?:中|里|里面|当中)的?[“「](?P<name>[^”」]+)[”」]")
"""What is asked of something within another thing (“银龄餐桌”里的“厨分”)."""
_NUMBER = re.compile(r"\d+[万亿]")
"""A number of a name, which its parts tell again (三个1亿人)."""
_LONGEST = 280
"""Characters of a definition."""
_SHORTEST_NAME = 3
_LIST_OPENS = re.compile("[：:](?P<verb>[一-鿿]{2})")
_VERB = 2
"""Characters in which the lines of a list begin alike (加强…，加强…)."""


def define(made: Composition) -> bool:
    """What a named practice or term is; a question for its parts is not answered by its mere mention."""
    name = name_asked(made)
    scope = made.sources.scope(made.question.places)
    held = made.holding(definitions(made, name, scope))
    for claim in held:
        made.say(claim.text + "。", claim)
    return bool(held) or (not (name and _PARTS.search(made.question.text)) and lookup(made))


def definitions(made: Composition, name: str, scope: Scope) -> list[Claim]:
    """Claims that tell what a name is in a scope: a practice with its members, else the most telling sentences."""
    told = [c for p in practices_named(made, name, scope) for c in practice_claims(made, p)]
    if told or not name:
        return told
    return [c for _, c in sorted(_told_from(made, name, scope), key=lambda t: -t[0])][:2]


def name_asked(made: Composition) -> str:
    """The name a question is about: what it has in quotation marks, or its longest run that the library has."""
    quoted = [t.word for t in made.question.wanted if t.name]
    within = _WITHIN.search(made.question.text)
    if quoted:
        return next((name for name in quoted if within and name in within["name"]), quoted[0])
    core = re.sub(r"[^一-鿿\dA-Za-z+]", " ", made.question.core).strip()
    for length in range(min(len(core), 16), _SHORTEST_NAME - 1, -1):
        for start in range(len(core) - length + 1):
            run = core[start : start + length]
            if " " not in run and made.sources.frequency([run]) and made.sources.catalogue.articles_with([run]):
                return run
    return ""


def practices_named(made: Composition, name: str, scope: Scope) -> list[Practice]:
    """The practices of a scope with members, of that name or named in the question."""
    asked = re.sub(r"[“”\"'「」]", "", made.question.text)
    articles = made.sources.catalogue.articles_with([name], scope) if name else None
    return [
        p for p in made.sources.catalogue.practices(scope, articles=articles)
        if len(p.members) > 1 and len(p.practice) > 2 and p.practice in asked
    ][:2]  # fmt: skip


def practice_claims(made: Composition, practice: Practice) -> list[Claim]:
    """A practice's members, and its first measure where that says more."""
    article = made.citations.article(practice.article)
    whole = Span(practice.members[0].span.start, practice.members[-1].span.end)
    name = name_with_body(made, article, whole)
    place = practice.place.adcode if practice.place else None
    sentence = next((s for s in sentences(article.body) if s.start <= whole.start < s.end), whole)
    cited = made.citations.span(article, Span(min(sentence.start, whole.start), max(sentence.end, whole.end)))
    text = f"{name}的“{practice.practice}”：{'、'.join(m.text for m in practice.members)}"
    claims = [made.claim(text, place, [cited])]
    for span in practice.measures[:1]:
        if not span.overlaps(whole):
            said = excerpt(span.of(article.body), terms(practice.practice))
            said = marked_plan(said, made.sources.facts_in(article.id, span))
            claims.append(made.claim(f"{name}：{said}", place, [made.citations.span(article, span)]))
    return claims


def _told_from(made: Composition, name: str, scope: Scope) -> Iterator[tuple[int, Claim]]:
    """The sentences of each article from the one with the name on, as far as they define, the most telling first."""
    for article in made.sources.catalogue.articles(made.sources.catalogue.articles_with([name], scope)):
        spans = sentences(article.body) if article.stands else []
        told = 0
        for at, span in enumerate(spans):
            if span.start >= told and _is_named(name, span.of(article.body)):
                headed = at + 1 < len(spans) and _leads_on(article, span)
                run, parts = _run_from(article, spans[at + 1] if headed else span, "" if headed else name)
                told = run.end
                text = run.of(article.body).rstrip("。；，")
                claim = made.claim(
                    of_whom(name_of(article.place), marked_plan(text, made.sources.facts_in(article.id, run))),
                    article.place.adcode if article.place else None, [made.citations.span(article, run)],
                )  # fmt: skip
                if parts or not _PARTS.search(made.question.text):
                    yield parts, claim


def _leads_on(article: Article, span: Span) -> bool:
    """Whether a sentence with a name is a heading or a question, which what follows it explains."""
    asks = span.of(article.body).rstrip().endswith(("？", "?"))
    return asks or any(h.span.start <= span.start < h.span.end for h in article.headings)


def _is_named(name: str, text: str) -> bool:
    """Whether a sentence has a name, or begins with the first of the counts that make it up (“一核”，就是……)."""
    counts = _COUNT.findall(name)
    first = "".join(counts) == name and len(counts) > 1 and text.lstrip().startswith(f"“{counts[0]}”")
    return first or name in re.sub(r"[“”‘’]", "", text)


def _run_from(article: Article, span: Span, name: str) -> tuple[Span, int]:
    """The sentence, and those behind it while they list parts; how many parts or words of defining there are."""
    end, parts = span.end, _parts(span.of(article.body), name)
    opened = _LIST_OPENS.search(span.of(article.body))
    first = opened["verb"] if opened else ""
    for following in sentences(article.body, Span(span.end, len(article.body))):
        text = following.of(article.body)
        if any(h.span.start <= following.start and following.end <= h.span.end for h in article.headings):
            break
        if following.end - span.start > _LONGEST or not (
            _LISTING.search(text) or _QUOTED_COUNT.match(text) or _open(article.body[span.start : end])
            or (first and text.lstrip().startswith(first))
        ):  # fmt: skip
            break
        first = first or text.strip()[:_VERB]
        end, parts = following.end, parts + _parts(text)
    return Span(span.start, end), parts


def _parts(text: str, name: str = "") -> int:
    """How many parts or words of defining a text has, its list before or behind the name counted twice."""
    plain = re.sub(r"[“”‘’]", "", text)
    at = plain.find(name) if name else 0
    listed = _LISTED.search(plain[max(0, at - 30) : at]) or _LISTED.match(plain[at + len(name) :]) if name else None
    number = _NUMBER.search(name)
    again = plain[at + len(name) :].count(number[0]) > 1 if number else False
    return len(_LISTING.findall(text)) + len(_DEFINING.findall(text)) + (2 if listed or again else 0)


def _open(text: str) -> bool:
    """Whether a text ends within a quotation or before a list."""
    return text.count("“") > text.count("”") or text.rstrip().endswith(("：", ":"))
