"""The error tree.

TongjianError
├── UsageError            the request makes no sense (exit 2)
├── NotFound              no such library, article or answer (exit 1)
├── LibraryError          the library is locked, damaged, or of another version (exit 1)
├── Conflict              somebody else changed the same thing meanwhile; nothing was overwritten (exit 1)
├── ReadError             one file could not be read; ``kind`` says why (that file fails, the batch goes on)
└── ModelError            an encoder or language model is missing, differs, or failed

Messages are for users: Chinese, naming the item with ``!r`` and the remedy. Logs are English. Where the remedy is a
command line here and a page there, the message names neither; ``command`` is what the command line adds.
"""

from __future__ import annotations


class TongjianError(Exception):
    """Root of everything this project raises on purpose."""

    def __init__(self, *told: str, command: str = "") -> None:
        super().__init__(*told)
        self.command = command


class UsageError(TongjianError):
    """The request makes no sense as it was made."""


class NotFound(TongjianError):
    """What was asked for by name is not there."""


class LibraryError(TongjianError):
    """The library cannot be used as it is: locked, damaged, of another version."""


class Conflict(TongjianError):
    """Somebody else changed the same thing meanwhile; nothing was overwritten."""


class ReadError(TongjianError):
    """One file could not be read.

    ``kind`` is one of: missing, empty, encrypted, damaged, wrong_type, unsupported, no_text, too_large, time, memory,
    crashed, marked; or scan, where ``pages`` pages must be recognised and that was put off.
    """

    def __init__(self, kind: str, message: str, *, pages: int = 0) -> None:
        super().__init__(kind, message)
        self.kind = kind
        self.message = message
        self.pages = pages

    def __str__(self) -> str:
        return self.message


class ModelError(TongjianError):
    """An encoder or a language model is missing, is not the one the index was made with, or failed."""
