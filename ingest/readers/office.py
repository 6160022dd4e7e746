"""Old Word, WPS, RTF, ODT and Word 2003 XML files → blocks, through LibreOffice where it is installed.

Offsets refer to the decoded file of the DOCX that LibreOffice makes of them.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpus.errors import ReadError
from ingest.block import Source
from ingest.readers.docx import read_docx
from ingest.sandbox import GROUP
from ingest.sniff import DOC, ODT, RTF, WORD_XML

_ENDING = {DOC: ".doc", RTF: ".rtf", ODT: ".odt", WORD_XML: ".xml"}
_MAKERS = {"docx": "Word、WPS ", "xlsx": "Excel、WPS "}
_PARTS = {"docx": "Writer", "xlsx": "Calc"}
"""What of LibreOffice, often installed in parts, makes each format."""
_SECONDS = 100
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)


def find_office() -> str | None:
    """The LibreOffice program of this machine, or None."""
    found = next((path for name in ("soffice", "libreoffice") if (path := shutil.which(name))), None)
    return found or next((path for path in _USUAL if Path(path).is_file()), None)


def read_office(data: bytes, name: str, media_type: str) -> Source:
    """The text of a file that LibreOffice reads.

    Raises:
        ReadError: as ``converted``.
    """
    document = converted(data, name, _ENDING[media_type], "docx")
    return replace(read_docx(document, name), media_type=media_type, reader="libreoffice")


def converted(data: bytes, name: str, ending: str, to: str) -> bytes:
    """A file as LibreOffice saves it with another ending. Its name does not reach the program: only the bytes do.

    Raises:
        ReadError: kind ``unsupported`` where LibreOffice is not installed, ``damaged`` where it cannot read the file,
            ``time`` where it does not end.
    """
    office = find_office()
    if office is None:
        remedy = f"请安装 LibreOffice，或用 {_MAKERS[to]}另存为 .{to} 后再导入。"
        raise ReadError("unsupported", f"读取文件 {name!r} 需要 LibreOffice。{remedy}")
    with tempfile.TemporaryDirectory(prefix="tongjian-") as folder:
        source, out = Path(folder) / f"source{ending}", Path(folder) / "out"
        source.write_bytes(data)
        command = [office, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        _run([*command, "--convert-to", to, "--outdir", str(out), str(source)], name, to)
        try:
            return (out / f"source.{to}").read_bytes()
        except OSError as exc:
            told = f"LibreOffice 打不开文件 {name!r}，文件可能已损坏，或没有装 LibreOffice 的 {_PARTS[to]} 组件。"
            raise ReadError("damaged", f"{told}请另存为 .{to} 后再导入。") from exc


def _run(command: list[str], name: str, to: str) -> None:
    """Run the program to its end, or end it and all it started."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, preexec_fn=_unbounded()
    )
    running = Path(tempfile.gettempdir(), f"{process.pid}{GROUP}")
    running.touch()
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as exc:
        raise ReadError("time", f"LibreOffice 转换文件 {name!r} 超时，请另存为 .{to} 后再导入。") from exc
    finally:
        if process.poll() is None:
            if sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        running.unlink(missing_ok=True)


@cache
def _profile() -> Path:
    """A profile of this process's own: two of them in one would wait for each other."""
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _unbounded() -> Callable[[], None] | None:
    """What lifts an inherited limit of memory for LibreOffice, which maps far more than it uses; None on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
