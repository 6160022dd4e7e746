"""POST /v1/verify: an answer from any source judged claim by claim against the library."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http.current import Here


class VerifyIn(BaseModel):
    """An answer in the form of ``/v1/ask``: its claims and citations are judged, all else is passed over."""

    model_config = ConfigDict(extra="allow")

    claims: list[dict[str, Any]] = Field(max_length=1000, description="要点，各有 text、place、citations、derivation")
    citations: list[dict[str, Any]] = Field(
        default=[], max_length=5000, description="引文，各有 n、article、quote、start、end"
    )


class VerdictOut(BaseModel):
    """Whether a claim holds, and why not; numbered from 1 in the order given."""

    n: int
    verified: bool
    reasons: list[str]


class VerdictsOut(BaseModel):
    """A verdict for each claim."""

    claims: list[VerdictOut]


router = APIRouter(prefix="/v1", tags=["问答"])


@router.post("/verify", summary="把一份答案逐条与资料库比对，看是否相符", response_model=VerdictsOut)
def verify(answer: VerifyIn, library: Here) -> Response:
    """Verdicts on the claims of an answer."""
    verdicts = library.verify(answer.model_dump())
    claims = [{"n": v.n, "verified": v.verified, "reasons": list(v.reasons)} for v in verdicts]
    return JSONResponse({"claims": claims})
