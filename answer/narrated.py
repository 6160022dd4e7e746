"""Answers from sentences: how something is done, which places do it, comparisons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.compose import Composition, Row
from answer.match import ends_early, in_time, of_part_only
from answer.say import OWN_LEVELS, excerpt, marked_plan, name_of, of_whom
from answer.speaking import FoundSentence, by_part, find_sentences, qualifying, speaking, without_put_aside
from answer.telling import telling, telling_beside
from answer.words import covered
from corpus.model import Article, Claim, Derivation, Span
from extract.actions import action_class, is_action
from extract.measures import dimension
from extract.nouns import noun_after
from extract.period import find_period, period_spans
from extract.quantities import scan
from extract.sentences import sentences
from extract.status import says_planned
from extract.tokens import plain_tokens

NONE = re.compile(r"下一?步|还将|尚未|还没|没有|暂无|尚无|未(?:建|设|统计|开展|组建|启动)|筹建|选址")
_NONE_YET = re.compile(NONE.pattern.removeprefix("下一?步|还将|"))
"""Of a figure asked for, what is still to come says nothing."""
_SAYS_NONE = 0.45
_NUMBER_IN_WORDS = 0.48
"""The fit of a sentence with a number that answers a question for one."""
_MEASURE = re.compile("推行|实行|联合|依托|健全|完善|创新|统筹|签订|聘请|招募|落实")
_ENDED = re.compile("[，。；、：”）)]|$|[和与及或]|等(?!级)")
"""What may stand behind what is done, not where it only says of what (建立党组织|条件的)."""
_NOT_DONE = re.compile("[不未没暂拟]|计划|难以|如何|怎")
_SAYS_LITTLE = ("reach", "grow", "reduce", "other")
"""Classes of verbs that tell how much there is, not what is done."""
AGREES, DIFFERS = "与资料一致：", "与资料不一致，资料的说法是："
_LIMIT = re.compile("最[长多高短少低]|[顶至]多|不超过|至少|不少于|以内")
_STATES = 0.5
"""The fit of a sentence against which a duration or a day that is stated is held."""
_NEAR = 0.3
"""The share of a question's subject that a related sentence must have."""
_MANY = 8
"""From more places on each is told in one sentence."""
_MOST_COMPARED = 6
_PAIR, _FEW = 2, 3
_SENTENCES_OF_FEW, _SENTENCES_OF_MANY = 4, 2
"""How many sentences are told of each of a few places, and of each of many."""
WHOLE = 130
"""Characters up to which a sentence that tells a way of working is told whole."""
_SHORT = 24
"""Characters up to which a sentence of a document says what is done, but not how."""
_LISTS_OF = (
    (
        re.compile("(?:哪些|什么|啥)(?:申请|申报|证明)?(?:材料|资料|证件|手续)"),
        re.compile("(?:材料|资料|证件)[^。；]{0,8}[：:]"),
    ),
    (
        re.compile("(?:哪些|哪几种|什么|啥)(?:情[况形])[^，。？]{0,8}(?:不|没|拿不到|领不到|取消)"),
        re.compile(
            "情[形况][^。；]{0,12}(?:不予|不得|不能|取消|不享受)[^。；]{0,10}[：:]|(?:不予|不得)[^。；]{0,10}[：:]"
        ),
    ),
    (re.compile("(?:哪些|什么|啥)条件"), re.compile("(?:条件|符合下列|同时符合|具备下列)[^。；]{0,10}[：:]")),
)
"""Lists that rules hold, by how they are asked for and how the sentence that opens each says so."""
_LIST = 280
"""Characters of the longest list that is told to its end."""
_WHICH_THINGS = re.compile("哪[些几]|什么(?:材料|条件|情[况形]|要求|资料|手续)|啥(?:材料|条件|手续)|包括|需要")
_CHANGED = re.compile(
    r"[由从][^，。；]{1,16}(?:[增升降减涨翻扩]|壮大|发展|[到至])|同比|环比|[比较](?:上年|去年)|[增升降减]至"
)
_ADDED = re.compile("新[增建设添开]")
_CAUSE = re.compile("主要(?:是|因|由于|系|原因)|由于|因为|原因(?:是|在于|主要)|得益于|受[^，。；]{2,12}影响")
_GENERAL = frozenset("工作 服务 活动 作用 能力 水平 方面 问题 机制 体系 方式 情况 基础 发展 建设 组织".split())


def lookup(made: Composition) -> bool:
    """What the asked places say on the subject, one or two sentences each."""
    places = made.question.plan.places
    if made.question.tells and len(places) == 1:
        told = telling(made.question, made.sources, places[0], _SENTENCES_OF_FEW)
    else:
        found = find_sentences(made.question, made.sources) or _searched(made)
        told = [h for hits in list(found.values())[:6] for h in hits[: 3 if len(found) == 1 else 1]]
        told = of_documents(found[""]) if list(found) == [""] else told
    told = _list_asked_for(made, told) or told
    for hit in told:
        claim = sentence_claim(made, hit)
        made.say(claim.text + "。", claim)
    return bool(told)


def _list_asked_for(made: Composition, told: Sequence[FoundSentence]) -> list[FoundSentence]:
    """Of the text that speaks best to a question, the sentences that open the list it asks for (申请材料包括：)."""
    cue = next((opens for asks, opens in _LISTS_OF if asks.search(made.question.text)), None)
    if cue is None or not told or len(made.question.plan.places) > 1:
        return []
    best = max(told, key=lambda hit: hit.score)
    spans = [s for s in sentences(best.article.body) if cue.search(s.of(best.article.body))]
    return [replace(best, span=span) for span in spans[:_SENTENCES_OF_MANY]]


def of_documents(hits: Sequence[FoundSentence]) -> list[FoundSentence]:
    """The best sentences of documents that are about no place, a few of each, the documents in order of time."""
    kept: dict[str, list[FoundSentence]] = {}
    for hit in hits:
        kept.setdefault(hit.article.id, []).append(hit)
    kept = {article: [_with_what_follows(h) for h in hits] for article, hits in kept.items()}
    each = _SENTENCES_OF_FEW if len(kept) == 1 else _SENTENCES_OF_MANY
    shown = [sorted(of_one[:each], key=lambda h: h.span) for of_one in list(kept.values())[:_MOST_COMPARED]]
    return [h for of_one in sorted(shown, key=lambda hs: hs[0].article.published_on or "") for h in of_one]


def _with_what_follows(hit: FoundSentence) -> FoundSentence:
    """A short sentence that only says what is done (加快统一大市场建设。), with those behind it that say how."""
    end = hit.span.end
    for following in sentences(hit.article.body, Span(end, len(hit.article.body))):
        headed = any(following.overlaps(h.span) for h in hit.article.headings)
        if hit.span.end - hit.span.start > _SHORT or headed or following.end - hit.span.start > WHOLE:
            break
        end = following.end
    return replace(hit, span=Span(hit.span.start, end))


def figures_in_words(made: Composition) -> bool:
    """Sentences that have the whole subject and a number, where no figure of its own was made out."""
    found = find_sentences(made.question, made.sources)
    kinds = {dimension(a.unit) for a in made.question.asks if a.unit}

    def counts(text: str) -> bool:
        return any(q.unit and (not kinds or dimension(q.unit) in kinds) for q in scan(text))

    told = [
        h for hits in found.values() for h in hits
        if h.score >= _NUMBER_IN_WORDS and counts(h.text) and in_time(made.question, h.article, h.text)
        and _may_answer(made, h)
    ]  # fmt: skip
    told = without_put_aside(told, made.sources)
    if not made.question.plan.places or not told:
        return False
    for hit in told[:2]:
        claim = sentence_claim(made, hit)
        made.say(claim.text + "。", claim)
    made.warn("没有单独列出的数，以下是写到它的原句，请自行辨认。")
    return True


def _may_answer(made: Composition, hit: FoundSentence) -> bool:
    """Whether a sentence has a figure of the places and the time asked for, as far as its figures are known.

    Where a change is asked for, it tells one.
    """
    facts = made.sources.facts_in(hit.article.id, hit.span)
    contains = made.sources.gazetteer.contains
    theirs = [f for f in facts if f.place and any(contains(p, f.place.adcode) for p in made.question.plan.places)]
    grown = made.question.plan.operation == "trend" and not _ADDED.search(made.question.text)
    changes = not grown or tells_change(hit.text)
    aims = (
        made.question.planned is True and not any(f.status == "planned" for f in facts) and not says_planned(hit.text)
    )
    return (
        changes
        and not (aims and facts)
        and (not facts or any(not ends_early(made.question, f) and not of_part_only(made.question, f) for f in theirs))
    )


def survey(made: Composition) -> bool:
    """Every place whose material tells of the subject, in code order, each with its strongest evidence."""
    listed = places_that(made)
    if not listed:
        return False
    if len({claim.place for _, claim in listed}) > 1:
        count_places(made, [claim for _, claim in listed])
    made.columns = ("地方", "依据")
    for name, claim in listed:
        made.say(claim.text + "；", claim)
        made.rows.append(Row((name, claim.text.removeprefix(name).lstrip("：")), claim))
    return True


def count_places(made: Composition, claims: Sequence[Claim]) -> None:
    """Open with how many places there are; the count is a derivation."""
    n = str(len({c.place for c in claims}))
    cited = [i for c in claims for i in c.citations]
    derivation = Derivation("count", tuple(sorted({c.place or "" for c in claims})), n, "个", "地方数")
    claim = made.claim(f"资料中有{n}个地方", None, cited, derivation)
    made.say(claim.text + "：", claim, marks=False)


def denied(made: Composition) -> bool:
    """What the asked places say of not having or not counting what is asked, if they say so."""
    if not made.question.places:
        return False
    found = find_sentences(made.question, made.sources, per_place=6)
    says = NONE if made.question.plan.operation == "check" else _NONE_YET
    none = [h for hits in found.values() for h in hits if h.score >= _SAYS_NONE and says.search(h.text)]
    for hit in sorted(none, key=lambda h: -h.score)[:2]:
        claim = sentence_claim(made, hit)
        made.say(claim.text + "。", claim)
    return bool(none)


def checked(made: Composition) -> bool:
    """What the places say on a statement without a figure of its own, and what they say against it."""
    if made.question.planned is False:
        found = [h for hits in find_sentences(made.question, made.sources).values() for h in hits[:1]]
        if any(says_planned(h.text) for h in found):
            made.say("资料里说的是计划或尚未做到的：")
    if _held_against(made):
        return True
    told = lookup(made)
    return denied(made) or told


def _held_against(made: Composition) -> bool:
    """Hold the durations and days that a question states against those of the sentence that speaks to it.

    Of a sentence that tells several of one unit it is not known which is meant.
    """
    stated = _stated(made.question.text)
    found = [h for hits in find_sentences(made.question, made.sources).values() for h in hits] if stated else []
    limits = _LIMIT.search(made.question.text) is not None
    found = sorted(found, key=lambda h: (limits and not _LIMIT.search(h.text), -h.score))
    for hit in (h for h in found if h.score >= _STATES):
        told = _stated(hit.text)
        if set(stated) <= set(told) and all(len(told[kind]) == 1 for kind in stated):
            same = all(stated[kind] == told[kind] for kind in stated)
            made.say(AGREES if same else DIFFERS)
            claim = sentence_claim(made, hit)
            made.say(claim.text + "。", claim)
            return True
    return False


def _stated(text: str) -> dict[str, set[str]]:
    """The durations and days that a text tells: by unit, and the days from which something holds."""
    told: dict[str, set[str]] = {}
    for quantity in scan(text):
        if dimension(quantity.unit) in ("duration", "time") and quantity.unit:
            told.setdefault(quantity.unit.removeprefix("个"), set()).add(str(quantity.value))
    for span in period_spans(text):
        period = find_period(span.of(text), None)
        if period and period.start and "日" in span.of(text):
            told.setdefault("日期", set()).add(period.start)
    return told


def places_that(made: Composition) -> list[tuple[str, Claim]]:
    """Name and claims of each place that qualifies, in code order; only those that hold."""
    found = qualifying(made.question, made.sources)
    articles = {h.article.id for hits in found.values() for h in hits}
    named = {(p.article, span) for p in made.sources.catalogue.practices(articles=articles) for span in p.measures}
    listed: list[tuple[str, Claim]] = []
    few = len(found) <= _MANY
    for adcode, hits in found.items():
        measures = [h for h in hits if made.question.tells and (h.article.id, h.span) in named]
        asks_how = made.question.tells and adcode
        told = telling(made.question, made.sources, adcode, 3 if few else 1) if asks_how else []
        hits = hits if adcode else of_documents(hits)
        claims = [sentence_claim(made, h, WHOLE) for h in dict.fromkeys([*told, *measures, *hits])]
        claims = [c for c in claims if not c.place or made.sources.gazetteer.contains(adcode, c.place)]
        held = made.holding(claims)[: None if not adcode else 3 if made.question.tells and few else 1]
        listed += [(made.name(adcode), claim) for claim in held]
    return listed


def ways(made: Composition) -> bool:
    """Beside figures: how each of the places told of does it, and what several do or one alone."""
    figures: dict[str, list[tuple[Article, Span]]] = {}
    for claim in (p.claim for p in made.pieces if p.claim and p.claim.place):
        cited = [made.citations.made[n - 1] for n in claim.citations]
        spans = [(made.citations.article(c.article), Span(c.start, c.end)) for c in cited]
        figures.setdefault(claim.place or "", []).extend(spans)
    each = _SENTENCES_OF_MANY if len(figures) <= _MOST_COMPARED else 1
    shown = {p: telling_beside(made.question, made.sources, p, theirs, each) for p, theirs in figures.items()}
    evident = {place: hits for place, hits in shown.items() if hits}
    if len(evident) > 1:
        made.say("做法上，")
    for place, hits in evident.items():
        for claim in (sentence_claim(made, hit, WHOLE) for hit in hits):
            if claim.place == place:
                made.say(claim.text + "。", claim)
    _common(made, evident)
    return bool(evident)


def reasons(made: Composition) -> bool:
    """Beside figures: what the texts they stand in say why they are so, where that is asked."""
    cited = {n for p in made.pieces if p.claim for n in p.claim.citations}
    articles = {c.article: made.citations.article(c.article) for c in made.citations.made if c.n in cited}
    told = [
        h for article in articles.values() for h in speaking(article, made.question.wanted)
        if _CAUSE.search(h.text) and any(t.within(h.text) for t in made.question.wanted if t.noun)
    ]  # fmt: skip
    best = sorted(told, key=lambda h: (-h.words, h.article.id, h.span))[:_SENTENCES_OF_MANY]
    for hit in best:
        claim = sentence_claim(made, hit, WHOLE)
        made.say(claim.text + "。", claim)
    return bool(best)


def compare(made: Composition) -> bool:
    """What each place does on the subject, then what both do and what one does alone."""
    question = made.question
    places = list(question.plan.places) or list(qualifying(question, made.sources))[:_MOST_COMPARED]
    each = _SENTENCES_OF_FEW if len(places) <= _FEW else _SENTENCES_OF_MANY
    shown = {place: telling(question, made.sources, place, each) for place in places if place}
    if not shown:
        return False
    evident = {p: hits for p, hits in shown.items() if hits}
    if not evident:
        return False
    made.columns = ("地方", "做法")
    for hits in evident.values():
        for hit in hits:
            claim = sentence_claim(made, hit, WHOLE)
            made.say(claim.text + "。", claim)
            name = made.name(hit.place)
            made.rows.append(Row((name, claim.text.split("：", 1)[-1]), claim))
    _common(made, evident)
    missing = [p for p in places if p not in evident]
    if missing:
        made.say("资料中未见" + "、".join(made.name(p) for p in missing) + "的相关做法。")
    return True


def related(made: Composition) -> None:
    """What is known nearby: the best sentence of each asked place, for a refusal."""
    for hits in _searched(made).values():
        if not without_put_aside(hits, made.sources):
            made.warn("写到它的数据已标为不采用，没有列出。")
            continue
        claim = sentence_claim(made, hits[0])
        made.say("相关的记载有：" + claim.text + "。", claim)


# --- parts ------------------------------------------------------------------------------------------------------------


def sentence_claim(made: Composition, hit: FoundSentence, limit: int = 90) -> Claim:
    """The sentence with whose it is: its facts' place and body where they have one, else the article's.

    A list that it opens is told to its end, where it is asked which things there are.
    """
    listed = _with_its_list(hit) if _WHICH_THINGS.search(made.question.text) else hit
    if listed is not hit:
        hit, limit = listed, _LIST
    text = excerpt(hit.text, made.question.wanted, limit)
    heads = [made.citations.span(hit.article, hit.head)] if hit.head else []
    inside = [f for f in made.sources.facts_in(hit.article.id, hit.span) if f.sentence == hit.span and f.place]
    inside = [f for f in inside if f.quantity.surface in text]
    own = [f for f in inside if f.place and hit.article.place and f.place.adcode == hit.article.place.adcode]
    place = hit.article.place if own or not inside else inside[0].place
    place = made.sources.gazetteer.place(hit.below) if hit.below else place
    low = [f for f in inside if f.subject_level not in OWN_LEVELS and f.subject and f.subject not in text]
    name = name_of(place) + (low[0].subject if low and len(low) == len(inside) else "")
    may_plan = made.question.plan.operation not in ("survey", "list") and made.question.planned is not False
    said = marked_plan(text, inside) if may_plan else text
    said = f"{hit.head.of(hit.article.body)}——{said}" if hit.head else said
    cited = [*heads, made.citations.span(hit.article, hit.span)]
    return made.claim(of_whom(name, said), place.adcode if place else None, cited)


def tells_change(text: str) -> bool:
    """Whether a text says how something has changed."""
    return _CHANGED.search(text) is not None


def _with_its_list(hit: FoundSentence) -> FoundSentence:
    """A sentence that opens a list (申请材料包括：申请表；), with the items behind it up to the stop."""
    if "：" not in hit.text or not hit.text.rstrip().endswith("；"):
        return hit
    end = hit.span.end
    for following in sentences(hit.article.body, Span(end, min(len(hit.article.body), hit.span.start + _LIST))):
        end = following.end
        if not following.of(hit.article.body).rstrip().endswith("；"):
            break
    return replace(hit, span=Span(hit.span.start, end))


def name_with_body(made: Composition, article: Article, span: Span) -> str:
    """The article's place, and the street or community whose figures stand in a span, where they are all of one."""
    low = {f.subject for f in made.sources.facts_in(article.id, span) if f.subject_level not in OWN_LEVELS}
    return name_of(article.place) + (low.pop() if len(low) == 1 else "")


def _searched(made: Composition) -> dict[str, list[FoundSentence]]:
    """For each asked place, the sentence nearest to the question among the passages search finds."""
    found: dict[str, list[FoundSentence]] = {}
    for place in made.question.plan.places:
        best: FoundSentence | None = None
        for hit in made.sources.search(made.question.text, 3, made.sources.scope((place,))):
            article = made.citations.article(hit.passage.article)
            for said in by_part(speaking(article, (), hit.passage.span), (place,), made.sources):
                score = covered(made.question.wanted, said.text)
                if score > (best.score if best else _NEAR):
                    best = replace(said, score=score)
        if best is not None:
            found[best.place] = [best]
    return found


def _common(made: Composition, evident: dict[str, list[FoundSentence]]) -> None:
    """两地都……；甲县另……: from the verb and object pairs of the sentences shown, of a few places."""
    by_hit = {place: [(h, _deeds(h.text)) for h in hits] for place, hits in evident.items()}
    deeds = {place: list(dict.fromkeys(d for _, theirs in told for d in theirs)) for place, told in by_hit.items()}
    doing: dict[str, list[str]] = {}
    for place, theirs in deeds.items():
        for deed in theirs:
            doing.setdefault(deed, []).append(place)

    def cited(place: str, told: Sequence[str]) -> list[int]:
        """The sentences of a place that tell one of some deeds."""
        hits = (h for h, theirs in by_hit[place] if not set(theirs).isdisjoint(told))
        return [made.citations.span(h.article, h.span) for h in hits]

    shared = {deed: places for deed, places in doing.items() if len(places) > 1}
    if not shared or len(evident) > _MOST_COMPARED:
        return
    groups: dict[tuple[str, ...], list[str]] = {}
    for deed, places in shared.items():
        groups.setdefault(tuple(places), []).append(deed)
    for group, common in groups.items():
        all_of = "两地" if len(evident) == _PAIR else "各地" if len(group) == len(evident) else ""
        text = (all_of or "、".join(made.name(p) for p in group)) + "都" + "、".join(common[:3])
        claim = made.claim(text, None, [n for p in group for n in cited(p, common[:3])])
        made.say(claim.text + "。", claim)
    for place, theirs in deeds.items():
        if alone := [d for d in theirs if d not in shared][:2]:
            claim = made.claim(f"{made.name(place)}另{'、'.join(alone)}", place, cited(place, alone))
            made.say(claim.text + "。", claim)


def _deeds(text: str) -> list[str]:
    """The verb and object pairs of a sentence (选派党建指导员), not those that only say of what (组建条件的)."""
    deeds: list[str] = []
    for word in plain_tokens(text):
        does = is_action(word.word) and action_class(word.word).name not in _SAYS_LITTLE
        if not word.is_verb or len(word.word) != 2 or not (does or _MEASURE.fullmatch(word.word)):
            continue
        noun = noun_after(text[word.end :])
        clause = re.split("[，。；：]", text[: word.start])[-1]
        whole = "的" not in noun and _ENDED.match(text, word.end + len(noun))
        if whole and not _NOT_DONE.search(clause) and noun not in _GENERAL and 2 < len(noun) <= 12:
            deeds.append(word.word + noun)
    return deeds
