"""Words with parts of speech: jieba's tagger with the genre's words, loaded on first use."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from corpus.cache import cache_folder
from corpus.wordlists import read_entries
from extract.actions import NOMINAL, action_class, is_action, known_actions

if TYPE_CHECKING:
    from jieba.posseg import POSTokenizer

_SUFFIXES = frozenset("点站室屋角亭岗队班员所院团库馆店厅圈墙栏榜园箱柜桩棚灯")
_REACHES = frozenset("为 达 达到 超 超过 近 约 仅 只有 升至 提高 拟 按 将 由 从".split())
_MEETS = frozenset(("参事", "理事", "议事", "评理", "恳谈", "促进", "评议"))
"""What a body that is a 会 does."""
_GOODS = frozenset("包险卡券证袋盒贷")
"""What ends the name of a thing that is given out (防暑|包, 补充|险)."""
_PERSONS = frozenset("员者人部导长户记")
_TELLS = frozenset("率级数")
_LONGEST = 4
"""Words of a name, at most."""
_DIGIT = re.compile(r"\d")
"""What makes one word with the letter behind it (5G, 5A)."""
_NAMES = ("nr", "ns", "nt")
"""How the tags of names of persons, places and bodies begin."""
_QUOTE = set("“”‘’《》「」")


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``start`` of the text it was cut from, with jieba's tag."""

    word: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.word)

    @property
    def is_noun(self) -> bool:
        """Noun, abbreviation, idiom, or nominal verb."""
        return self.tag[:2] in ("vn", "an") or self.tag[0] in "njlist" or self.tag in ("eng", "zg", "ng")

    @property
    def is_verb(self) -> bool:
        """Verb (not a nominal verb)."""
        return self.tag[0] == "v" and self.tag not in ("vn",)

    @property
    def is_quote(self) -> bool:
        """A quotation or title mark."""
        return self.word in _QUOTE


def joined(words: Iterable[Token]) -> str:
    """The text that words following one another make up."""
    return "".join(word.word for word in words)


@cache
def _tagger() -> POSTokenizer:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    words = jieba.Tokenizer()
    words.tmp_dir = str(cache_folder("jieba"))
    words.initialize()
    for line in read_entries("extract", "data/words.txt"):
        word, tag = line.split()
        words.add_word(word, freq=max(words.FREQ.get(word, 0), 20000), tag=tag)
    for verb in {*filter(is_action, known_actions()), *NOMINAL}:
        words.add_word(verb, freq=max(words.FREQ.get(verb, 0), 5000), tag="vn" if verb in NOMINAL else "v")
    tagger = jieba.posseg.POSTokenizer(words)
    for word in [w for w in words.FREQ if len(w) == 4 and _glued(w, tagger.word_tag_tab.get(w, "n"))]:
        words.del_word(word)
    return tagger


def _glued(word: str, tag: str) -> bool:
    """Whether the dictionary glues a verb of the genre to its neighbour (积极参与, 开展活动, 调解纠纷)."""
    first, second = word[:2], word[2:]
    opens = tag[0] != "n" if first in NOMINAL else is_action(first)
    return opens or (is_action(second) and second not in NOMINAL)


def is_common(word: str) -> bool:
    """Whether longer words are made of a word of two or three characters, as they are of no person's name.

    >>> is_common("文明"), is_common("敬老"), is_common("王秀英")
    (True, True, False)
    """
    return word in _ends()


@cache
def _ends() -> frozenset[str]:
    """What words of the dictionary that are no names begin or end with."""
    tagger = _tagger()
    words = (w for w, tag in tagger.word_tag_tab.items() if tag[:2] not in _NAMES and tagger.tokenizer.FREQ.get(w))
    return frozenset(part for w in words for n in (2, 3) if len(w) > n for part in (w[:n], w[-n:]))


@cache
def _compounds() -> frozenset[str]:
    return frozenset(read_entries("extract", "data/compounds.txt"))


@cache
def _begins() -> frozenset[str]:
    """The first character of each compound."""
    return frozenset(name[0] for name in _compounds())


def tokens(text: str) -> list[Token]:
    """The words of a text, in order, covering it whole; names of several words are one.

    >>> [(t.word, t.tag) for t in tokens("选派党建指导员")], [t.word for t in tokens("建成就业服务站")]
    ([('选派', 'v'), ('党建指导员', 'n')], ['建成', '就业服务站'])
    """
    words = plain_tokens(text)
    found: list[Token] = []
    at = 0
    while at < len(words):
        able = words[at].word[0] in _begins()
        sizes = range(min(_LONGEST, len(words) - at), 1, -1) if able else ()
        size = next((n for n in sizes if joined(words[at : at + n]) in _compounds()), 1)
        whole = Token(joined(words[at : at + size]), "n", words[at].start) if size > 1 else words[at]
        found.append(whole)
        at += size
    return found


def plain_tokens(text: str) -> list[Token]:
    """The words of a text, in order, covering it whole, those of names apart.

    >>> [t.word for t in plain_tokens("建成就业服务站")]
    ['建成', '就业', '服务站']
    """
    found: list[Token] = []
    at = 0
    for word, tag in _cut(text):
        start = at
        at += len(word)
        if found and (whole := _joined(found[-1], word, tag, ends=at == len(text))):
            last = found.pop()
            found.append(Token(last.word + word, whole, last.start))
        else:
            found.append(Token(word, tag, start))
    return _with_kinds(found)


def _with_kinds(words: list[Token]) -> list[Token]:
    """The words, 类 joined to what it makes a kind of thing of (养殖|类|建议)."""
    found: list[Token] = []
    for word, following in zip_longest(words, words[1:]):
        kind = word.word == "类" and found and len(found[-1].word) > 1 and found[-1].is_noun
        if kind and following is not None and following.is_noun:
            last = found.pop()
            found.append(Token(last.word + "类", "n", last.start))
        else:
            found.append(word)
    return found


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Words and tags; 率 that the tagger glues to the word behind it (组建|率为) stands alone."""
    for pair in _tagger().cut(text):
        if len(pair.word) > 1 and pair.word[0] == "率" and pair.word[1:] in _REACHES:
            yield "率", "n"
            yield pair.word[1:], "v"
        else:
            yield pair.word, pair.flag


def _suffixed(last: Token, tag: str) -> bool:
    """Whether a one-character noun ends the word before it (议事|点), which is no verb of its own."""
    return (
        len(last.word) > 1
        and tag[0] != "n"
        and not last.is_quote
        and (last.is_noun or (last.is_verb and (_may_name(last.word) or last.word in NOMINAL)))
    )


def _may_name(verb: str) -> bool:
    """Whether a verb names who or what does it (征集|员), and does not make what follows it (建成|点)."""
    return not is_action(verb) or action_class(verb).name in ("find", "aid", "resolve", "serve")


def _joined(last: Token, word: str, tag: str, *, ends: bool) -> str | None:
    """The tag of the one word that a word makes with the one before it, if it does (5|G, 议事|点, 持证|率)."""
    if word == "性" and len(last.word) > 1 and not last.is_quote:
        return "b"
    letter = len(word) == 1 and word.isascii() and word.isalpha() and _DIGIT.fullmatch(last.word)
    if letter or (word in _SUFFIXES and _suffixed(last, tag)) or (word in _TELLS and _takes(word, last)):
        return "n"
    return _at_the_end(last, word) if ends else None


def _at_the_end(last: Token, word: str) -> str | None:
    """The tag of the word that 和, 会 or 险 makes at the end of a text with the one before it (劝和, 参事会)."""
    if word == "和" and last.word in ("劝", "调", "说"):
        return "v"
    if word in _GOODS and len(last.word) > 1 and not last.is_quote and last.word[-1] not in _PERSONS:
        return None if is_action(last.word) and last.word not in NOMINAL else "n"
    body = len(last.word) > 1 and (last.is_noun or last.word in _MEETS)
    return "n" if word == "会" and body else None


def _takes(suffix: str, last: Token) -> bool:
    """Whether 率, 数 or 级 makes one noun with the word before it (持证率, 发案数, 5A级)."""
    if suffix == "数":
        return len(last.word) > 1 and last.tag[0] == "v" and not is_action(last.word)
    if suffix == "率":
        return len(last.word) > 1 and not last.is_quote
    return re.fullmatch(r"[0-9]?[A-Za-z0-9]", last.word) is not None
