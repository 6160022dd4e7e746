"""How a library's parts are put together for the answering stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answer.sources import Sources

if TYPE_CHECKING:
    from answer.llm import ChatModel
    from api.library import Library
    from api.settings import Settings


def sources(library: Library) -> Sources:
    """What answers are made from."""
    return Sources(
        library.catalogue, library.gazetteer, library.rules.indicators, library.search_in, library.searcher.frequency,
        library.searcher.similarities, library.overrides,
    )  # fmt: skip


def chat_model(settings: Settings, name: str | None = None) -> ChatModel | None:
    """The configured language model, or None; ``name`` overrides the model's name, "none" switches it off."""
    if name == "none" or not settings.llm_base_url or not (name or settings.llm_model):
        return None
    from answer.llm import open_model

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    return open_model(settings.llm_base_url, name or str(settings.llm_model), key, settings.llm_timeout)
