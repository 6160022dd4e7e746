"""/v1/documents: files taken in, listed, shown as pages, taken out and brought back."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, UploadFile
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from api.http.current import Here
from api.http.files import named
from api.http.jobs import AllJobs, JobOut, accepted
from api.library import Library
from api.samples import held_samples, samples
from api.shapes import document_json, report_json
from api.uploads import Upload, bringing_back, keep, taking_in
from corpus.blobs import Blobs
from corpus.catalogue import DocumentState
from corpus.desk import Desk
from corpus.errors import NotFound
from corpus.paging import At
from ingest.render import PagePicture, can_render, render

router = APIRouter(prefix="/v1", tags=["资料"])

_PAGES_KEPT = 48


class DocumentOut(BaseModel):
    """A file; ``status`` is received, stored, indexed, failed, replaced or deleted."""

    id: str
    name: str
    path: str
    status: str
    media_type: str
    pages: int | None
    articles: int
    facts: int
    reason: str | None
    received_at: str | None = Field(description="导入的时间；早先导入的没有记")
    size: int | None = Field(description="原件的字节数；没有留存原件的没有")
    shows_pages: bool = Field(description="能否按页显示原件")


class DocumentsOut(BaseModel):
    """One page; ``next`` is the cursor of the next."""

    items: list[DocumentOut]
    next: str | None
    total: int | None


class DocumentsIn(BaseModel):
    """Which files."""

    q: str | None = Field(default=None, max_length=200, description="文件名中的字")
    status: str | None = Field(default=None, description="状态", examples=["failed"])
    cursor: str | None = Field(default=None, max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


@router.get("/documents", summary="资料库里的文件", response_model=DocumentsOut)
def documents(asked: Annotated[DocumentsIn, Query()], library: Here) -> Response:
    """A page of files, the latest first."""
    page = Desk(library.catalogue.engine).documents(asked.q or "", asked.status, At(asked.cursor, asked.limit))
    shown = [_shown(library, each) for each in page.items]
    return JSONResponse({"items": shown, "next": page.next, "total": page.total})


@router.post("/documents", summary="上传文件，导入资料库", status_code=202, response_model=JobOut)
def upload(
    files: Annotated[list[UploadFile], File(description="文件，可多份")], library: Here, jobs: AllJobs
) -> Response:
    """Take files in; the answer names a job."""
    folder = keep(library.folder, [Upload(f.filename or "", f.file) for f in files])
    return accepted(jobs.submit("ingest", _titled([f.filename or "" for f in files]), taking_in(library, folder)))


@router.post("/documents/samples", summary="导入自带的虚构样例", status_code=202, response_model=JobOut)
def load_samples(library: Here, jobs: AllJobs) -> Response:
    """Take in the samples that come with the package."""
    return accepted(jobs.submit("ingest", "自带的虚构样例", lambda p: report_json(library.ingest(samples(), p))))


@router.delete("/documents/samples", summary="删除自带的样例", status_code=204)
def remove_samples(library: Here) -> Response:
    """Take the samples out again."""
    library.delete(held_samples(library))
    return Response(status_code=204)


@router.delete("/documents/{document}", summary="删除文件；原件留存，可以恢复", response_model=DocumentOut)
def delete(document: str, library: Here) -> Response:
    """Take a file out."""
    library.delete([_state(library, document).document.id])
    return JSONResponse(_shown(library, _state(library, document)))


@router.post("/documents/{document}/restore", summary="恢复删除的文件", status_code=202, response_model=JobOut)
def restore(document: str, library: Here, jobs: AllJobs) -> Response:
    """Take in again the original of a file that was taken out."""
    name = _state(library, document).document.name
    return accepted(jobs.submit("ingest", f"恢复 {name}", bringing_back(library, document)))


@router.get("/documents/{document}/file", summary="原件", response_class=FileResponse)
def original(document: str, library: Here) -> Response:
    """The file as it came in, to be saved."""
    state = _state(library, document)
    path = Blobs(library.folder / "blobs").path(state.document.sha256)
    if not state.document.sha256 or not path.is_file():
        raise NotFound(f"文件 {state.document.name!r} 的原件不在资料库里。")
    return FileResponse(path, media_type="application/octet-stream", headers=named(state.document.name))


@router.get(
    "/documents/{document}/pages/{page}", summary="原件的一页（PNG）", response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)  # fmt: skip
def page(document: str, page: int, library: Here, request: Request) -> Response:
    """A page as a picture; the headers ``Page-Width`` and ``Page-Height`` are its size in points."""
    state = _state(library, document).document
    if not can_render(state.media_type):
        raise NotFound(f"文件 {state.name!r} 不是 PDF 或图片，没有可显示的页。")
    pages: Pages = request.app.state.pages
    drawn = pages(library, state.sha256, state.media_type, page)
    sizes = {"Page-Width": f"{drawn.width:.2f}", "Page-Height": f"{drawn.height:.2f}"}
    return Response(drawn.png, media_type="image/png", headers=sizes | {"Cache-Control": "private, max-age=86400"})


class Pages:
    """Draws pages, one at a time, and keeps the last ones."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, library: Library, sha256: str, media_type: str, page: int) -> PagePicture:
        """A page of an original."""
        key = sha256, page
        with self._lock:
            if key not in self._kept:
                self._kept[key] = render(Blobs(library.folder / "blobs").path(sha256), media_type, page)
            self._kept.move_to_end(key)
            while len(self._kept) > _PAGES_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def _state(library: Library, document: str) -> DocumentState:
    found = Desk(library.catalogue.engine).document(document)
    if found is None:
        raise NotFound(f"资料库里没有文件 {document!r}。")
    return found


def _shown(library: Library, state: DocumentState) -> dict[str, Any]:
    document = state.document
    kept = Blobs(library.folder / "blobs").path(document.sha256) if document.sha256 else None
    size = kept.stat().st_size if kept and kept.is_file() else None
    return document_json(state) | {"size": size, "shows_pages": can_render(document.media_type)}


def _titled(names: list[str]) -> str:
    """The first name, and how many there are.

    >>> _titled(["甲.pdf"]), _titled(["材料/甲.pdf", "乙.pdf"])
    ('甲.pdf', '甲.pdf 等 2 个文件')
    """
    first = names[0].replace("\\", "/").rpartition("/")[2]
    return first if len(names) == 1 else f"{first} 等 {len(names)} 个文件"
