"""What notebook users import: ``from tongjian import Library``."""

from api.library import Library

__all__ = ["Library"]
