"""Places: the administrative divisions of China, their mentions in text, and the bodies below them."""

from corpus.places.details import Detail, find_details
from corpus.places.gazetteer import Division, Gazetteer
from corpus.places.mentions import Mention

__all__ = ["Detail", "Division", "Gazetteer", "Mention", "find_details"]
