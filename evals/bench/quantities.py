"""Characters per second of quantities, periods and places: ours, Recognizers-Text (zh-cn) and JioNLP.

``python -m evals.bench.quantities`` prints one JSON object. Each tool reads the paragraphs of the sample articles in
a process of its own, all its tasks of this kind; the rivals run in the Python that ``TONGJIAN_RIVALS`` names
(they are no dependencies of ours).
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from api.samples import samples
from evals.bench.child import run_child
from ingest.read import read_file

_SCRIPTS = {
    "ours: quantities": "from extract.quantities import scan as read\n",
    "ours: quantities, periods, places": (
        "from corpus.places import Gazetteer; from extract.period import find_period\n"
        "from extract.quantities import scan\n"
        "gazetteer = Gazetteer.load()\n"
        "def read(text): return scan(text), find_period(text, '2026-11-01'), gazetteer.find(text)\n"
    ),
    "ours: all of extraction": (
        "from corpus.model import Article, SourceRun; from extract.facts import Rules, facts\n"
        "rules = Rules.load()\n"
        "def article(text): return Article('a', 'd', 'n', 0, '', text, (SourceRun(0, len(text), source=0),))\n"
        "def read(text): return facts(article(text), rules)\n"
    ),
    "recognizers-text": (
        "from recognizers_date_time import DateTimeRecognizer; from recognizers_number import NumberRecognizer\n"
        "from recognizers_number_with_unit import NumberWithUnitRecognizer\n"
        "n, u, d = (r('zh-cn') for r in (NumberRecognizer, NumberWithUnitRecognizer, DateTimeRecognizer))\n"
        "models = [n.get_number_model(), n.get_percentage_model(), n.get_ordinal_model(), u.get_currency_model(),\n"
        "    u.get_dimension_model(), u.get_age_model(), u.get_temperature_model(), d.get_datetime_model()]\n"
        "def read(text): return [m.parse(text) for m in models]\n"
    ),
    "jionlp": (
        "import jionlp\n"
        "def read(text): return (jionlp.ner.extract_money(text), jionlp.ner.extract_time(text, time_base=0),\n"
        "    jionlp.recognize_location(text))\n"
    ),
}
_MEASURE = """
import json, sys, time
texts = json.load(sys.stdin)
read("2026年3月，全县选派党建指导员138名，覆盖率达95%，投入12万元，比上年增加三成。")
began = time.process_time()
for text in texts: read(text)
print(json.dumps(sum(map(len, texts)) / (time.process_time() - began)))
"""


def run_quantities(tools: tuple[str, ...] = tuple(_SCRIPTS)) -> dict[str, Any]:
    """The number of characters read, and for each tool characters per CPU-second, or None where it is absent."""
    texts = _paragraphs()
    rivals = os.environ.get("TONGJIAN_RIVALS")
    found = {name: _measured(name, sys.executable if name.startswith("ours") else rivals, texts) for name in tools}
    return {"characters": sum(map(len, texts)), **found}


def _paragraphs() -> list[str]:
    articles = [article for path in samples() for article in read_file(path).articles]
    return [line for article in articles for line in article.body.split("\n") if line]


def _measured(name: str, python: str | None, texts: list[str]) -> int | None:
    if python is None:
        return None
    script = _SCRIPTS[name] + _MEASURE
    speed: float = run_child(python, script, ours=name.startswith("ours"), given=json.dumps(texts))
    return round(speed)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_quantities(), indent=1) + "\n")
