"""Text → the tokens both sides of the lexical index are made of."""

from __future__ import annotations

import importlib
import logging
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from corpus.cache import cache_folder
from corpus.script import simplified
from corpus.wordlists import read_entries

Tokeniser = Callable[[str], list[str]]
Segmentation = Literal["bigram", "jieba"]

RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*|[^\W_a-z0-9]+")
"""A Latin word or number with its decimals, or a run of any other letters (Chinese characters)."""


def tokeniser(segmentation: Segmentation = "bigram") -> Tokeniser:
    """The function that cuts text into tokens. An index is read with the one it was written with."""
    return bigrams if segmentation == "bigram" else words


def bigrams(text: str) -> list[str]:
    """Every character and every pair of neighbours of a Chinese run; Latin words and numbers whole.

    >>> bigrams("选派138名")
    ['选', '派', '选派', '138', '名']
    """
    tokens: list[str] = []
    for run in RUN.findall(matching_copy(text)):
        if run[0].isascii():
            tokens.append(run)
        else:
            tokens += run
            tokens += map("".join, zip(run, run[1:], strict=False))
    return tokens


def words(text: str) -> list[str]:
    """Words by jieba in search mode (long words also by their parts); Latin words and numbers whole."""
    segmenter = _segmenter()
    tokens: list[str] = []
    for run in RUN.findall(matching_copy(text)):
        tokens += [run] if run[0].isascii() else segmenter.lcut_for_search(run, HMM=False)
    return tokens


def matching_copy(text: str) -> str:
    """The text as it is compared: full-width and compatibility forms folded, lower case, simplified; never shown.

    >>> matching_copy("ＡＢＣ①２０２５年選派")
    'abc12025年选派'
    """
    return simplified(unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=1)
def _segmenter() -> Any:  # noqa: ANN401
    """Jieba with the words of the genre; its cache goes to our folder, its chatter nowhere."""
    jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(cache_folder("jieba"))
    for word in read_entries("retrieval", "words.txt"):
        segmenter.add_word(word.strip())
    return segmenter
