"""An issue on paper, as LibreOffice draws it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from answer.issue_docx import write_issue
from corpus.digests import Entry, Issue, Section


def test_the_imprint_stands_at_the_foot_of_the_last_page(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for lines in (1, 22, 30):
        # The last paragraph ends above the foot of its page, within it, or on the page behind.
        entries = Entry("a", text="别的。"), Entry("b", "某县", "驿站建到身边，" * 4 * lines + "完。", "某部")
        sections = (Section("s", "一节", entries),)
        issue = Issue("题目", issuer="某市委", dated="2026-07-01", recipients="各县", sections=sections)
        write_issue(issue, tmp_path / f"{lines}.docx", {}, "")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    files = sorted(tmp_path.glob("*.docx"))
    subprocess.run([*command, "--outdir", tmp_path, *files], check=True, capture_output=True, timeout=110)
    for file in files:
        with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as made:
            pages = [made[n].get_textpage() for n in range(len(made))]
            at = [n for n, page in enumerate(pages) if "印发" in page.get_text_bounded()]
            assert at == [len(pages) - 1], file.name
            found = pages[-1].search("印发").get_next()
            assert found is not None and pages[-1].get_charbox(found[0])[1] < 120, "at the foot"
            assert any("某部供稿" in page.get_text_bounded() for page in pages)
