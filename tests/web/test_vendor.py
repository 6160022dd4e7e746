from __future__ import annotations

import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "api" / "web" / "static"


def test_libraries_of_others_are_what_their_list_says() -> None:
    told = dict(
        re.findall(r"\| `([^`]+\.js)` .*`([0-9a-f]{64})` \|", (STATIC / "vendor" / "README.md").read_text("utf-8"))
    )
    held = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (STATIC / "vendor").glob("*.js")}
    assert told == held and len(held) == 2


def test_no_page_asks_for_anything_elsewhere() -> None:
    pages = STATIC.parent / "templates"
    for file in (*STATIC.glob("*.*"), *pages.glob("*.html")):
        outside = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", file.read_text("utf-8"))
        assert set(outside) <= {"http://www.w3.org"}, file.name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", file.read_text("utf-8")
        )
