"""The pages of an OFD that are pictures → their characters, by OCR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.model import Box
from ingest.readers.glyphs import Glyph
from ingest.readers.image import frames
from ingest.readers.ocr import Pose, read_picture


class Scans:
    """The pages (from 0) that hold pictures to be recognised; ``poses`` are those of the pages read, by number."""

    def __init__(self, read: Callable[[str], bytes], pictures: Sequence[Sequence[tuple[Box, str]]]) -> None:
        self._read, self._pictures = read, pictures
        self.pages = [at for at, each in enumerate(pictures) if each]
        self.poses: dict[int, Pose] = {}

    def recognised(self) -> Iterator[tuple[int, list[Glyph]]]:
        """The characters of each page of pictures, where they stand on it."""
        for at in self.pages:
            glyphs: list[Glyph] = []
            for (left, top, right, _), path in self._pictures[at]:
                picture, _ = next(frames(self._read(path), path))
                found, pose = read_picture(picture, at + 1, (right - left) / max(picture.shape[1], 1))
                glyphs += [g.moved(left, top) for g in found]
                self.poses[at + 1] = replace(pose, quarters=0, skew=0.0) if len(self._pictures[at]) > 1 else pose
            yield at, glyphs
