"""Boxes of numbers joined by arrows, as SVG and in words.

Thousands of questions show the same few boxes and arrows at different places.
"""

from __future__ import annotations

import math
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from grader.quiz.drawing import text
from grader.quiz.plain import size
from grader.quiz.quick import memo

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.quiz.blocks import Volume, Volumes

T = TypeVar("T")

_AT = '<g transform="translate(%d %d)">'
_ARROW = '<path d="M0 0h%dm-7 -4l7 4l-7 4" fill="none" stroke="currentColor"/></g>'
_BOX = (
    '<path d="M%d %dh%dv%dh%dzl%d %dh%dl%d %dzm%d 0l%d %dv%dl%d %dz" '
    'fill="#2f7de1" fill-opacity=".14" '
    'stroke="currentColor" stroke-linejoin="round"%s/>'
)


def alt(block: Volumes) -> str:
    """Return what the boxes and arrows show, in words."""
    parts = ["Volumes: "]
    for volume, step in zip_longest(block.volumes, block.steps):
        parts.append(_said(volume))
        if step is not None:
            parts.append(_then(step))
    return "".join(parts)


def _said(volume: Volume) -> str:
    return f"{volume.label} {size(volume)}".strip()


def _then(step: str) -> str:
    return f", then {step}: "


class Piece(NamedTuple):
    """A part of a figure.

    Parameters
    ----------
    said : str
        What it shows, as it stands in an attribute.
    drawing : str or bytes
        Its drawing, as it stands in the file.
    width : int
        How wide it is.
    """

    said: str
    drawing: Any
    width: int


class Row(NamedTuple):
    """How large a row is, and its boxes, each up to the place of the arrow after it."""

    sides: tuple[int, int]
    boxes: list[Piece]


class Boxes(Generic[T]):
    """Draws boxes whose sides grow with the root of the sizes they stand for.

    Parameters
    ----------
    written : callable
        ``written(piece)`` returns a piece of the drawing as it stands in the file.
    """

    def __init__(self, written: Callable[[str], T]) -> None:
        self._written: Callable[[str], Any] = written
        self._arrow = memo(self._arrow_of)
        # Without what is written at the arrows, the same rows stand in many figures,
        # and in other places the same boxes.
        self._row = memo(self._row_of)
        self._box = memo(self._box_of)
        self._group = memo(self._group_at)

    def draw(self, block: Volumes) -> tuple[str, tuple[int, int], list[T]]:
        """Return what is shown, as it stands in an attribute, and how large, in pieces.

        The drawing is in pieces.
        """
        volumes, steps = block
        arrows = list(map(self._arrow, steps))
        sides, boxes = self._row((volumes, tuple([arrow.width for arrow in arrows])))
        about = "Volumes: "
        parts: list[T] = []
        for box, arrow in zip_longest(boxes, arrows):
            about += box.said
            parts.append(box.drawing)
            if arrow is not None:
                about += arrow.said
                parts.append(arrow.drawing)
        return about, sides, parts

    def _row_of(self, given: tuple[tuple[Volume, ...], tuple[int, ...]]) -> Row:
        """Return boxes in a row, between them arrows that are so long."""
        volumes, lengths = given
        axis = 32 + max([tall + deep for _, tall, deep in map(_sides, volumes)]) // 2
        x = 6
        boxes = []
        for volume, length in zip_longest(volumes, lengths):
            said, drawing, wide = self._box((volume, axis))
            drawing = self._group((x, 0)) + drawing
            x += wide + 8
            if length is not None:
                drawing += self._group((x, axis))
                x += length + 10
            boxes.append(Piece(said, drawing, wide))
        return Row((x, 2 * axis - 4), boxes)

    def _group_at(self, place: tuple[int, int]) -> T:
        """Return the opening of a group at this place."""
        opening: T = self._written(_AT % place)
        return opening

    def _arrow_of(self, step: str) -> Piece:
        """Return an arrow, whose drawing ends a group."""
        long = 7 * len(step) + 16
        drawing = self._written(text(long / 2, -13, step) + _ARROW % long)
        return Piece(escape(_then(step)), drawing, long)

    def _box_of(self, given: tuple[Volume, int]) -> Piece:
        """Return a box around a height, whose drawing ends a group."""
        volume, axis = given
        wide, tall, deep = _sides(volume)
        caption = size(volume)
        full = max(wide + deep, round(7.4 * max(len(caption), len(volume.label))))
        x = (full - wide - deep) // 2
        y = axis - (tall - deep) // 2
        dashed = ' stroke-dasharray="4 3"' if "?" in caption else ""
        front = (wide, tall, -wide)
        top = (deep, -deep, wide, -deep, deep)
        side = (wide, deep, -deep, tall, -deep, deep)
        drawing = (
            _BOX % (x, y, *front, *top, *side, dashed)
            + text(full / 2, 10, volume.label, ' opacity=".75"')
            + text(full / 2, 2 * axis - 16, caption)
            + "</g>"
        )
        return Piece(escape(_said(volume)), self._written(drawing), full)


@memo
def _sides(volume: Volume) -> tuple[int, int, int]:
    """Return how wide, tall and deep a volume is drawn."""
    return (
        _length(volume.width, 14, 84),
        _length(volume.height, 14, 84),
        _length(volume.depth, 0, 60) * 3 // 5,
    )


def _length(amount: int | str, least: int, most: int) -> int:
    """Return a side of a box in whole pixels."""
    if isinstance(amount, str):
        return (least + most) // 2
    return min(most, least + round(6 * math.sqrt(amount)))
