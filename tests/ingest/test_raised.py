"""Digits set above the line lead to a note or are a power: in no format are they part of the number beside them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from corpus.model import Article
from extract.facts import Rules, facts
from ingest.read import read_file

TITLE = "三塘县2025年工作报告"
BEFORE, BEHIND = "一年来，全县建成规范化种植基地", "9.6万亩，新增驿站12个，群众都说好。"
NOTE = "1规范化种植基地：指按规范建设的基地。"


def pdf(path: Path) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    page = Canvas(out, pagesize=(595, 842))
    page.setFont("STSong-Light", 20)
    page.drawString(180, 760, TITLE)
    page.setFont("STSong-Light", 14)
    page.drawString(80, 700, BEFORE)
    at = 80 + pdfmetrics.stringWidth(BEFORE, "STSong-Light", 14)
    page.setFont("STSong-Light", 8)
    page.drawString(at + 1, 706, "1")
    page.setFont("STSong-Light", 14)
    page.drawString(at + 7, 700, BEHIND[:14])
    page.drawString(80, 676, BEHIND[14:])
    page.drawString(108, 652, "明年，全县再建驿站20个，把服务送到群众身边。")
    page.setFont("STSong-Light", 9)
    page.drawString(80, 80, NOTE)
    page.save()
    path.write_bytes(out.getvalue())
    return path


def docx(path: Path) -> Path:
    document = Document()
    document.add_heading(TITLE, 1)
    paragraph = document.add_paragraph(BEFORE)
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(BEHIND)
    document.save(str(path))
    return path


def html(path: Path) -> Path:
    path.write_text(
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{BEFORE}<sup>1</sup>{BEHIND}</p></body></html>"
    )
    return path


@pytest.mark.parametrize("write", [pdf, docx, html])
def test_a_raised_digit_is_no_part_of_the_number_beside_it(tmp_path: Path, write: object, rules: Rules) -> None:
    article = _read(write(tmp_path / f"报告.{write.__name__}"))  # type: ignore[operator, attr-defined]
    assert f"{BEFORE}¹{BEHIND}" in article.body
    assert [f.quantity.surface for f in facts(article, rules)][:2] == ["9.6万亩", "12个"]


def test_the_note_stands_below_the_paragraph_that_its_number_leads_from(tmp_path: Path) -> None:
    body = _read(pdf(tmp_path / "报告.pdf")).body
    assert body.index(BEHIND) < body.index("指按规范建设") < body.index("明年，全县")


def test_a_power_is_a_power(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><h1>三塘县绿化</h1><p>近日，三塘县绿化5000m<sup>2</sup>，群众都说好。</p></body></html>"
    )
    assert "5000m²" in _read(path).body


def _read(path: Path) -> Article:
    (article,) = read_file(path).articles
    return article
