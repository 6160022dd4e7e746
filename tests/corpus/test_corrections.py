"""Corrections lie over facts, are checked, survive re-reading, and can be taken back."""

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, Scope
from corpus.corrections import FIELDS, Correction, checked, corrected, field_text
from corpus.database import open_engine, sqlite_url
from corpus.errors import UsageError
from corpus.labels import FIELD
from corpus.model import Article, Document, Fact, Period, Place, Quantity, Span, content_id

_SANDU = Place("522732", "三都水族自治县", ("贵州省", "黔南布依族苗族自治州", "三都水族自治县"), "county")
_BODY = "全县选派党建指导员138名。"


def _article() -> Article:
    return Article(content_id("a"), content_id("d"), "甲.txt", 0, "三都：做法", _BODY, (), place=_SANDU)


def _fact() -> Fact:
    article = _article()
    return Fact(
        content_id("f"), article.id, article.document, article.name,
        Quantity("138名", Decimal("138"), None, "名", "exact", Span(8, 12)),
        "party.instructor.dispatched", "党建指导员选派数", "党建指导员", "选派", "三都水族自治县", "county", _SANDU,
        Period(), "done", Span(0, len(_BODY)), _BODY, None, flags=("no_period",),
    )  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    made = Catalogue(open_engine(sqlite_url(tmp_path / "catalogue.sqlite"), migrate=True))
    _add(made)
    return made


def _add(catalogue: Catalogue) -> None:
    document = Document(content_id("d"), "甲.txt", "甲.txt", "0" * 64, "text/plain")
    catalogue.add(document, [_article()], [], [_fact()], [])


def _set(field: str, new: str | None, old: str | None = None) -> Correction:
    return Correction(_fact().id, field, old, new, "王某", "2026-11-20T09:00:00")


def test_the_last_correction_of_a_field_counts_and_is_flagged() -> None:
    fact = corrected(_fact(), [_set("value", "139"), _set("value", "140")])
    assert fact.quantity.value == 140
    assert fact.quantity.surface == "138名"
    assert fact.flags == ("no_period", "corrected")


def test_a_correction_taken_back_leaves_the_extracted_fact() -> None:
    assert corrected(_fact(), [_set("value", "139"), _set("value", "138")]) == _fact()


def test_a_period_set_by_a_person_is_stated() -> None:
    fact = corrected(_fact(), [_set("period_text", "2026年上半年"), _set("period_end", "2026-06-30")])
    assert fact.period == Period("2026年上半年", None, "2026-06-30", "stated")
    assert fact.flags == ("corrected",)


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("value", "许多"), ("value", ""), ("value", "NaN"), ("status", "拟建"), ("period_start", "去年"),
        ("place", "三都"), ("colour", "红"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(field: str, new: str) -> None:
    with pytest.raises(UsageError, match=FIELD.get(field, field)):
        checked(_fact(), field, new)


def test_what_changes_nothing_is_no_correction() -> None:
    assert checked(_fact(), "value", "138.0") is None
    assert checked(_fact(), "value", " 138 ") is None


def test_every_field_reads_back_what_it_wrote() -> None:
    samples = {
        "value": "5", "value_high": "9", "unit": "人", "bound": "range", "indicator": "x.y", "indicator_name": "某数",
        "object": "队员", "action": "组建", "subject": "贵阳市", "subject_level": "prefecture", "status": "planned",
        "place": "520100 贵州省>贵阳市", "period_text": "今年", "period_start": "2026", "period_end": "2026-06",
        "review": "confirmed",
    }  # fmt: skip
    assert samples.keys() == FIELDS.keys()
    for field, new in samples.items():
        assert field_text(corrected(_fact(), [_set(field, new)]), field) == new


def test_a_review_alone_is_no_correction_and_what_is_put_aside_is_not_counted() -> None:
    confirmed = corrected(_fact(), [_set("review", "confirmed")])
    assert confirmed.stands and "confirmed" in confirmed.flags and "corrected" not in confirmed.flags
    aside = corrected(_fact(), [_set("review", "confirmed"), _set("value", "139"), _set("review", "not_used")])
    assert not aside.stands and set(aside.flags) >= {"not_used", "corrected"} and "confirmed" not in aside.flags
    assert corrected(_fact(), [_set("review", "not_used"), _set("review", None)]) == _fact()


def test_reading_the_catalogue_gives_corrected_facts_and_finds_them_by_their_new_values(catalogue: Catalogue) -> None:
    catalogue.correct([_set("status", "planned"), _set("indicator", "open.x"), _set("place", "520100 贵州省>贵阳市")])
    assert catalogue.facts(statuses=["done"]) == []
    assert catalogue.facts(Scope(("522732",))) == []
    found = catalogue.facts(Scope(("520100",)), indicators=["open.x"], statuses=["planned"])
    assert [f.place and f.place.name for f in found] == ["贵阳市"]


def test_corrections_survive_reading_the_file_again(catalogue: Catalogue) -> None:
    catalogue.correct([_set("value", "139")])
    _add(catalogue)
    assert [f.quantity.value for f in catalogue.facts()] == [139]
    catalogue.correct([_set("value", "138")])
    assert catalogue.facts() == [_fact()]


def test_a_correction_of_a_fact_that_is_gone_harms_nothing(catalogue: Catalogue) -> None:
    catalogue.correct([Correction("0" * 16, "value", "1", "2", "", "")])
    assert catalogue.facts() == [_fact()]


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("value", "1e999999"), ("value", "9" * 60), ("unit", "长" * 300), ("unit", "个\x00"), ("object", "甲\n乙"),
        ("period_start", "2026-13-45"), ("period_end", "2026-02-30"),
    ],
)  # fmt: skip
def test_what_no_figure_can_hold_is_refused(field: str, new: str) -> None:
    with pytest.raises(UsageError, match=FIELD.get(field, field)):
        checked(_fact(), field, new)
