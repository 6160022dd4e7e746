"""/v1/fills: a given report form filled from the library; looked at first, then saved."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict

from api.filling import filled_name
from api.http.current import Here
from api.http.files import as_file, uploaded

router = APIRouter(prefix="/v1/fills", tags=["填报"])

FormFile = Annotated[UploadFile, File(description="要填的报表（.xlsx）")]
MappingFile = Annotated[UploadFile | None, File(description="改过的对应关系：填好的表格，或 mapping 一栏的 JSON")]
PlaceIn = Annotated[str, Form(max_length=60, description="表中没有写地方时，是哪个地方的表")]
PeriodIn = Annotated[str, Form(max_length=60, description="表中没有写时间时，是哪个时间的表，如 2026年上半年")]


class FilledOut(BaseModel):
    """What becomes of a form: how many cells, how its heads and names were read, what goes where, what is left."""

    model_config = ConfigDict(extra="allow")

    cells: int
    filled: int
    doubtful: int
    kept: int
    unfilled: int
    mapping: dict[str, list[dict[str, Any]]]
    figures: list[dict[str, Any]]
    left: list[dict[str, Any]]
    notes: list[str]


@router.post("/preview", summary="看报表会怎样填：对应关系，填入的数和出处，填不了的和原因", response_model=FilledOut)
def preview(
    file: FormFile, library: Here, mapping: MappingFile = None, place: PlaceIn = "", period: PeriodIn = ""
) -> Response:
    """How a form would be filled; nothing is kept."""
    with tempfile.TemporaryDirectory(prefix="tongjian-") as folder, _sent(file, mapping) as (form, saved):
        made = library.fill(
            form, Path(folder) / filled_name(form).name, mapping=saved, place=place or None, period=period or None
        )
        cells = made.cells
        told = {"mapping": made.mapping, "figures": cells["filled"], "left": cells["left"]}
        return JSONResponse({**made.counts, **told, "notes": list(made.filling.notes)})


@router.post("", summary="填好的报表", response_class=FileResponse)
def fill(
    file: FormFile, library: Here, mapping: MappingFile = None, place: PlaceIn = "", period: PeriodIn = ""
) -> Response:
    """A form filled, to be saved."""
    with _sent(file, mapping) as (form, saved):
        return as_file(
            filled_name(form).name,
            lambda out: library.fill(form, out, mapping=saved, place=place or None, period=period or None),
        )


@contextmanager
def _sent(file: UploadFile, mapping: UploadFile | None) -> Iterator[tuple[Path, Path | None]]:
    with ExitStack() as sent:
        form = sent.enter_context(uploaded(file))
        yield form, sent.enter_context(uploaded(mapping)) if mapping is not None else None
