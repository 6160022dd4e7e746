"""What a RAG user without a model gets, judged as our answers are: the five passages nearest the question, pasted.

``python -m evals.baselines QUESTIONS PATH…`` prints one JSON object. A pasted passage says what its source says, so
every claim is its own quote and counts as verified; a number is told if it stands anywhere in the five passages.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.files import find_files
from api.library import Library
from corpus.model import Answer, Citation, Claim, Coverage, Plan
from evals.answers import Ask, run_answers

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

    from corpus.places import Gazetteer
    from retrieval.encoder import Encoder

K = 5
"""Passages pasted."""
CHUNK_SIZE, CHUNK_OVERLAP = 500, 50
"""Characters, as tutorials set them for the splitter."""
BATCH = 5_000
"""Chroma takes at most 5,461 records a call."""
REFUSED = "Baselines cannot refuse: each question that ought to be refused counts as wrong."


def run_baselines(questions: Path, paths: Sequence[Path]) -> dict[str, Any]:
    """The figures of ``run_answers`` for ours, pasted and langchain over the same files, with a note on refusal.

    The files are taken into a temporary library once; ours answers without a language model.

    Raises:
        NotFound: there is no such question file.
        ModelError: the built-in encoder's weights are missing.
    """
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library", create=True) as library:
        library.ingest(paths)
        with langchain_chroma(Path(folder) / "chroma", paths) as langchain:
            asks: dict[str, Ask] = {
                "ours": lambda question: library.ask(question, llm="none"),
                "pasted": pasted(library),
                "langchain": langchain,
            }
            scores = {name: run_answers(questions, ask) for name, ask in asks.items()}
    return {name: {k: v for k, v in s.items() if k != "wrong"} for name, s in scores.items()} | {"refused": REFUSED}


def pasted(library: Library) -> Ask:
    """Answers that are the first five hits of our own hybrid search; refused only where it finds none."""

    def ask(question: str) -> Answer:
        started = time.perf_counter()
        hits = library.search(question, K)
        outlines = library.catalogue.outlines({hit.passage.article for hit in hits})
        citations = []
        for n, hit in enumerate(hits, 1):
            passage, article = hit.passage, outlines[hit.passage.article]
            place = article.place.adcode if article.place else None
            citations.append(
                Citation(n, article.id, article.title, place, article.name, passage.text,
                         passage.span.start, passage.span.end)
            )  # fmt: skip
        return _answer(question, citations, len(library.catalogue.places()), started)

    return ask


@contextmanager
def langchain_chroma(folder: Path, paths: Sequence[Path]) -> Iterator[Ask]:
    """Answers of a plain pipeline, its Chroma in ``folder`` open for the block.

    Text files as they are, cut by langchain's recursive splitter, embedded by our built-in encoder, the five nearest
    pasted; files that are no ``.txt`` in UTF-8 are left out. Such a pipeline knows no places, articles or titles: a
    chunk's place is the first in it that the gazetteer finds and can settle, its article the file.
    """
    import chromadb
    from chromadb.config import Settings

    from corpus.places import Gazetteer
    from retrieval.encoder import load_encoder

    gazetteer, embeddings = Gazetteer.load(), _embeddings(load_encoder())
    chunks = _chunks(find_files(paths))
    # Any: the client's declared type lacks ``close``.
    client: Any = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, is_persistent=True))
    try:
        collection = client.create_collection("chunks", embedding_function=None)
        for at in range(0, len(chunks), BATCH):
            part = chunks[at : at + BATCH]
            vectors = embeddings.embed_documents([chunk.page_content for chunk in part])
            collection.add([str(n) for n in range(at, at + len(part))], vectors)

        def ask(question: str) -> Answer:
            started = time.perf_counter()
            vector = embeddings.embed_query(question)
            found = collection.query([vector], n_results=K)["ids"][0] if chunks else []
            citations = [_citation(n, chunks[int(id_)], gazetteer) for n, id_ in enumerate(found, 1)]
            return _answer(question, citations, 0, started)

        yield ask
    finally:
        client.close()


def _answer(question: str, citations: Sequence[Citation], places: int, started: float) -> Answer:
    """The citations' quotes pasted, each a claim; ``places`` are those in the library."""
    claims = tuple(Claim(c.quote, c.place, (c.n,), verified=True) for c in citations)
    evident = tuple(dict.fromkeys(c.place for c in citations if c.place))
    return Answer(
        question, "extractive", Plan("lookup"), "\n\n".join(f"{c.quote}[{c.n}]" for c in citations),
        Coverage(places, (), evident), claims, tuple(citations),
        refused=not citations, reason=None if citations else "检索未找到任何段落。",
        ms=1000 * (time.perf_counter() - started),
    )  # fmt: skip


def _embeddings(encoder: Encoder) -> Embeddings:
    from langchain_core.embeddings import Embeddings

    class EncoderEmbeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.encode_passages(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = encoder.encode_queries([text])[0].tolist()
            return vector

    return EncoderEmbeddings()


def _chunks(files: Sequence[Path]) -> list[Document]:
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = []
    for path in files:
        if path.suffix.lower() != ".txt":
            continue
        try:
            documents.append(Document(path.read_text(encoding="utf-8"), metadata={"source": path.name}))
        except UnicodeDecodeError:
            continue
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True)
    return splitter.split_documents(documents)


def _citation(n: int, chunk: Document, gazetteer: Gazetteer) -> Citation:
    text, name, start = chunk.page_content, chunk.metadata["source"], chunk.metadata["start_index"]
    settled = (gazetteer.settle(mention.candidates) for mention in gazetteer.find(text))
    place = next((code for code in settled if code is not None), None)
    return Citation(n, name, "", place, name, text, start, start + len(text))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_baselines(Path(sys.argv[1]), [*map(Path, sys.argv[2:])]), indent=1) + "\n")
