"""Makes ``api/http/openapi.json``, the examples of the HTTP interface: ``python -m tests.api.examples``.

Each operation is called over a library of three invented notices; what it answers is cut short and kept.
"""

from __future__ import annotations

import json
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.http.app import create_app
from api.library import Library
from tests.conftest import ROOT

TEXTS = {
    "昆山.txt": "江苏昆山：驿站暖人心\n\n2026年6月，昆山市建成新就业群体驿站112个。\n",
    "平遥.txt": "山西平遥：院坝里说事\n\n平遥县推行“三送三提”工作法，送政策、送技能、送岗位，化解争议130件。\n",
    "德清.txt": "浙江德清：办好驿站\n\n德清县建成新就业群体驿站52个。\n",
}
_ONE = {"items", "hits", "claims", "history"}
"""Lists of which one item shows what they are."""
_LONGEST = 160


class Examples:
    """Calls operations and keeps what they answer."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.made: dict[str, dict[str, Any]] = {}

    def get(self, operation: str, *, params: dict[str, Any] | None = None, **ids: str) -> Any:
        """Keep an answer to GET."""
        return self._keep(operation, "GET", ids, params=params)

    def send(self, operation: str, body: Any, **ids: str) -> Any:
        """Keep a body and the answer to it."""
        told = self._keep(operation, operation.split()[0], ids, json=body)
        self.made[operation] = {"request": body} | self.made[operation]
        return told

    def upload(self, operation: str, **files: Any) -> Any:
        """Keep the answer to files."""
        return self._keep(operation, "POST", {}, files=files)

    def _keep(self, operation: str, method: str, ids: dict[str, str], **content: Any) -> Any:
        response = self.client.request(method, operation.split()[1].format(**ids), **content)
        assert response.is_success, (operation, response.text)
        kind = response.headers.get("content-type", "")
        told = response.json() if kind == "application/json" else response.text
        if "ms" in told and isinstance(told, dict):
            told["ms"] = 3.2
        self.made[operation] = {"response": shortened(told)}
        return told


def shortened(told: Any) -> Any:
    """The same with long texts and lists cut."""
    if isinstance(told, dict):
        return {k: shortened(v[:1] if k in _ONE and isinstance(v, list) else v) for k, v in told.items()}
    if isinstance(told, list):
        return [shortened(each) for each in told]
    return told[:_LONGEST] + "…" if isinstance(told, str) and len(told) > _LONGEST else told


def make(library: Library, client: TestClient) -> dict[str, dict[str, Any]]:
    """Every operation's example."""
    ex = Examples(client)
    article = next(a for a in library.articles() if a.name == "平遥.txt")
    fact = next(f for f in library.facts() if f.name == "德清.txt")
    _answers(ex)
    ex.get("GET /v1/search", params={"query": "驿站", "k": 1})
    for path in ("articles", "facts", "practices", "documents"):
        ex.get(f"GET /v1/{path}")
    for path in ("desk/articles", "desk/facts", "desk/facets", "desk/states"):
        ex.get(f"GET /v1/{path}")
    ex.get("GET /v1/places", params={"q": "德清"})
    ex.get("GET /v1/indicators", params={"q": "驿站", "used": True})
    for path in ("articles/{article}", "articles/{article}/practices", "desk/articles/{article}"):
        ex.get(f"GET /v1/{path}", article=article.id)
    ex.get("GET /v1/desk/articles/{article}/source", article=article.id, params={"start": 0, "end": 3})
    ex.get("GET /v1/desk/overview")
    _writing(ex, article.id, fact.id)
    ex.made["POST /v1/exports"] = {"request": {"format": "csv", "place": ["德清县", "昆山市"]}}
    told = {"question": "德清县有多少个驿站？", "text": "德清县建成新就业群体驿站52个[1]。", "format": "docx"}
    ex.made["POST /v1/desk/answer-file"] = {"request": told}
    ex.made["POST /v1/desk/model"] = {"response": {"told": "连接正常，用时 1.2 秒。"}}
    listed = [{"adcode": "330521", "name": "德清县"}, {"adcode": "320583", "name": "昆山市"}]
    ex.made["POST /v1/desk/places"] = {"response": {"items": listed, "problems": []}}
    shape = {"adcode": "330521", "name": "德清县", "path": "M0,0L1000,0L1000,860L0,860Z", "at": [500, 430]}
    drawn = {"width": 1000, "height": 860, "shapes": [shape], "name": "地图.json", "approval": None}
    ex.made["POST /v1/desk/map"] = {"request": {"places": ["德清县"]}, "response": drawn}
    book = "name,definition,examples\n站长,谁管驿站,站长；轮值\n".encode("gb18030")
    ex.upload("POST /v1/desk/codebook", file=("编码表.csv", book))
    able = {"name": "向量模型", "ok": True, "told": "内置模型可用"}
    ex.made["GET /v1/desk/abilities"] = {"response": {"items": [able]}}
    ex.get("GET /healthz")
    ex.get("GET /readyz")
    counted = 'tongjian_http_requests_total{method="GET",route="/v1/facts",status="200"} 12\n'
    ex.made["GET /metrics"] = {"response": f"# TYPE tongjian_http_requests_total counter\n{counted}"}
    return ex.made


def _answers(ex: Examples) -> None:
    answer = ex.send("POST /v1/ask", {"question": "德清县建成了多少个新就业群体驿站？"})
    told = [("plan", answer["plan"]), ("claim", answer["claims"][0]), ("citation", answer["citations"][0])]
    lines = [f"event: {name}\ndata: {json.dumps(each, ensure_ascii=False)}\n\n" for name, each in told]
    ex.made["POST /v1/ask"]["events"] = "".join(lines)
    altered = {**answer["claims"][0], "text": "德清县建成新就业群体驿站53个"}
    ex.send("POST /v1/verify", {"claims": [altered], "citations": answer["citations"]})
    ex.send("POST /v1/compare", {"places": ["德清县", "昆山市"], "indicators": ["site.stations"]})
    ex.send("POST /v1/search", {"query": "驿站", "k": 1})


def _writing(ex: Examples, article: str, fact: str) -> None:
    version = ex.get("GET /v1/facts/{fact}", fact=fact)["version"]
    change = {"fact": fact, "version": version, "fields": {"value": "53", "review": "confirmed"}}
    ex.send("POST /v1/corrections", {"author": "李", "changes": [change]})
    ex.get("GET /v1/corrections")
    change = {"name": "新就业群体驿站数", "synonyms": ["驿站", "爱心驿站"], "author": "李"}
    ex.send("PATCH /v1/indicators/{indicator}", change, indicator="site.stations")
    asked = {"indicator": "open.build.爱心驿站.thing", "into": "site.stations", "author": "李"}
    ex.made["POST /v1/indicators/merge"] = {"request": asked, "response": {"facts": 3}}
    back = {"indicator": asked["into"], "source": asked["indicator"], "author": "李"}
    ex.made["POST /v1/indicators/split"] = {"request": back, "response": {"facts": 3}}
    ex.get("GET /v1/indicators/past", params={"indicator": "site.stations"})
    differs = {"fact": fact, "field": "value", "head": "数值", "old": "52", "new": "53"}
    which = {"place": "德清县", "indicator_name": "驿站数", "text": "52个", "sentence": "全县建成驿站52个。"}
    told = {"differences": [differs | which], "written": 0, "problems": []}
    ex.made["POST /v1/desk/workbook"] = {"response": told}
    ex.upload("POST /v1/fills/preview", file=("报表.xlsx", _form()))
    begun = ex.send("POST /v1/digests", {"theme": "就业服务", "title": "就业服务经验摘编"})
    digest = {"digest": begun["id"]}
    added = ex.send("POST /v1/digests/{digest}/passages", {"article": article, "start": 0, "end": 20}, **digest)
    answer = ex.made["POST /v1/ask"]["response"]
    given = {"question": answer["question"], "claims": answer["claims"], "citations": answer["citations"]}
    added = ex.send("POST /v1/digests/{digest}/claims", given, **digest)
    ex.send("POST /v1/digests/sources", {"sentence": "德清县建成驿站52个。", "place": "330521"})
    ex.get("GET /v1/digests")
    ex.get("GET /v1/digests/ledger")
    ex.get("GET /v1/digests/{digest}", **digest)
    ex.send("PUT /v1/digests/{digest}", {"version": added["version"], "issue": added["issue"]}, **digest)
    revised = ex.made["GET /v1/digests/{digest}"]["response"] | {"changed": 2}
    ex.made["POST /v1/digests/{digest}/revised"] = {"response": revised}
    job = ex.upload(
        "POST /v1/documents", files=("三都.txt", "贵州三都：驿站\n\n三都县选派党建指导员138名。\n".encode())
    )
    while ex.get("GET /v1/jobs/{job}", job=job["id"])["state"] not in ("done", "failed"):
        time.sleep(0.05)
    ex.get("GET /v1/jobs")
    for operation in ("POST /v1/documents/samples", "POST /v1/documents/{document}/restore"):
        ex.made[operation] = ex.made["POST /v1/documents"]
    document = ex.client.get("/v1/documents", params={"q": "三都"}).json()["items"][0]["id"]
    ex.made["DELETE /v1/documents/{document}"] = {
        "response": ex.client.delete(f"/v1/documents/{document}").json()
    }  # fmt: skip


def _form() -> bytes:
    """A report form with one cell to fill."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book, out = Workbook(), BytesIO()
    for row in (["地区", "新就业群体驿站（个）"], ["昆山市", None]):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in TEXTS.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        with Library.open(Path(folder, "资料库"), create=True) as library:
            assert not library.ingest([Path(folder, name) for name in TEXTS]).failures
            with TestClient(create_app(library)) as client:
                made = make(library, client)
    out = json.dumps(made, ensure_ascii=False, indent=1).replace(folder, "/材料")
    (ROOT / "api" / "http" / "openapi.json").write_text(out + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
