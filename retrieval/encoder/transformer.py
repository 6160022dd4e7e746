"""Any sentence-transformers model by name or folder (extra ``models``)."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.model import Progress

BATCH = 16


class TransformerEncoder:
    """Encodes with a sentence-transformers model; e5 models get their prefixes, others their own prompts."""

    def __init__(self, model: str) -> None:
        self._model = _load(model)
        self._prefixed = "e5" in model.lower()
        label = model.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        self.name = f"{label}-{_fingerprint(self._model)}"
        self.dimensions = len(self._model.encode(["。"], show_progress_bar=False)[0])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""
        return self._encode(texts, "query", None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions). ``progress`` hears of every batch."""
        return self._encode(texts, "passage", progress)

    def _encode(self, texts: Sequence[str], role: str, progress: Progress | None) -> NDArray[np.float32]:
        import numpy as np

        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = list(texts[start : start + BATCH])
            vectors[start : start + len(batch)] = self._batch(batch, role)
            if progress:
                progress(start + len(batch), len(texts), "embed")
        return vectors

    def _batch(self, texts: list[str], role: str) -> Any:  # noqa: ANN401
        options: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}
        if self._prefixed:
            return self._model.encode([f"{role}: {text}" for text in texts], **options)
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        return encode(texts, **options)


def _load(model: str) -> Any:  # noqa: ANN401
    try:
        library = importlib.import_module("sentence_transformers")
    except ImportError as exc:
        raise ModelError(f'向量模型 {model!r} 需要可选组件，请执行 pip install "tongjian[models]"') from exc
    try:
        return library.SentenceTransformer(model, device="cpu")
    except Exception as exc:  # the library raises whatever its loaders raise
        raise ModelError(f"向量模型 {model!r} 无法加载，请检查名称或文件夹是否正确、文件是否齐全") from exc


def _fingerprint(model: Any) -> str:  # noqa: ANN401
    """Twelve hex digits of all weights: two models of one name are not mixed."""
    torch = importlib.import_module("torch")
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.contiguous().view(-1).view(torch.uint8).cpu().numpy())
    return digest.hexdigest()[:12]
