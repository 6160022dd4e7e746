from __future__ import annotations

import dataclasses
import inspect

import pytest

from corpus import errors, model
from corpus.model import SourceRun, Span, content_id, locate


def test_nouns_are_frozen_and_slotted() -> None:
    nouns = [c for _, c in inspect.getmembers(model, dataclasses.is_dataclass) if c.__module__ == "corpus.model"]
    assert len(nouns) > 15
    for noun in nouns:
        assert vars(noun)["__dataclass_params__"].frozen, noun
        assert "__slots__" in vars(noun), noun


def test_content_ids_tell_where_parts_end() -> None:
    assert content_id("ab", "c") != content_id("a", "bc") != content_id("abc")
    assert content_id("驿站") == content_id("驿站".encode())
    assert len(content_id()) == 16


def test_spans() -> None:
    assert Span(1, 3).of("甲乙丙丁") == "乙丙"
    assert Span(1, 3).overlaps(Span(2, 5))
    assert not Span(1, 3).overlaps(Span(3, 5))
    assert not Span(1, 1).overlaps(Span(1, 1))
    assert sorted([Span(2, 3), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(2, 3)]


RUNS = (SourceRun(0, 4, source=10), SourceRun(4, 3, source=20), SourceRun(9, 2, source=30))


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (Span(0, 4), (10, 14)),
        (Span(1, 2), (11, 12)),
        (Span(3, 5), (13, 21)),
        (Span(6, 10), (22, 31)),
        (Span(7, 9), None),
        (Span(2, 2), None),
        (Span(50, 60), None),
    ],
)
def test_offsets_in_the_file(span: Span, found: tuple[int, int] | None) -> None:
    source = locate(RUNS, span)
    assert (None if source is None else (source.start, source.end)) == found


def test_boxes_on_a_page_are_cut_to_the_characters() -> None:
    runs = (
        SourceRun(0, 4, page=1, box=(0.0, 0.0, 40.0, 10.0)),
        SourceRun(4, 2, page=1, box=(0.0, 12.0, 20.0, 22.0)),
        SourceRun(6, 2, page=2, box=(0.0, 0.0, 20.0, 10.0)),
    )
    source = locate(runs, Span(2, 7))
    assert source is not None
    assert source.page == 1
    assert source.boxes == ((20.0, 0.0, 40.0, 10.0), (0.0, 12.0, 20.0, 22.0))


def test_errors_are_of_one_tree_and_say_their_message() -> None:
    kinds = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, Exception)]
    assert all(issubclass(c, errors.TongjianError) for c in kinds)
    found = errors.ReadError("empty", "文件 '甲.txt' 是空的。")
    assert (str(found), found.kind) == ("文件 '甲.txt' 是空的。", "empty")
