"""/v1/digests/ledger: what units sent in and what issues used, by month or in sum, and as a workbook."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from api import ledger
from api.http.current import Here, Remembered
from api.http.files import as_file
from api.library import Library

router = APIRouter(prefix="/v1/digests/ledger", tags=["摘编"])

_MONTH = r"^(\d{4}-\d{2})?$"


class LedgerIn(BaseModel):
    """Which rows of the ledger."""

    since: str = Field(default="", pattern=_MONTH, description="从哪个月起，如 2026-01")
    until: str = Field(default="", pattern=_MONTH, description="到哪个月止")
    unit: str = Field(default="", max_length=60, description="单位名称中的字")


class LedgerPageIn(LedgerIn):
    """By month or by unit, and how many rows."""

    by: Literal["month", "unit"] = Field(default="month", description="month 逐月，unit 各单位合计")
    limit: int = Field(default=500, ge=1, le=10_000)


@router.get("", summary="报送和采用台账，按月或按单位合计")
def use_ledger(asked: Annotated[LedgerPageIn, Query()], library: Here, request: Request) -> JSONResponse:
    """What each unit sent in and what issues used, by month, the newest first, or in sum."""
    rows = _ledger(asked, library, request)
    listed = [("", *total) for total in ledger.totals(rows)] if asked.by == "unit" else rows
    items = [
        {"month": month, "region": ledger.region_name(code, library.gazetteer), "unit": unit, "sent": n, "used": m}
        for month, code, unit, n, m in listed[: asked.limit]
    ]
    sent, used = sum(row[3] for row in rows), sum(row[4] for row in rows)
    return JSONResponse({"items": items, "total": len(listed), "sent": sent, "used": used})


@router.get("/file", summary="台账（xlsx）：逐月和各单位合计", response_class=FileResponse)
def ledger_file(asked: Annotated[LedgerIn, Query()], library: Here, request: Request) -> Response:
    """The ledger as a workbook."""
    rows = _ledger(asked, library, request)
    return as_file(f"{ledger.NAME}.xlsx", lambda path: ledger.write(rows, library.gazetteer, path))


def _ledger(asked: LedgerIn, library: Library, request: Request) -> list[ledger.Row]:
    remembered: Remembered = request.app.state.remembered
    rows = remembered(library, "ledger", lambda: ledger.use_ledger(library))
    return ledger.chosen(rows, asked.since, asked.until, asked.unit.strip())
