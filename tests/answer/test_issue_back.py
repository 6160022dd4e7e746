"""An issue revised in Word: what was moved, renamed and added comes back, and what is not taken is named."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from answer.issue_back import Revision, revised
from answer.issue_docx import write_issue
from answer.reference import Citing
from corpus.digests import Entry, Issue, Section, Source
from corpus.errors import UsageError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SOURCE = (Source("a1", 0, 9, "建成驿站46个。"),)
ISSUE = Issue(
    "一期", masthead="简报", number="第1期", issuer="某部", dated="2026-07-01", recipients="各县",
    sections=(
        Section("s1", "浙江省", (
            Entry("e1", "德清县", "建成驿站46个。\n选派指导员。", "德清县委社会工作部", "330521", _SOURCE),
            Entry("e2", "安吉县", "开展双报到。", "安吉县委社会工作部"),
        )),
        Section("s0", "空的一节"),
        Section("s2", "贵州省", (Entry("e3", "三都县", "推行四必访。", "三都县委社会工作部"),)),
    ),
)  # fmt: skip


def _back(tmp_path: Path, edit: Callable[[Document], None], now: Issue = ISSUE) -> Revision:
    """The issue exported, edited in Word, and taken back into what it is by now."""
    from docx import Document

    path = tmp_path / "一期.docx"
    write_issue(ISSUE, path, {}, "内部资料", Citing("2026-11-27"))
    document = Document(str(path))
    edit(document)
    document.save(str(path))
    return revised(now, path)


def _at(document: Document, text: str) -> Paragraph:
    return next(p for p in document.paragraphs if text in p.text)


def _order(issue: Issue) -> list[tuple[str, list[str]]]:
    return [(section.heading, [entry.heading for entry in section.entries]) for section in issue.sections]


def test_a_file_left_alone_changes_nothing(tmp_path: Path) -> None:
    told = _back(tmp_path, lambda document: None)
    assert told.issue == ISSUE
    assert (told.changed, told.added, told.headings, told.moved) == (0, 0, 0, False)
    assert told.kept == told.missing == told.left == ()


def test_an_entry_moved_to_another_section_takes_its_sources_along(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        behind = _at(document, "四必访")._p
        for text in ("选派指导员", "建成驿站46个", "（一）德清县"):
            behind.addnext(_at(document, text)._p)

    told = _back(tmp_path, edit)
    expected = [("浙江省", ["安吉县"]), ("空的一节", []), ("贵州省", ["三都县", "德清县"])]
    assert _order(told.issue) == expected
    assert told.moved and told.changed == told.added == 0 and told.missing == ()
    assert told.issue.sections[2].entries[1] == ISSUE.sections[0].entries[0]


def test_an_introduction_headings_and_the_title_are_taken_over(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        _at(document, "一、浙江省").insert_paragraph_before("今年以来，各地积极探索。")
        _at(document, "推行四必访").insert_paragraph_before("贵州综述。")
        _at(document, "一、浙江省").runs[0].text = "一、长三角"
        _at(document, "一期").runs[0].text = "第一期"
        # Typed anew as a whole, a heading has lost its bookmark.
        retyped = _at(document, "二、贵州省")
        for child in list(retyped._p)[1:]:
            retyped._p.remove(child)
        retyped.add_run("二、西南")

    told = _back(tmp_path, edit)
    assert told.issue.title == "第一期"
    heads = [section.heading for section in told.issue.sections]
    assert heads == ["", "长三角", "空的一节", "西南"]
    assert [s.id for s in told.issue.sections[1:]] == ["s1", "s0", "s2"]
    (lead,) = told.issue.sections[0].entries
    assert (lead.heading, lead.text, lead.sources) == ("", "今年以来，各地积极探索。", ())
    assert (told.added, told.headings, told.moved, told.left) == (1, 3, False, ())
    assert told.issue.entries[-1].text == "贵州综述。\n推行四必访。" and told.changed == 1
    path = tmp_path / "再.docx"
    write_issue(told.issue, path, {}, "")
    assert revised(told.issue, path).issue == told.issue


def test_an_entry_and_a_section_written_in_word_come_in(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        before = _at(document, "二、贵州省")
        before.insert_paragraph_before("二、江苏省", style="Heading 1")
        before.insert_paragraph_before("（一）昆山市", style="Heading 2")
        before.insert_paragraph_before("昆山设驿站。（昆山市委社会工作部供稿）")

    told = _back(tmp_path, edit)
    assert [s for s, _ in _order(told.issue)] == ["浙江省", "江苏省", "空的一节", "贵州省"] or [
        s for s, _ in _order(told.issue)
    ] == ["浙江省", "空的一节", "江苏省", "贵州省"]
    new = next(entry for entry in told.issue.entries if entry.heading == "昆山市")
    assert (new.text, new.unit, new.sources) == ("昆山设驿站。", "昆山市委社会工作部", ())
    assert (told.added, told.moved) == (1, False)


def test_paragraphs_added_in_word_go_on_the_entry_they_stand_in(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        _at(document, "选派指导员").insert_paragraph_before("中间加的一段。")
        _at(document, "（二）安吉县").insert_paragraph_before("末尾加的一段。")
        _at(document, "二、贵州省").insert_paragraph_before("安吉加的。（安吉县民政局供稿）")

    told = _back(tmp_path, edit)
    assert _order(told.issue) == _order(ISSUE) and (told.changed, told.added, told.moved) == (2, 0, False)
    first, second = told.issue.sections[0].entries
    assert first.text == "建成驿站46个。\n中间加的一段。\n选派指导员。\n末尾加的一段。"
    assert (first.unit, first.sources) == ("德清县委社会工作部", _SOURCE)
    assert (second.text, second.unit) == ("开展双报到。\n安吉加的。", "安吉县委社会工作部、安吉县民政局")


def test_what_is_not_taken_is_named(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "表里的字"
        document.add_comment(_at(document, "双报到").runs[0], "请核", author="领导")
        _at(document, "报送：各县").runs[0].text = "报送：各乡镇"
        for text in ("二、贵州省", "三都县", "四必访"):
            paragraph = _at(document, text)._p
            paragraph.getparent().remove(paragraph)

    told = _back(tmp_path, edit)
    assert told.issue == ISSUE
    assert set(told.left) == {"刊头和版记", "表格", "批注"}
    assert told.missing == ("贵州省", "三都县")


def test_what_both_sides_changed_stays_and_is_named(tmp_path: Path) -> None:
    first, second = ISSUE.sections[0].entries
    section = replace(ISSUE.sections[0], heading="网页改的节", entries=(replace(second, text="网页改的。"), first))
    now = replace(ISSUE, title="网页改的题", sections=(section, *ISSUE.sections[1:]))

    def edit(document: Document) -> None:
        _at(document, "一、浙江省").runs[0].text = "一、文件改的节"
        _at(document, "双报到").runs[0].text = "文件改的。"
        _at(document, "一期").runs[0].text = "文件改的题"
        last, above = _at(document, "四必访")._p, _at(document, "（二）安吉县")._p
        above.addprevious(deepcopy(last))
        last.getparent().remove(last)

    told = _back(tmp_path, edit, now)
    assert told.issue == now
    assert set(told.kept) == {"网页改的题", "网页改的节", "安吉县", "次序"}


def test_what_was_taken_out_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    now = replace(ISSUE, sections=ISSUE.sections[:2])
    assert _back(tmp_path, lambda document: None, now).issue == now


def test_a_file_of_another_issue_is_refused(tmp_path: Path) -> None:
    other = replace(ISSUE, sections=(Section("x", "别的", (Entry("y", "别的", "别的。"),)),))
    with pytest.raises(UsageError, match="不是从这份摘编导出"):
        _back(tmp_path, lambda document: None, other)
