"""What this machine can and cannot do, and how to bring what is missing."""

from __future__ import annotations

import importlib.util
import locale
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from api.settings import load_settings
from corpus.cache import cache_folder
from corpus.errors import TongjianError

_FREE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is there, and what to know of it."""

    name: str
    ok: bool
    told: str


def examine() -> list[Check]:
    """Every check, in the order people read them."""
    settings = load_settings()
    return [
        Check("系统", True, f"{platform.system()} {platform.machine()}，Python {platform.python_version()}"),
        _encoder(),
        _extra("其他向量模型", "sentence_transformers", 'pip install "tongjian[models]"（先装 CPU 版 PyTorch）'),
        _extra("扫描件和图片识别", "rapidocr", 'pip install "tongjian[ocr]"；没有它，扫描件会报告原因并跳过'),
        _office(),
        Check(
            "语言模型", settings.llm_base_url is not None,
            f"已配置 {settings.llm_model or ''}" if settings.llm_base_url else "未配置，不需要也能用（配置见 README）",
        ),
        _disk(settings.library),
        Check("缓存文件夹", True, str(cache_folder("."))),
        Check("终端编码", True, f"{getattr(sys.stdout, 'encoding', '?')}，系统 {locale.getpreferredencoding(False)}"),
    ]  # fmt: skip


def _office() -> Check:
    from ingest.readers.office import find_office

    found = find_office()
    told = f"LibreOffice：{found}" if found else "未装 LibreOffice；请安装，或把旧格式另存为 DOCX 再导入"
    return Check("DOC、WPS、RTF 等旧格式", found is not None, told)


def _encoder() -> Check:
    from retrieval.encoder.weights import find_weights

    try:
        return Check("内置向量模型", True, str(find_weights()))
    except TongjianError as exc:
        return Check("内置向量模型", False, f"{exc}（没有它，检索只按词）")


def _extra(name: str, module: str, remedy: str) -> Check:
    found = importlib.util.find_spec(module) is not None
    return Check(name, found, "已装" if found else f"未装；{remedy}")


def _disk(folder: Path) -> Check:
    at = folder.resolve()
    while not at.exists():
        at = at.parent
    free = shutil.disk_usage(at).free
    return Check("磁盘空间", free > _FREE, f"{str(at)!r} 还有 {free / 1e9:.1f} GB")
