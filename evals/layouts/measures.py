"""How near the articles read from a bulletin come to its truth."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.model import Article
from corpus.spacing import squeezed
from evals.layouts.model import Bulletin, Item
from ingest.body import POINTERS

_GRAM = 6
_ALIKE = 0.5


@dataclass(slots=True)
class Score:
    """Counts over bulletins; ``rates`` gives the shares."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(self.counts + other.counts, self.failures + other.failures)

    def rates(self) -> dict[str, float | int | None]:
        """Shares of 1, error counts as counts; None where nothing could be right."""
        c = self.counts
        found = {
            "articles": c["truth"],
            "article_f1": _f1(c["matched"], c["found"], c["truth"]),
            **{name: _over(c[name], c["truth"]) for name in ("title", "place", "date")},
            **{name: _over(c[name], c[f"{name}_of"]) for name in ("subtitle", "column", "source_line", "note")},
            "author": _over(c["author"], c["author_of"]),
            "cer": _over(c["edits"], c["characters"]),
            "breaks_precision": _over(c["breaks_right"], c["breaks_found"]),
            "breaks_recall": _over(c["breaks_right"], c["breaks_truth"]),
            "joins_precision": _over(c["joins_right"], c["joins_found"]),
            "joins_recall": _over(c["joins_right"], c["joins_truth"]),
            "paragraphs": _over(c["paragraphs_right"], c["paragraphs"]),
            "captions": _over(c["captions_found"], c["captions"]),
            "furniture_in_body": c["furniture"],
        }
        return {name: round(x, 4) if isinstance(x, float) else x for name, x in found.items()}


def score(truth: Bulletin, articles: Sequence[Article]) -> Score:
    """The counts of one bulletin."""
    result = Score()
    pairs = match([squeezed("".join(item.paragraphs)) for item in truth.items], [squeezed(a.body) for a in articles])
    c = result.counts
    c["truth"], c["found"], c["matched"] = len(truth.items), len(articles), len(pairs)
    for i, item in enumerate(truth.items):
        article = articles[pairs[i]] if i in pairs else None
        _fields(result, item, article, truth)
        _text(result, item, article)
    spare = [a for k, a in enumerate(articles) if k not in pairs.values()]
    c["edits"] += sum(len(squeezed(a.body)) for a in spare)
    result.failures += [f"extra article: {a.title[:30]} / {a.body[:40]!r}" for a in spare]
    _furniture(result, truth, articles)
    return result


def match(truth: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Which text found is which of the truth, by shared pieces, each once, the most alike first.

    >>> match(["三塘镇办起夜校，居民踊跃参加", "白水乡修桥补路，方便出行"], ["白水乡修桥补路，方便出行。"])
    {1: 0}
    """
    a, b = [_grams(t) for t in truth], [_grams(t) for t in found]
    likeness = sorted(
        ((2 * (x & y).total() / max(1, x.total() + y.total()), i, k) for i, x in enumerate(a) for k, y in enumerate(b)),
        key=lambda item: (-item[0], item[1:]),
    )
    pairs: dict[int, int] = {}
    for alike, i, k in likeness:
        if alike >= _ALIKE and i not in pairs and k not in pairs.values():
            pairs[i] = k
    return pairs


def distance(a: str, b: str) -> int:
    """The Levenshtein distance."""
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(a, b))


def _fields(result: Score, item: Item, article: Article | None, truth: Bulletin) -> None:
    place = article.place.adcode if article and article.place else None
    said = {
        "title": (squeezed(item.whole_title), squeezed(article.title) if article else None),
        "place": (item.adcode, place if article else None),
        "date": (item.published or truth.iso_date, article.published_on if article else None),
        "subtitle": (item.subtitle, article.subtitle if article else None),
        "column": (item.column, article.column if article else None),
        "source_line": (item.source_line, article.source_line if article else None),
        "note": (item.note, article.note if article else None),
    }
    if item.author:
        said["author"] = (item.author, article.author if article else None)
    for name, (right, got) in said.items():
        accepted = {squeezed(right or ""), *(squeezed(text) for field, text in item.also if field == name)}
        exact = article is not None and squeezed(got or "") in accepted
        result.counts[name] += exact
        result.counts[f"{name}_of"] += 1
        if not exact:
            result.failures.append(f"{name}: {right!r} read as {got!r}")


def _text(result: Score, item: Item, article: Article | None) -> None:
    c = result.counts
    right = [p for text in item.paragraphs if (p := squeezed(text))]
    got = [p for text in (article.body if article else "").split("\n") if (p := squeezed(text))]
    whole, read = "".join(right), "".join(got)
    c["characters"] += len(whole)
    c["edits"] += distance(whole, read)
    c["paragraphs"] += len(right)
    same = Counter(right) & Counter(got)
    c["paragraphs_right"] += same.total()
    result.failures += [f"paragraph: {_shown(p, got)}" for p in Counter(right) - same]
    result.failures += [f"   instead: {_shown(p, right)}" for p in Counter(got) - same]
    breaks, read_breaks = _breaks(right), _moved(_breaks(got), read, whole)
    c["breaks_right"] += len(breaks & read_breaks)
    c["breaks_found"] += len(read_breaks)
    c["breaks_truth"] += len(breaks)
    inner, read_inner = set(range(1, len(whole))) - breaks, set(range(1, len(whole))) - read_breaks
    c["joins_right"] += len(inner & read_inner)
    c["joins_found"] += len(read_inner)
    c["joins_truth"] += len(inner)
    said = {squeezed(caption.text) for caption in article.captions} if article else set()
    for figure in item.figures:
        c["captions"] += 1
        found = squeezed(figure.caption.lstrip(POINTERS)) in said
        c["captions_found"] += found
        if not found:
            result.failures.append(f"caption: {figure.caption!r} not among {sorted(said)}")


def _shown(paragraph: str, others: Sequence[str]) -> str:
    """A paragraph's beginning, and where the one most like it parts from it."""
    same = max((len(os.path.commonprefix([paragraph, other])) for other in others), default=0)
    return f"{paragraph[:16]}…{paragraph[max(0, same - 8) : same]}|{paragraph[same : same + 12]}"


def _furniture(result: Score, truth: Bulletin, articles: Iterable[Article]) -> None:
    """Lines of pages that stand in a body but in no true one."""
    own = squeezed("".join("".join(item.paragraphs) for item in truth.items))
    for article in articles:
        body = squeezed(article.body)
        for said in truth.furniture:
            if squeezed(said) in body and squeezed(said) not in own:
                result.counts["furniture"] += 1
                result.failures.append(f"furniture in a body: {said!r}")
        for line in article.body.split("\n"):
            if re.fullmatch(r"[—·\s]*(?:第?\s*\d{1,3}\s*[页版]?)(?:\s*[/共]\s*\d+\s*页?)?[—·\s]*", line):
                result.counts["furniture"] += 1
                result.failures.append(f"page number in a body: {line!r}")


def _breaks(paragraphs: Sequence[str]) -> set[int]:
    at, found = 0, set()
    for paragraph in paragraphs[:-1]:
        at += len(paragraph)
        found.add(at)
    return found


def _moved(breaks: set[int], read: str, whole: str) -> set[int]:
    """Offsets in what was read as offsets in the truth."""
    if read == whole:
        return breaks
    from rapidfuzz.distance import Levenshtein

    moved = set()
    for op in Levenshtein.opcodes(read, whole):
        for at in breaks:
            if op.src_start < at <= op.src_end:
                moved.add(min(op.dest_end, op.dest_start + at - op.src_start))
    return moved


def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1)))


def _over(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(right: int, found: int, truth: int) -> float | None:
    return 2 * right / (found + truth) if found + truth else None
