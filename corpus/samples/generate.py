"""Writes the sample library: ``python -m corpus.samples.generate``.

Each file of ``source/`` describes one document (its articles with the facts they state); this writes the documents
and ``expected.jsonl`` beside them. The places are real, everything said of them is invented, and every article says
so (虚构样例). In a body, a line is a paragraph, ``# `` opens a sub-heading and ``！图：`` a picture's caption.
"""

from __future__ import annotations

import html
import json
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.samples.typeset import write_bulletin

HERE = Path(__file__).parent
Document = dict[str, Any]


def main() -> None:
    """Write every document and expected.jsonl into this folder."""
    write_all(HERE)


def write_all(folder: Path) -> list[Path]:
    """Write every document and expected.jsonl into ``folder``; returns the documents in order of their sources."""
    writers = {".pdf": write_bulletin, ".docx": write_docx, ".html": write_html, ".txt": write_text}
    documents = read_sources()
    paths = []
    for document in documents:
        path = folder / document["file"]
        writers[path.suffix](path, document)
        paths.append(path)
    lines = [json.dumps(row, ensure_ascii=False) for document in documents for row in expected(document)]
    (folder / "expected.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return paths


def read_sources() -> list[Document]:
    """The documents described in ``source/``, articles of ``same_as`` copied in."""
    texts = {path.name: tomllib.loads(path.read_text("utf-8")) for path in sorted((HERE / "source").glob("*.toml"))}
    for document in texts.values():
        if "same_as" in document:
            name, _, number = document["same_as"].partition("#")
            document["article"] = [dict(texts[name]["article"][int(number)])]
    return list(texts.values())


def expected(document: Document) -> list[dict[str, Any]]:
    """What a reader should find in a document: one row an article."""
    return [
        {
            "file": document["file"],
            "title": "".join(article["title"]),
            "column": article.get("column"),
            "adcode": article["place"] or None,
            "kind": article["kind"],
            "source_line": article.get("source_line"),
            "truncated": article.get("truncated", False),
            "duplicate": "same_as" in document,
            "facts": article["facts"],
        }
        for article in document["article"]
    ]


def write_text(path: Path, document: Document) -> None:
    """Plain text in the document's encoding, hard-wrapped at ``wrap`` characters if asked."""
    width = document.get("wrap", 0)
    lines: list[str] = []
    for article in document["article"]:
        lines += ["".join(article["title"]), "", document["date"], ""]
        for paragraph in _paragraphs(article):
            text = "　　" + paragraph.removeprefix("# ")
            lines += [text[at : at + width] for at in range(0, len(text), width)] if width else [text]
        if article.get("source_line"):
            lines.append(article["source_line"])
    path.write_bytes(("\n".join(lines) + "\n").encode(document.get("encoding", "utf-8")))


def write_html(path: Path, document: Document) -> None:
    """A page of a government site, with its menu, breadcrumbs, sidebar and foot."""
    (article,) = document["article"]
    parts = [f"<p>{html.escape(p.removeprefix('# '))}</p>" for p in _paragraphs(article)]
    title = html.escape("".join(article["title"]))
    source = html.escape(article["source_line"]).removeprefix("转自").removeprefix("来源：")
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_{document["site"]}</title>
<style>body{{font-family:serif}}</style><script>var visits = 1024;</script></head><body>
<div class="header"><h2>{document["site"]}（虚构样例）</h2>
<ul class="nav"><li><a href="#">首页</a></li><li><a href="#">机构概况</a></li><li><a href="#">工作动态</a></li>
<li><a href="#">通知公告</a></li><li><a href="#">政策法规</a></li></ul></div>
<div class="crumbs">您所在的位置：<a href="#">首页</a> &gt; <a href="#">{article.get("column", "工作动态")}</a></div>
<div class="article"><h1>{title}</h1>
<div class="info">发布日期：{document["date"]}　来源：{source}　浏览次数：356次　【字体：大 中 小】</div>
<div class="content" id="zoom">
{chr(10).join(parts)}
</div></div>
<div class="side"><h3>热门文章</h3><ul><li><a href="#">12个社区完成换届</a></li>
<li><a href="#">我市新增8处便民点</a></li></ul></div>
<div class="footer">主办：{document["site"]}　备案号：样例备00000000号　电话：000-0000000</div>
</body></html>
"""
    path.write_text(page, "utf-8")


def write_docx(path: Path, document: Document) -> None:
    """An official document: head, number, title, paragraphs, a table if there is one, issuer and date."""
    from docx import Document as new_document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    (article,) = document["article"]
    paper = new_document()
    paper.core_properties.created = paper.core_properties.modified = datetime(2026, 1, 1)
    paper.sections[0].header.paragraphs[0].text = "虚构样例"
    center = [document["head"], *([document["number"]] if "number" in document else []), *article["title"]]
    for text in center:
        paper.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for paragraph in _paragraphs(article):
        if paragraph.startswith("# "):
            paper.add_paragraph(paragraph.removeprefix("# "), style="Heading 2")
        else:
            paper.add_paragraph(paragraph if paragraph.endswith("：") else "　　" + paragraph)
    if rows := article.get("table"):
        table = paper.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    for text in (document["issuer"], document["date"]):
        paper.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.save(str(path))
    _fix_times(path)


def _paragraphs(article: dict[str, Any]) -> list[str]:
    return [line for line in article["body"].strip().split("\n") if not line.startswith("！图：")]


def _fix_times(path: Path) -> None:
    """Write the package again with fixed times, so that the same text gives the same bytes."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
