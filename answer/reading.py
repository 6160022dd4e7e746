"""An answer in the contract's JSON form → claims and citations; pydantic stands at this edge."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import UsageError
from corpus.model import Citation, Claim, Derivation


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Derivation(_Lenient):
    operation: str
    inputs: list[str] = []
    result: str
    unit: str | None = None
    expression: str = ""


class _Claim(_Lenient):
    text: str
    place: str | None = None
    citations: list[int] = []
    derivation: _Derivation | None = None


class _Citation(_Lenient):
    n: int
    article: str
    title: str = ""
    place: str | None = None
    name: str = ""
    page: int | None = None
    field: Literal["body", "title", "column", "source_line", "caption"] = "body"
    quote: str
    start: int = -1
    end: int = -1


class _Answer(_Lenient):
    claims: list[_Claim]
    citations: list[_Citation] = []


def parse(raw: object) -> tuple[list[Claim], list[Citation]]:
    """Claims and citations.

    Raises:
        UsageError: the form is not the contract's; the message names the first place where it differs.
    """
    try:
        answer = _Answer.model_validate(raw)
    except ValidationError as exc:
        where = ".".join(str(part) for part in exc.errors()[0]["loc"])
        raise UsageError(
            f"答案的格式不对：{where or '整体'}。应为提问所得的 JSON，其中有 claims 和 citations。"
        ) from exc
    claims = [Claim(c.text, c.place, tuple(c.citations), _derivation(c.derivation)) for c in answer.claims]
    citations = [
        Citation(c.n, c.article, c.title, c.place, c.name, c.quote, c.start, c.end, c.field, c.page)
        for c in answer.citations
    ]
    return claims, citations


def _derivation(raw: _Derivation | None) -> Derivation | None:
    if raw is None:
        return None
    return Derivation(raw.operation, tuple(raw.inputs), raw.result, raw.unit, raw.expression)
