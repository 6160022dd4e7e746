"""Answers by the user's own aspects: of each place what it says on each of them, and what it does not mention."""

from __future__ import annotations

from answer.compose import Composition, Row
from answer.matrix import matrix_of
from answer.narrated import WHOLE, sentence_claim
from answer.say import name_of
from corpus.labels import UNMENTIONED


def by_aspect(made: Composition) -> bool:
    """The cells of the matrix of a question as sentences and rows; False where no place speaks of its subject."""
    question = made.question
    matrix = matrix_of(question, made.sources, question.own_aspects, question.places)
    made.columns = ("地方", "方面", "依据")
    for place, cells in zip(matrix.places, matrix.rows, strict=True):
        missing = [a.name for a, cell in zip(matrix.aspects, cells, strict=True) if not cell.sentences]
        for aspect, cell in zip(matrix.aspects, cells, strict=True):
            for claim in made.holding([sentence_claim(made, hit, WHOLE) for hit in cell.sentences]):
                made.say(f"（{aspect.name}）{claim.text}。", claim)
                made.rows.append(Row((name_of(place), aspect.name, claim.text.split("：", 1)[-1]), claim))
        if missing:
            made.say(f"{name_of(place)}{UNMENTIONED}{'、'.join(missing)}。")
    return bool(made.rows)
