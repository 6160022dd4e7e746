"""The words of a question or sentence that carry its subject, with their synonyms."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import log
from pathlib import Path

from corpus.wordlists import entries, read_entries
from extract.tokens import Token, joined, plain_tokens

_QUOTED = re.compile(r"[“「\"]([^“”「」\"]{2,12})[”」\"]")
_PLAIN = frozenset("社区 农村 城市 养老 助老 户外 服务 基层 专业 公益 新建 全县 街道 村级 从业者 人员 从业人员".split())
_IN_PARTS = 0.8
"""What a phrase counts of which a text has all words, but not side by side."""
_SOME_PARTS = 0.4
"""What it counts, by their weight, of which a text has some words."""
_SITES = "站点"
"""What the names of sites end in."""
_SHORT, _LONGEST_WORD = 2, 4
"""Characters of words that are never put together, and the most words that are."""
_TAILS = frozenset("工作者 人员 群体 从业者 资格 家庭 对象 劳动者".split())
"""Words that say little without those before them."""
_KINDS = ">"
"""What parts general words from kinds in a group."""
_PUNCTUATION = re.compile(r"[\s，。！？；：、“”‘’《》（）()?!,.;:\"'…—·\-]+")


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of a question's subject."""
    return frozenset(word for line in read_entries("answer", "data/stop_words.txt") for word in line.split())


@lru_cache(maxsize=8)
def _groups(file: Path | None) -> tuple[tuple[str, ...], ...]:
    lines = read_entries("answer", "data/synonyms.txt")
    if file is not None and file.is_file():
        lines = [*lines, *entries(file.read_text("utf-8-sig"))]
    return tuple(tuple(line.split()) for line in lines)


def synonyms(word: str, overrides: Path | None = None) -> frozenset[str]:
    """A word and what means the same; a kind that bears a name of its own (暖新驿站) means only itself.

    >>> "快递员" in synonyms("骑手"), "暖新驿站" in synonyms("骑手驿站"), synonyms("暖新驿站") == {"暖新驿站"}
    (True, True, True)
    >>> "货车司机" in synonyms("新就业群体"), "新就业群体" in synonyms("货车司机"), "骑手" in synonyms("货车司机")
    (True, True, False)
    """
    groups = _groups(overrides / "synonyms.txt" if overrides else None)
    found = {word}
    elsewhere = any(word in group for group in groups)
    for group in groups:
        usual = group[0]
        general = group[: group.index(_KINDS)] if _KINDS in group else group
        bears = word != usual and (word.startswith(usual) or word.endswith(usual))
        if bears and (word in group or not elsewhere):
            found.update(group if _says_for_whom(word.replace(usual, "", 1), groups) else ())
        elif word in general:
            found.update(group)
        elif word in group:
            found.update(general)
    found.discard(_KINDS)
    return frozenset(form for form in found if len(form) > 1) or frozenset({word})


@cache
def _longer(form: str) -> tuple[str, ...]:
    """The listed words that end in another, the longest first."""
    words = {word for group in _groups(None) for word in group if word.endswith(form) and word != form}
    return tuple(sorted(words, key=len, reverse=True))


def _says_for_whom(rest: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether what a word has beside the usual one only says for whom or where (骑手, 社区), and is no name."""
    return rest in _PLAIN or any(rest in group for group in groups)


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    """The words of a text, and the first character of its verbs of two (搬迁 is found by 搬)."""
    found = plain_tokens(text)
    return frozenset(t.word for t in found) | {t.word[0] for t in found if t.tag[0] == "v" and len(t.word) == 2}


@dataclass(frozen=True, slots=True)
class Term:
    """A word to be found, in any of its forms; ``weight`` is its share in the subject.

    ``name``: it stood in quotation marks, and is found to the letter or not at all.
    """

    word: str
    forms: frozenset[str]
    weight: float
    noun: bool = True
    name: bool = False
    parts: tuple[Term, ...] = ()
    follows: bool = False
    """Whether it stands right behind the term before it."""

    def within(self, text: str) -> bool:
        """Whether the text has it in some form; a single character only as a word of its own (桥, not 花桥镇).

        A site that only means the same does not count within the name of another kind (服务站点 in 志愿服务站点).
        """
        return any(self._stands(form, text) for form in self.forms if form in text)

    def _stands(self, form: str, text: str) -> bool:
        if len(form) == 1:
            return form in _words_of(text)
        if form != self.word and form[-1] in _SITES:
            for other in (w for w in _longer(form) if w not in self.forms):
                text = text.replace(other, "")
        return form in text

    def share(self, text: str) -> float:
        """1 where the text has it, less where it only has its parts or some (业委会（物管会）组建率), else 0."""
        if self.within(text):
            return 1.0
        has = [part.weight for part in self.parts if part.within(text)]
        if len(has) == len(self.parts):
            return _IN_PARTS if has else 0.0
        return _SOME_PARTS * sum(has) / sum(part.weight for part in self.parts)


def terms(text: str, overrides: Path | None = None) -> tuple[Term, ...]:
    """The subject words of a text, in order; longer ones and the last weigh more.

    >>> [t.word for t in terms("选派了多少名党建指导员？")]
    ['选派', '党建指导员']
    """
    quoted = _QUOTED.findall(text)
    found: dict[str, Term] = {w: Term(w, frozenset({w}), _length(w), name=True) for w in quoted}
    last = -1
    for token in _whole_words(plain_tokens(_PUNCTUATION.sub(" ", _QUOTED.sub(" ", text))), overrides):
        word = token.word.strip()
        if word and word not in stop_words() and (len(word) > 1 or token.tag[0] in "nv") and word not in found:
            follows = token.start == last
            found[word] = Term(word, synonyms(word, overrides), _length(word), token.is_noun, follows=follows)
            last = token.end
    made = list(found.values())
    if made:
        made[-1] = replace(made[-1], weight=made[-1].weight + 1)
    return tuple(made)


def _whole_words(found: Sequence[Token], overrides: Path | None) -> Iterator[Token]:
    """The words, those whose last says little as one with what they make up (社区|工作者), where a group has that."""
    known = _known(overrides / "synonyms.txt" if overrides else None)
    at = 0
    while at < len(found):
        ends = range(min(at + _LONGEST_WORD, len(found)), at + 1, -1)
        end = next((e for e in ends if found[e - 1].word in _TAILS and joined(found[at:e]) in known), at + 1)
        first, last = found[at], found[end - 1]
        yield first if end == at + 1 else Token(joined(found[at:end]), last.tag, first.start)
        at = end


@lru_cache(maxsize=8)
def _known(file: Path | None) -> frozenset[str]:
    return frozenset(word for group in _groups(file) for word in group if len(word) > _SHORT)


def _length(word: str) -> float:
    return min(len(word), 5) / 2


def weighed(found: Iterable[Term], frequency: Callable[[Collection[str]], int], passages: int) -> tuple[Term, ...]:
    """The terms with what each tells as its weight, 0 to 1: rarer words tell more (inverse document frequency).

    A noun that stands nowhere weighs most; a verb that stands nowhere is only another way of saying (摆平).
    """
    most = log((passages + 1) / 0.5)
    return tuple(replace(t, weight=_told_by(t, frequency(t.forms), passages) / most) for t in found)


def in_phrases(found: Sequence[Term], frequency: Callable[[Collection[str]], int], passages: int) -> tuple[Term, ...]:
    """The terms, neighbouring nouns as one where the library has them side by side (红色物业, 业委会组建率)."""
    made: list[Term] = []
    for term in found:
        last = made[-1] if made else None
        joined = f"{last.word}{term.word}" if last else ""
        if last and term.follows and term.noun and last.noun and not term.name and frequency([joined]):
            parts = (*(last.parts or (last,)), term)
            made[-1] = weighed([Term(joined, frozenset({joined}), 1.0, parts=parts)], frequency, passages)[0]
        else:
            made.append(term)
    return tuple(made)


def _told_by(term: Term, n: int, passages: int) -> float:
    if n == 0 and not term.noun:
        n = max(1, passages // 10)
    return max(log((passages + 1) / (n + 0.5)), 0.1)


def covered(wanted: Iterable[Term], text: str) -> float:
    """Which share of the terms, by weight, a text has; 0 where there are none."""
    listed = list(wanted)
    whole = sum(t.weight for t in listed)
    return sum(t.weight for t in listed if t.within(text)) / whole if whole else 0.0


def bigrams(text: str) -> frozenset[str]:
    """Neighbouring characters of a text without its punctuation."""
    plain = _PUNCTUATION.sub("", text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
