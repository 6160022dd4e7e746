"""How near the articles read from a folder of documents come to their truths, each file's beside it as JSON.

A truth holds ``articles`` with title, subtitle, column, place, date, source, author, paragraphs, captions and perhaps
footnotes and pull_quote, and the ``issue_date`` of the whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from corpus.places import Gazetteer
from corpus.spacing import squeezed
from evals.layouts.measures import Score, match, score
from evals.layouts.model import Bulletin, Figure, Item, Part
from ingest.read import read_file

TRUTH = ".truth.json"
_ROLE = re.compile("(?:本报|特约)?(?:记者|通讯员|实习生)")
_LABELLED = ("来源：{}", "来源单位：{}", "文章来源：{}", "信息来源：{}", "来源｜{}", "来源|{}", "供稿：{}", "{}供稿")


def run_documents(folder: Path) -> dict[str, Any]:
    """Rates by file and over all, and every difference."""
    gazetteer = Gazetteer.load()
    files = sorted(folder.glob(f"*{TRUTH}"))
    scores = {path.name.removesuffix(TRUTH): _score_of(path, gazetteer) for path in files}
    whole = sum(scores.values(), Score())
    return {
        "layouts": {name: found.rates() for name, found in scores.items()},
        "all": whole.rates(),
        "failures": [f"{name}: {line}" for name, found in scores.items() for line in found.failures],
    }


def _score_of(path: Path, gazetteer: Gazetteer) -> Score:
    told = json.loads(path.read_text("utf8"))
    items = [_item(each) for each in told["articles"]]
    truth = Bulletin(path.name, told.get("issue", ""), told.get("issuer", ""), "", told.get("issue_date", ""), ())
    try:
        articles = read_file(path.with_name(path.name.removesuffix(TRUTH))).articles
    except ReadError as exc:
        return score(replace(truth, items=tuple(items)), ()) + Score(failures=[f"{path.name}: {exc.kind}"])
    pairs = match([squeezed("".join(item.paragraphs)) for item in items], [squeezed(a.body) for a in articles])
    for i, each in enumerate(told["articles"]):
        place = articles[pairs[i]].place if i in pairs else None
        meant = [named.adcode] if each["place"] and (named := gazetteer.resolve(each["place"])) else [None]
        meant = [code for m in gazetteer.find(each["place"]) for code in m.candidates] or meant
        read = place.adcode if place else None
        items[i] = replace(items[i], adcode=read if read in meant else meant[0])
    return score(replace(truth, items=tuple(items)), articles)


def _item(told: dict[str, Any]) -> Item:
    """An article of a truth.

    A title may be read with its place in brackets before it, a subtitle without its dash, a source with its label.
    """
    also = [("title", f"【{told['place']}】{told['title']}"), ("subtitle", told["subtitle"].lstrip("—"))]
    also += [("source_line", form.format(told["source"])) for form in _LABELLED]
    also += [("author", "、".join(_ROLE.sub(" ", told["author"]).split()))]
    return Item(
        title=(told["title"],),
        parts=tuple(Part("text", paragraph) for paragraph in told["paragraphs"]),
        adcode=None,
        column=told["column"] or None,
        subtitle=told["subtitle"] or None,
        source_line=told["source"] or None,
        author=told["author"] or None,
        published=told.get("date") or None,
        figures=tuple(Figure(caption, 0) for caption in told["captions"]),
        notes=tuple(told.get("footnotes") or ()),
        pull=told.get("pull_quote") or None,
        also=tuple(also),
    )
