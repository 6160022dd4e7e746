"""Answers against expected ones: refusal, numbers, places, and whether every citation and number is covered.

A question file is JSON lines: ``question``, ``operation``, ``refused``, and as they apply ``numbers`` (decimal strings
that the answer must give), ``absent`` (that it must not), ``places`` (adcodes with evidence; ``only``: and no others),
``order`` (adcodes as they are ranked), ``must`` (lists of words, one of each in the text or table), ``files`` (cited),
``files_any`` (lists of files, one of each cited).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from corpus.errors import NotFound
from corpus.model import Answer
from corpus.spacing import squeezed

Ask = Callable[[str], Answer]
_DENIAL = re.compile(r"不一致|未见|不符|更正|并非|尚未|没有|下一?步|计划|还将")
_MARK = re.compile(r"\[\d+\]")


def run_answers(questions: Path, ask: Ask) -> dict[str, Any]:
    """Shares right, by operation and over all, with the questions that went wrong.

    Raises:
        NotFound: there is no such file.
    """
    if not questions.is_file():
        raise NotFound(f"没有问题文件 {str(questions)!r}。")
    rows = [json.loads(line) for line in questions.read_text("utf8").splitlines() if line.strip()]
    judged = [(row, answer, judge(row, answer)) for row in rows for answer in [ask(row["question"])]]
    wrong = [{"question": row["question"], "why": why} for row, _, why in judged if why]
    operations: dict[str, list[bool]] = {}
    for row, _, why in judged:
        operations.setdefault(row.get("operation", "any"), []).append(not why)
    answers = [answer for _, answer, _ in judged]
    return {
        "questions": len(rows), "right": 1 - len(wrong) / len(rows) if rows else None,
        "by_operation": {k: sum(v) / len(v) for k, v in sorted(operations.items())},
        "refusal": _refusal(rows, answers), "claims_verified": _share([c.verified for a in answers for c in a.claims]),
        "numbers_covered": _share([not uncovered(a) for a in answers]),
        "characters": median(len(a.text) for a in answers) if answers else None,
        "numbers_told": median(len(numbers(a)) for a in answers) if answers else None,
        "ms_p50": round(median(a.ms for a in answers), 1) if answers else None, "wrong": wrong,
    }  # fmt: skip


def judge(row: dict[str, Any], answer: Answer) -> list[str]:
    """What is wrong with an answer; nothing if it is right."""
    if answer.refused != row.get("refused", False):
        return ["refused" if answer.refused else "not refused"]
    told = numbers(answer)
    wrong = [f"has {n}" for n in row.get("absent", ()) if n in told]
    if answer.refused:
        return wrong
    wrong += [f"missing {n}" for n in row.get("numbers", ()) if n not in told]
    wrong += [f"does not say {'/'.join(words)}" for words in row.get("must", ()) if not _says(answer, words)]
    evident = set(answer.coverage.places_with_evidence)
    places = row.get("places", ())
    wrong += [f"no place {p}" for p in places if p not in evident]
    if row.get("only"):
        wrong += [f"other place {p}" for p in sorted(evident - set(places))]
    cited = {c.name for c in answer.citations}
    wrong += [f"does not cite {name}" for name in row.get("files", ()) if name not in cited]
    wrong += [f"cites none of {group}" for group in row.get("files_any", ()) if not cited & set(group)]
    if row.get("operation") == "check" and "kind" in row and (row["kind"] == "correction") is not _denies(answer):
        wrong.append("does not deny" if row["kind"] == "correction" else "denies")
    order = row.get("order", ())
    if order and [p for p in _order(answer) if p in order] != list(order):
        wrong.append(f"order {_order(answer)}")
    return wrong


def _denies(answer: Answer) -> bool:
    """Whether an answer says of a statement that it is not so."""
    return _DENIAL.search(answer.text) is not None


def _says(answer: Answer, words: Sequence[str]) -> bool:
    cells = [cell for row in (answer.table.rows if answer.table else ()) for cell in row]
    said = squeezed(answer.text + "".join(cells))
    return any(squeezed(word) in said for word in words)


def _order(answer: Answer) -> list[str]:
    """The places of an answer's claims in the order told."""
    return list(dict.fromkeys(c.place for c in answer.claims if c.place and c.derivation is None))


def numbers(answer: Answer) -> set[str]:
    """The values an answer tells, in text or table, normalised."""
    from extract.quantities import scan

    cells = [cell for row in (answer.table.rows if answer.table else ()) for cell in row]
    texts = [_MARK.sub("", answer.text), *cells]
    found = {format(q.value, "f") for text in texts for q in scan(text)}
    return found | {n for text in texts for n in re.findall(r"\d+(?:\.\d+)?", text)}


def uncovered(answer: Answer) -> list[str]:
    """Numbers of the text that are in no quote, derivation, question or coverage."""
    pool = [c.quote for c in answer.citations] + [answer.question, str(answer.coverage)]
    for claim in answer.claims:
        if claim.derivation is not None:
            pool += [claim.derivation.expression, claim.derivation.result]
    held = " ".join(pool)
    return [n for n in re.findall(r"\d+(?:\.\d+)?", _MARK.sub("", answer.text)) if n not in held]


def _refusal(rows: Sequence[dict[str, Any]], answers: Sequence[Answer]) -> dict[str, float | None]:
    wanted = [bool(row.get("refused")) for row in rows]
    given = [a.refused for a in answers]
    both = sum(w and g for w, g in zip(wanted, given, strict=True))
    return {
        "precision": both / sum(given) if any(given) else None,
        "recall": both / sum(wanted) if any(wanted) else None,
    }


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
