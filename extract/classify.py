"""Which indicator a fact belongs to: a curated one where object, verb and unit all fit, else an open identity.

The open identity is object head + action class + dimension, so that no fact is dropped and the same thing said in other
places falls together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.indicators import Indicator
from extract.actions import action_class
from extract.measures import dimension
from extract.phrase import Phrase
from extract.tokens import tokens

_COUNTS = {"thing", "body", "text", "household"}
_PERSONS = {"person"}
_SUFFIX = 2
"""Characters behind an object's word that may still say the same thing (老旧小区改造, 矛盾纠纷排查)."""
HAVING = frozenset({"共有", "现有", "下辖", "登记", "注册", "配备", "持证"})
"""Verbs of having: such an indicator may stand without a verb."""


def classify(phrase: Phrase, unit: str | None, clause: str, known: Mapping[str, Indicator]) -> tuple[str, str]:
    """The indicator's id and its Chinese name."""
    scored = [(score, each) for each in known.values() if (score := _score(each, phrase, unit, clause)) > 0]
    if scored:
        best = max(scored, key=lambda pair: (pair[0], pair[1].id))[1]
        return best.id, best.name
    kind = action_class(phrase.action)
    head = object_head(phrase.object)
    label = kind.label if kind.name != "other" else ""
    name = head if head.startswith(label) else label + head
    return f"open.{kind.name}.{head}.{dimension(unit)}", name


def _group(unit: str | None) -> str:
    kind = dimension(unit)
    return "count" if kind in _COUNTS else "person" if kind in _PERSONS else kind


def _score(indicator: Indicator, phrase: Phrase, unit: str | None, clause: str) -> int:
    """0 where it does not fit; more for longer object words, an object word at the head, and a verb."""
    if _group(unit) not in {_group(u) for u in indicator.units}:
        return 0
    noun = re.sub(r"[“”‘’《》]", "", phrase.object)
    if indicator.stat_type == "ratio":
        noun += clause
    counted = indicator.stat_type != "ratio"
    found = [w for w in indicator.objects if w in noun and not (counted and _is_modifier(w, noun))]
    if not found:
        return 0
    longest = max(found, key=len)
    verb = max((len(v) for v in indicator.verbs if v in phrase.action or v in clause), default=0)
    if not verb and (phrase.action or not (indicator.stat_type == "ratio" or HAVING & set(indicator.verbs))):
        return 0
    own = any(v in phrase.action for v in indicator.verbs)
    return 4 * len(longest) + (12 if any(noun.endswith(w) for w in found) else 0) + 2 * min(verb, 4) + (3 if own else 0)


def _is_modifier(word: str, noun: str) -> bool:
    """Whether a word of a noun phrase only modifies its head: 儿童 of 儿童友好服务项目, not 老旧小区 of 老旧小区改造.

    >>> _is_modifier("儿童", "儿童友好服务项目"), _is_modifier("老旧小区", "老旧小区改造")
    (True, False)
    """
    behind = noun[noun.rfind(word) + len(word) :]
    return len(re.split("[和与及、]", behind)[0]) > _SUFFIX


def object_head(noun: str) -> str:
    """The head of a noun phrase with its nearest modifier, quotation marks off: 崭新的充电桩棚 → 充电桩棚.

    >>> object_head("脱钩和直接登记的行业协会商会"), object_head("“暖新”驿站"), object_head("融资需求")
    ('行业协会商会', '暖新驿站', '融资需求')
    """
    tail = noun.rsplit("的", 1)[-1] or noun
    plain = re.sub(r"[“”‘’《》（）()]", "", tail)
    if len(plain) <= 6:
        return plain
    words = [w.word for w in tokens(plain)]
    head = words[-1]
    for word in reversed(words[:-1]):
        if len(head) >= 4 or word in ("和", "与", "、", "及"):
            break
        head = word + head
    return head
