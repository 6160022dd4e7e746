"""Verbs of the genre by what is done."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.wordlists import read_entries
from extract.lists import words

NOMINAL = words("nominal_verbs")
"""Verbs that are as often part of a noun (培训班, 服务时长) as the verb of the sentence."""


_NOT_DONE = re.compile("尚未|还未|未|没|拒?不(?![断懈到足超低少高多小大仅含计])|缺$|应(?=[到参建收缴检报退还])")


@dataclass(frozen=True, slots=True)
class ActionClass:
    """A class of verbs, with its label in Chinese."""

    name: str
    label: str


@cache
def known_actions() -> dict[str, ActionClass]:
    """The class of each listed verb."""
    rows = csv.DictReader(read_entries("extract", "data/actions.csv"))
    return {verb: ActionClass(r["class"], r["label"]) for r in reversed(list(rows)) for verb in r["verbs"].split()}


def is_not_done(action: str) -> bool:
    """Whether a verb says that what it names was not done, or ought to be.

    >>> is_not_done("未办结"), is_not_done("应参检"), is_not_done("应用")
    (True, True, False)
    """
    return _NOT_DONE.match(action) is not None


def is_action(word: str) -> bool:
    """Whether a word of two or more characters is a listed verb."""
    return len(word) > 1 and word in known_actions()


@lru_cache(1 << 16)
def action_class(action: str) -> ActionClass:
    """The class of a verb, by the longest known verb in it, the last of equals; ("other", the verb) where none is.

    >>> action_class("精准选派").name, action_class("协调提供").name, action_class("")
    ('dispatch', 'fund', ActionClass(name='other', label=''))
    """
    if is_not_done(action):
        return ActionClass("other", action)
    known = known_actions()
    for size in range(min(6, len(action)), 0, -1):
        for at in range(len(action) - size, -1, -1):
            if found := known.get(action[at : at + size]):
                return found
    return ActionClass("other", action)
