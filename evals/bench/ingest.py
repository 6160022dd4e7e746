"""Pages per second, memory and character errors of reading PDF: ours, pypdf with a text splitter, markitdown.

``python -m evals.bench.ingest`` prints one JSON object; seconds are of the fastest of five passes. Each tool reads the
same files in a process of its own; markitdown runs in the Python that ``TONGJIAN_MARKITDOWN`` names (it is no
dependency of ours). The files are invented bulletins of ``evals/layouts``, longer than those, whose text is known.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.spacing import squeezed
from evals.bench.child import run_child

LAYOUTS = ("reportlab_news", "typst_journal", "typst_columns", "reportlab_flush")
ITEMS = 16
"""Articles an issue: some ten to twenty pages."""
_SCRIPTS = {
    "pypdf": (
        "import pypdf; from langchain_text_splitters import RecursiveCharacterTextSplitter as S\n"
        "cut = S(chunk_size=300, chunk_overlap=0)\n"
        "def read(p): return ''.join(cut.split_text('\\n'.join(q.extract_text() for q in pypdf.PdfReader(p).pages)))\n"
    ),
    "markitdown": (
        "from markitdown import MarkItDown; tool = MarkItDown()\ndef read(p): return tool.convert(p).text_content\n"
    ),
    "ours": (
        "from pathlib import Path; from ingest.read import read_file\n"
        "def read(p): return '\\n'.join(a.title + (a.subtitle or '') + a.body for a in read_file(Path(p)).articles)\n"
    ),
}
_MEASURE = """
import json, resource, sys, time
paths = sys.argv[1:]
read(paths[0])
spent = []
for _ in range(5):
    began = time.process_time()
    texts = [read(p) for p in paths]
    spent.append(time.process_time() - began)
try:  # the process's own peak; ru_maxrss remembers the parent's
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) * 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": min(spent), "peak": peak, "texts": texts}))
"""


def run_ingest(layouts: Sequence[str] = LAYOUTS, items: int = ITEMS) -> dict[str, Any]:
    """For each tool: pages per CPU-second, peak memory in MB, character error rate in %; or None where it is absent."""
    with tempfile.TemporaryDirectory() as folder:
        made = [_long(Path(folder), name, items) for name in layouts]
        paths, truths, pages = [m[0] for m in made], [m[1] for m in made], sum(m[2] for m in made)
        pythons = {"ours": sys.executable, "pypdf": sys.executable, "markitdown": os.environ.get("TONGJIAN_MARKITDOWN")}
        tools = {name: _measured(name, python, paths, truths, pages) for name, python in pythons.items()}
    return {"pages": pages, "files": len(paths), **tools}


def _long(folder: Path, name: str, items: int) -> tuple[Path, str, int]:
    """An issue of many articles, their text, and how many pages it has."""
    import pypdf

    from evals.layouts.layouts import LAYOUTS as known
    from evals.layouts.layouts import make

    layout = next(each for each in known if each.name == name)
    sample = make(replace(layout, content=replace(layout.content, items=items)), 1, number=known.index(layout))
    path = folder / f"{name}.pdf"
    path.write_bytes(sample.pdf)
    truth = "".join(i.whole_title + (i.subtitle or "") + "".join(i.paragraphs) for i in sample.truth.items)
    return path, squeezed(truth), len(pypdf.PdfReader(path).pages)


def _measured(
    name: str, python: str | None, paths: Sequence[Path], truths: Sequence[str], pages: int
) -> dict[str, float] | None:
    if python is None or (name == "pypdf" and importlib.util.find_spec("langchain_text_splitters") is None):
        return None
    found = run_child(python, _SCRIPTS[name] + _MEASURE, *map(str, paths), ours=name == "ours")
    wrong = sum(_distance(truth, squeezed(text)) for truth, text in zip(truths, found["texts"], strict=True))
    return {
        "pages_per_cpu_second": round(pages / found["seconds"], 1),
        "peak_mb": round(found["peak"] / 1e6),
        "cer_percent": round(100 * wrong / sum(map(len, truths)), 2),
    }


def _distance(a: str, b: str) -> int:
    levenshtein: Callable[[str, str], int] = importlib.import_module("rapidfuzz.distance.Levenshtein").distance
    return levenshtein(a, b)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_ingest(), indent=1) + "\n")
