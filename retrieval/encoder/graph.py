"""The encoder as an ONNX graph in int8: one text in (its summed embeddings), one unit vector out.

A BERT encoder (arXiv:1810.04805) with exact GELU and layer norm after each residual. Matrices are quantised per output
column to 7 bits and a sign (two products of an unsigned 8-bit activation then never overflow the 16 bits in which
processors without VNNI add them: the same vectors everywhere); activations are quantised per text at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnx import NodeProto, TensorProto

    from retrieval.encoder.weights import Weights

LARGEST = 64
INPUT, OUTPUT = "embeddings", "vector"
CONTRIB = "com.microsoft"
OPSET, IR_VERSION = 20, 10


def build_graph(weights: Weights) -> bytes:
    """The serialised model: float32 (1, tokens, hidden) → float32 (1, hidden), mean pooled, of length 1."""
    return _Builder(weights).build()


class _Builder:
    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def build(self) -> bytes:
        import numpy as np
        from onnx import TensorProto, helper

        shape = self._weights.shape
        x = self._normalised(INPUT, None, "emb.ln")
        for layer in range(shape.layers):
            x = self._layer(f"l{layer}.", x)
        mean = self._node("ReduceMean", [x, self._constant("axis", np.array([1], np.int64))], "mean", keepdims=0)
        self._node("LpNormalization", [mean], OUTPUT, axis=1, p=2)
        graph = helper.make_graph(
            self._nodes,
            "e5",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", shape.hidden])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, shape.hidden])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION).SerializeToString()
        return model

    def _layer(self, prefix: str, x: str) -> str:
        import numpy as np

        shape = self._weights.shape
        parts = [prefix + part for part in "qkv"]
        fused = self._linear(prefix + "qkv", x, parts, shape.hidden)
        sizes = self._constant(prefix + "sizes", np.array([shape.hidden] * 3, np.int64))
        split = [f"{part}.out" for part in parts]
        self._node("Split", [fused, sizes], split, axis=2)
        context = self._node("MultiHeadAttention", split, prefix + "context", domain=CONTRIB, num_heads=shape.heads)
        attended = self._linear(prefix + "ao", context, [prefix + "ao"], shape.hidden)
        x = self._normalised(x, attended, prefix + "aln")
        inner = self._linear(prefix + "fi", x, [prefix + "fi"], shape.ffn)
        inner = self._node("Gelu", [inner], prefix + "gelu", domain=CONTRIB)
        outer = self._linear(prefix + "fo", inner, [prefix + "fo"], shape.hidden)
        return self._normalised(x, outer, prefix + "oln")

    def _linear(self, name: str, x: str, tensors: list[str], rows: int) -> str:
        """``x`` times the named matrices side by side, plus their biases."""
        import numpy as np

        matrix = np.concatenate([self._weights.matrix(f"{tensor}.w", rows) for tensor in tensors])
        bias = np.concatenate([self._weights.vector(f"{tensor}.b") for tensor in tensors])
        integers, scales = _quantise(matrix)
        inputs = [
            x,
            self._constant(f"{name}.w", np.ascontiguousarray(integers.T)),
            self._constant(f"{name}.scale", scales),
            "",
            self._constant(f"{name}.b", bias),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=CONTRIB)

    def _normalised(self, x: str, residual: str | None, name: str) -> str:
        inputs = [x, *([residual] if residual else [])]
        inputs += [self._constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in "wb"]
        operator, domain = ("SkipLayerNormalization", CONTRIB) if residual else ("LayerNormalization", "")
        return self._node(operator, inputs, f"{name}.out", domain=domain, epsilon=self._weights.epsilon)

    def _node(self, operator: str, inputs: list[str], outputs: str | list[str], **attributes: Any) -> str:  # noqa: ANN401
        from onnx import helper

        names = [outputs] if isinstance(outputs, str) else outputs
        self._nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names[0]

    def _constant(self, name: str, array: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(array, name))
        return name


def _quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers and one scale a row: ``matrix ≈ integers * scales[:, None]``."""
    import numpy as np

    peaks = np.abs(matrix).max(axis=1)
    scales = (np.where(peaks > 0, peaks, 1) / LARGEST).astype(np.float32)
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales
