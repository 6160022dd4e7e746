"""What notebook users import: ``from tongjian import Library``, or ``RemoteLibrary`` for one that is served."""

from api.client import RemoteLibrary
from api.library import Library

__all__ = ["Library", "RemoteLibrary"]
