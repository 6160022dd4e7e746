from __future__ import annotations

import importlib
import importlib.util
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from retrieval.encoder import load_encoder
from retrieval.encoder.e5 import E5Encoder

TEXTS = [
    "截至6月底，青溪县向42家两新组织选派党建指导员57名。",
    "白石区在商圈、园区设立“暖心驿站”，为外卖骑手提供饮水、充电和歇脚的地方（全天开放）！",
    "上半年，云岭镇化解邻里争议１３０余件，满意率达98.5％。",
    "The township trained 25 volunteers；社区食堂　每份优惠3元。",
    "长桥街道" * 60,
]


class FakeModel:
    """Says what it was asked to encode."""

    def __init__(self, name: str, device: str) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str], **_: Any) -> np.ndarray[Any, Any]:
        self.asked += texts
        return np.eye(len(texts), 4, dtype=np.float32)

    def encode_query(self, texts: list[str], **_: Any) -> np.ndarray[Any, Any]:
        return self.encode([f"Q {text}" for text in texts])

    def encode_document(self, texts: list[str], **_: Any) -> np.ndarray[Any, Any]:
        return self.encode([f"D {text}" for text in texts])

    def state_dict(self) -> dict[str, Any]:
        return {}


@pytest.fixture
def fake_library(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module
    modules = {
        "sentence_transformers": types.SimpleNamespace(SentenceTransformer=FakeModel),
        "torch": types.SimpleNamespace(),
    }
    monkeypatch.setattr(importlib, "import_module", lambda name: modules.get(name) or real(name))


@pytest.mark.usefixtures("fake_library")
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("intfloat/multilingual-E5-base", ["query: 问", "passage: 答", "passage: 复"]),
        ("BAAI/bge-m3", ["Q 问", "D 答", "D 复"]),
    ],
)
def test_prefixes_are_those_of_the_model(name: str, asked: list[str]) -> None:
    encoder: Any = load_encoder(name)
    told: list[tuple[int, int]] = []
    assert encoder.encode_queries(["问"]).shape == (1, 4)
    assert encoder.encode_passages(["答", "复"], lambda done, total, item: told.append((done, total))).shape == (2, 4)
    assert encoder._model.asked[1:] == asked
    assert told == [(2, 2)]
    assert encoder.name.startswith(name.split("/")[1] + "-")


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is not None, reason="sentence-transformers is installed"
)
def test_a_missing_extra_is_named() -> None:
    with pytest.raises(ModelError, match=r"tongjian\[models\]"):
        load_encoder("BAAI/bge-small-zh-v1.5")


@pytest.mark.filterwarnings("default")
def test_int8_agrees_with_the_reference_in_full_precision(encoder: E5Encoder, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="the proof needs the extra `models`")
    from evals.export_e5 import export_e5

    export_e5(tmp_path / "e5")
    reference = load_encoder(str(tmp_path / "e5"))
    for ours, theirs in (
        (encoder.encode_passages(TEXTS), reference.encode_passages(TEXTS)),
        (encoder.encode_queries(TEXTS), reference.encode_queries(TEXTS)),
    ):
        assert np.linalg.norm(theirs, axis=1) == pytest.approx(1, abs=1e-4)
        assert (ours * theirs).sum(axis=1).min() >= 0.99


@pytest.mark.filterwarnings("default")
def test_another_models_failure_is_ours(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    with pytest.raises(ModelError, match="无法加载"):
        load_encoder(str(tmp_path / "nothing"))
