"""A language model that puts evidence into words. Any OpenAI-compatible endpoint, through langchain."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from corpus.errors import ModelError
from corpus.wordlists import read_entries

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a model may draw on: a quoted sentence with its number, its place's name and its article's title."""

    n: int
    place: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftedClaim:
    """A claim as a model wrote it, not believed yet: which evidence it names, and what it quotes from there."""

    text: str
    evidence: tuple[int, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A drafted claim that did not hold, and why; told to the model when it drafts again."""

    claim: DraftedClaim
    reasons: tuple[str, ...]


class ChatModel(Protocol):
    """What can draft claims. ``local``: nothing that it is told leaves this machine."""

    @property
    def local(self) -> bool:
        """Whether the model runs on this machine."""

    def draft(self, question: str, evidence: Sequence[Evidence], refused: Sequence[Refused] = ()) -> list[DraftedClaim]:
        """Claims that answer the question from the evidence.

        Raises:
            ModelError: the model could not be reached in time, or did not answer in the form asked for.
        """


def open_model(base_url: str, model: str, key: str, timeout: float) -> ChatModel:
    """The model of that name at an OpenAI-compatible address; ``timeout`` in seconds for each of two attempts.

    LangSmith tracing stays off unless the environment asks for it. Nothing is sent before the first draft.

    Raises:
        ModelError: the address is not one.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelError(f"语言模型地址 {base_url!r} 写法不对，应如 http://127.0.0.1:8080/v1。")
    for name in _TRACING:
        os.environ.setdefault(name, "false")
    from langchain.chat_models import init_chat_model

    local = is_loopback(parts.hostname)
    chat = init_chat_model(
        model, model_provider="openai", base_url=base_url, api_key=key, timeout=timeout, max_retries=1,
        temperature=0, **_unproxied(local, timeout),
    )  # fmt: skip
    traced = any(os.environ[name].lower() in ("true", "1") for name in _TRACING)
    return _OpenAI(chat, local and not traced)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine.

    >>> [is_loopback(h) for h in ("127.0.0.1", "::1", "localhost", "10.0.0.8", "localhost.example.org")]
    [True, True, True, False, False]
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _unproxied(local: bool, timeout: float) -> dict[str, Any]:
    """For a model on this machine a client that no proxy variable diverts; for others openai's own."""
    if not local:
        return {}
    from openai import DefaultHttpxClient

    return {"http_client": DefaultHttpxClient(trust_env=False, timeout=timeout)}


_WHY = {
    "Timeout": "等候超时", "Connect": "连接不上", "Authentication": "密钥不对", "PermissionDenied": "没有权限",
    "NotFound": "没有这个模型或地址", "RateLimit": "请求过多或额度已用完", "Status": "服务出错", "Server": "服务出错",
    "BadRequest": "服务不接受这样的请求", "Unprocessable": "服务不接受这样的请求",
}  # fmt: skip
"""What went wrong, by what the name of the exception says (openai's and httpx's)."""


class _OpenAI:
    def __init__(self, chat: BaseChatModel, local: bool) -> None:
        self._chat = chat.with_structured_output(_form(), method="json_schema")
        self._local = local

    @property
    def local(self) -> bool:
        return self._local

    def draft(self, question: str, evidence: Sequence[Evidence], refused: Sequence[Refused] = ()) -> list[DraftedClaim]:
        try:
            said = self._chat.invoke([("system", _instructions()), ("human", request(question, evidence, refused))])
        except Exception as exc:  # openai, httpx, pydantic, json and langchain each have their own
            why = next((told for sign, told in _WHY.items() if sign in type(exc).__name__), "回答不成格式")
            raise ModelError(f"语言模型没有给出可用的回答：{why}。请检查它的地址、名称和状态。") from exc
        if said is None:
            raise ModelError("语言模型没有按要求的格式回答。请换一个支持结构化输出的模型。")
        return [DraftedClaim(c.text.strip(), tuple(c.evidence), c.quote.strip()) for c in said.claims]  # type: ignore[union-attr]


def request(question: str, evidence: Sequence[Evidence], refused: Sequence[Refused] = ()) -> str:
    """What a model is asked: the question, the numbered evidence, and what was wrong with its last draft.

    >>> print(request("青溪县选派了多少名？", [Evidence(1, "青溪县", "青溪：选派指导员", "选派57名。")]))
    问题：青溪县选派了多少名？
    <BLANKLINE>
    依据：
    1（青溪县，《青溪：选派指导员》）选派57名。
    """
    lines = [f"问题：{question}", "", "依据：", *(f"{e.n}（{e.place}，《{e.title}》）{e.text}" for e in evidence)]
    if refused:
        lines += ["", "上一稿中下列要点不合要求，请改写，改不好的就不写："]
        lines += [f"- “{r.claim.text}”：{'；'.join(r.reasons)}" for r in refused]
    return "\n".join(lines)


@cache
def _instructions() -> str:
    return "\n".join(read_entries("answer", "data/draft.txt"))


@cache
def _form() -> type[BaseModel]:
    """The form in which a model answers; made when first needed, since pydantic stands only at the edges."""
    from pydantic import BaseModel, ConfigDict, Field

    class Drafted(BaseModel):
        model_config = ConfigDict(extra="forbid")

        text: str = Field(description="一句话的要点，写明地方，不带编号")
        evidence: list[int] = Field(description="所用依据的编号")
        quote: str = Field(description="从该依据中逐字摘出的、支持要点的原文")

    class Draft(BaseModel):
        model_config = ConfigDict(extra="forbid")

        claims: list[Drafted]

    return Draft
