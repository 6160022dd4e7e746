"""The built-in encoder's weights as a sentence-transformers folder in full precision.

Made for one proof: that the int8 graph gives what the reference implementation gives for the same weights.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.encoder.weights import Weights, find_weights, open_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAYER = {
    "attention.self.query": ("q", "w", "b"),
    "attention.self.key": ("k", "w", "b"),
    "attention.self.value": ("v", "w", "b"),
    "attention.output.dense": ("ao", "w", "b"),
    "attention.output.LayerNorm": ("aln", "w", "b"),
    "intermediate.dense": ("fi", "w", "b"),
    "output.dense": ("fo", "w", "b"),
    "output.LayerNorm": ("oln", "w", "b"),
}
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "unk_token": "<unk>"}
"""Of the tokeniser; with ``pad_token`` and ``mask_token``."""


def export_e5(folder: Path) -> None:
    """Write the folder. Needs ``safetensors`` and ``tokenizers``, which sentence-transformers brings."""
    weights = open_weights(find_weights())
    folder.mkdir(parents=True, exist_ok=True)
    importlib.import_module("safetensors.numpy").save_file(_tensors(weights), folder / "model.safetensors")
    _write(folder / "config.json", _config(weights))
    _write_tokeniser(folder, weights)
    kinds = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds.items())
    ]
    _write(folder / "modules.json", modules)
    _write(folder / "sentence_bert_config.json", {"max_seq_length": weights.shape.positions, "do_lower_case": False})
    pooling = {"word_embedding_dimension": weights.shape.hidden, "pooling_mode_mean_tokens": True}
    _write(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir(exist_ok=True)


def _tensors(weights: Weights) -> dict[str, NDArray[np.float32]]:
    import numpy as np

    shape = weights.shape
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", shape.vocabulary),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos").reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": weights.vector("emb.type").reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
    }
    for layer in range(shape.layers):
        for theirs, (ours, weight, bias) in LAYER.items():
            prefix, name = f"encoder.layer.{layer}.{theirs}", f"l{layer}.{ours}"
            rows = shape.ffn if ours == "fi" else shape.hidden
            normalisation = ours.endswith("ln")
            matrix = weights.vector(f"{name}.{weight}") if normalisation else weights.matrix(f"{name}.{weight}", rows)
            tensors[f"{prefix}.weight"] = matrix
            tensors[f"{prefix}.bias"] = weights.vector(f"{name}.{bias}")
    return {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}


def _config(weights: Weights) -> dict[str, Any]:
    shape = weights.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": weights.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": 1,
    }


def _write_tokeniser(folder: Path, weights: Weights) -> None:
    library = importlib.import_module("tokenizers")
    vocabulary = weights.vocabulary
    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokeniser = library.Tokenizer(library.models.Unigram(pieces, vocabulary.unknown))
    replace = library.normalizers.Replace
    steps = [replace(chr(point), text) for point, text in vocabulary.normalisation.items()]
    tokeniser.normalizer = library.normalizers.Sequence([*steps, replace(library.Regex(" {2,}"), " ")])
    tokeniser.pre_tokenizer = library.pre_tokenizers.Metaspace()
    bos, eos = ("<s>", vocabulary.bos), ("</s>", vocabulary.eos)
    template = library.processors.TemplateProcessing
    tokeniser.post_processor = template(single="<s> $A </s>", special_tokens=[bos, eos])
    tokeniser.save(str(folder / "tokenizer.json"))
    special = {**SPECIAL, "pad_token": "<pad>", "mask_token": "<mask>"}
    limit = weights.shape.positions
    _write(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": limit, **special},
    )
    _write(folder / "special_tokens_map.json", special)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
