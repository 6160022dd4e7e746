"""The Python facade over the sample library."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from api.library import Library
from api.lock import writing
from api.settings import load_settings
from corpus.errors import LibraryError, NotFound, UsageError
from tests.conftest import ROOT, tongjian


def test_the_facade_is_what_users_import() -> None:
    from tongjian import Library as Theirs

    assert Theirs is Library


def test_no_library_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="ingest"):
        Library.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_every_sample_is_in(sample_library: Library) -> None:
    documents = sample_library.documents()
    assert len(documents) == len(
        [p for p in (ROOT / "corpus/samples").iterdir() if p.suffix in (".pdf", ".docx", ".html", ".txt")]
    )
    assert {d.state for d in documents} == {"indexed"}
    assert all(d.articles for d in documents)


def test_facts_by_place_indicator_and_status(sample_library: Library) -> None:
    every = sample_library.facts()
    below = sample_library.facts("江苏省")
    assert 0 < len(below) < len(every)
    assert all(f.place and f.place.adcode.startswith("32") for f in below)
    assert {f.status for f in sample_library.facts(status="planned")} == {"planned"}
    assert sample_library.facts(status="计划") == sample_library.facts(status="planned")
    by_id = sample_library.facts(indicator="party.instructor.dispatched")
    assert by_id == sample_library.facts(indicator="党建指导员选派数")
    assert {f.indicator for f in by_id} == {"party.instructor.dispatched"}
    assert sample_library.facts(indicator="没有这个指标") == []


def test_what_is_asked_wrongly_is_told(sample_library: Library) -> None:
    for wrong in (
        lambda: sample_library.facts("火星"),
        lambda: sample_library.facts(status="完事"),
        lambda: sample_library.search("x", since="昨天"),
    ):
        with pytest.raises(UsageError):
            wrong()
    with pytest.raises(NotFound):
        sample_library.article("0" * 16)


def test_an_ambiguous_place_is_read_in_the_librarys_context_or_asked_back(sample_library: Library) -> None:
    assert sample_library.resolve("德清").adcode == "330521"
    with pytest.raises(UsageError, match="南京"):
        sample_library.resolve("鼓楼区")


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_search_ranks_from_one_without_copies(sample_library: Library, mode: str) -> None:
    hits = sample_library.search("党建指导员选派", 8, mode=mode)  # type: ignore[arg-type]
    assert [h.rank for h in hits] == list(range(1, 9))
    scores = [h.score for h in hits]
    assert scores == sorted(scores, reverse=True)
    articles = {a.id: a for a in sample_library.articles()}
    for hit in hits:
        article = articles[hit.passage.article]
        assert article.duplicate_of is None
        assert hit.passage.span.of(article.body) == hit.passage.text


def test_search_within_a_place_and_dates(sample_library: Library) -> None:
    articles = {a.id: a for a in sample_library.articles()}
    for hit in sample_library.search("驿站", 50, place="江苏省"):
        place = articles[hit.passage.article].place
        assert place is not None
        assert place.adcode.startswith("32")
    dated = sample_library.search("驿站", 50, since="2026-08-01", until="2026-12-31")
    assert dated
    assert all("2026-08" <= (articles[h.passage.article].published_on or "")[:7] <= "2026-12" for h in dated)
    assert sample_library.search("驿站", place="海南省") == []


def test_passages_of_the_right_subject_come_first(sample_library: Library) -> None:
    [hit] = sample_library.search("院坝先调、村社再调、乡镇联调", 1)
    assert "三级三调" in hit.passage.text


# --- one writer ---------------------------------------------------------------------------------------------------------  # noqa: E501


def _hold(folder: str, ready: object, done: object) -> None:
    with writing(Path(folder), "导入资料"):
        ready.set()  # type: ignore[attr-defined]
        done.wait(60)  # type: ignore[attr-defined]


def test_a_second_writer_is_told_who_holds_the_library_and_readers_go_on(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("涉县：站点\n涉县新建站点20个。\n", encoding="utf8")
    home = tmp_path / "库"
    with Library.open(home, create=True) as library:
        library.ingest([tmp_path / "甲.txt"])
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Event(), spawn.Event()
    holder = spawn.Process(target=_hold, args=(str(home), ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        ran = tongjian("ingest", str(tmp_path / "甲.txt"), "--library", str(home))
        assert ran.code == 1
        assert str(holder.pid) in ran.err
        assert "导入资料" in ran.err
        with Library.open(home) as library:
            with pytest.raises(LibraryError, match=str(holder.pid)):
                library.rebuild()
            assert len(library.search("站点")) == 1
            assert library.ask("涉县新建了多少个站点？").refused is False
    finally:
        done.set()
        holder.join(30)
        holder.close()
    with Library.open(home) as library:
        assert library.ingest([tmp_path / "甲.txt"]).documents[0].status == "duplicate"


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path, "试"):
        raise ZeroDivisionError
    with writing(tmp_path, "试"):
        assert (tmp_path / ".holder.json").exists()
    assert not (tmp_path / ".holder.json").exists()


# --- settings -----------------------------------------------------------------------------------------------------------  # noqa: E501


def test_settings_come_from_the_environment_and_are_overridden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGJIAN_LIBRARY", "某 库")
    assert load_settings().library == Path("某 库")
    assert load_settings(library="另 库").library == Path("另 库")
    assert load_settings(library=None).library == Path("某 库")


@pytest.mark.parametrize(
    ("name", "value"), [("TONGJIAN_WORKERS", "-1"), ("TONGJIAN_WORKERS", "x"), ("TONGJIAN_LLM_TIMEOUT", "0")]
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name):
        load_settings()


def test_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGJIAN_LLM_API_KEY", "sk-geheim")
    assert "sk-geheim" not in repr(load_settings())


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LIBRARY", "DATABASE_URL", "ENCODER", "LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "WORKERS"):
        monkeypatch.setenv(f"TONGJIAN_{name}", "")
    settings = load_settings()
    assert (settings.library, settings.database_url, settings.llm_base_url) == (Path("library"), None, None)
