"""Settings from the environment (``TONGJIAN_…``); unknown names are not read, bad values are told."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import UsageError


class Settings(BaseSettings):
    """What a user may set; every field is the environment variable ``TONGJIAN_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="TONGJIAN_", env_ignore_empty=True, extra="ignore", frozen=True)

    library: Path = Path("library")
    database_url: str | None = None
    encoder: str | None = None
    """Name of a sentence-transformers model (extra ``models``); the built-in encoder without it."""
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=60.0, gt=0)
    map: Path | None = None
    """A GeoJSON file of places on which comparisons are shown; no map without it."""
    workers: int = Field(default=0, ge=0)
    """Processes that read files; 0: one a core, four at most."""

    @cached_property
    def readers(self) -> int:
        """How many files are read at a time."""
        return self.workers or min(4, os.cpu_count() or 1)


def load_settings(**given: object) -> Settings:
    """The settings, with what is given on top.

    Raises:
        UsageError: a value does not fit; the message names the variable.
    """
    try:
        return Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as exc:
        names = "、".join("TONGJIAN_" + str(e["loc"][0]).upper() for e in exc.errors())
        raise UsageError(f"设置有误：{names}。请检查这些环境变量的值。") from exc
