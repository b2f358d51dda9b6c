"""Boxes of numbers joined by arrows, as SVG and in words.

Thousands of questions show the same few boxes and arrows at different places.
"""

from __future__ import annotations

import math
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from grader.quiz.drawing import text
from grader.quiz.plain import size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    return _told([_said(volume) for volume in block.volumes], block.steps, str)


def _said(volume: Volume) -> str:
    return f"{volume.label} {size(volume)}".strip()


def _told(
    boxes: Sequence[str], steps: Sequence[str], written: Callable[[str], str]
) -> str:
    parts = list(boxes)
    for index, step in enumerate(steps):
        parts[index] += _then(step, written)
    return f"Volumes: {''.join(parts)}"


@lru_cache(maxsize=4096)
def _then(step: str, written: Callable[[str], str]) -> str:
    return written(f", then {step}: ")


def drawn(
    block: Volumes, written: Callable[[str], T]
) -> tuple[str, float, float, list[T]]:
    """Draw boxes whose sides grow with the root of the sizes they stand for.

    Returns
    -------
    about : str
        What they show, as it stands in an attribute.
    width, height : int
        How large the drawing is.
    pieces : list
        The drawing.
    """
    steps = block.steps
    row = _row(block.volumes, tuple(map(len, steps)), written)
    parts: list[T] = []
    for index, boxes in enumerate(row.pieces):
        parts += boxes
        if index < len(steps):
            parts.append(_arrow(steps[index], written))
    return _told(row.said, steps, escape), row.width, row.height, parts


class Row(NamedTuple):
    """Boxes in a row, their arrows to be drawn between them.

    Parameters
    ----------
    width, height : int
        How large the row is.
    said : list of str
        What each box shows, as it stands in an attribute.
    pieces : list of list
        The drawing of each box, which ends at the place of the arrow after it.
    """

    width: int
    height: int
    said: list[str]
    pieces: list[list[Any]]


# Without what is written at the arrows, the same rows stand in many figures, and in
# other places the same boxes.
@lru_cache(maxsize=4096)
def _row(
    volumes: tuple[Volume, ...], steps: tuple[int, ...], written: Callable[[str], Any]
) -> Row:
    """Return boxes in a row, between them steps that are so many letters long."""
    sizes = map(_box_sizes, volumes)
    axis = 32 + max([tall + deep for _, tall, deep in sizes]) // 2
    x = 6
    pieces = []
    for index, volume in enumerate(volumes):
        wide, box = _box(volume, axis, written)
        pieces.append([_at(x, 0, written), box])
        x += wide + 8
        if index < len(steps):
            pieces[-1].append(_at(x, axis, written))
            x += _long(steps[index]) + 10
    said = [escape(_said(volume)) for volume in volumes]
    return Row(x, 2 * axis - 4, said, pieces)


@lru_cache(maxsize=4096)
def _at(x: int, y: int, written: Callable[[str], Any]) -> Any:
    """Return the opening of a group at this place."""
    return written(_AT % (x, y))


def _box_sizes(volume: Volume) -> tuple[int, int, int]:
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


def _long(letters: int) -> int:
    """Return how long an arrow under so many letters is."""
    return 7 * letters + 16


@lru_cache(maxsize=4096)
def _arrow(step: str, written: Callable[[str], Any]) -> Any:
    """Return the drawing of an arrow, which ends a group."""
    long = _long(len(step))
    return written(text(long / 2, -13, step) + _ARROW % long)


@lru_cache(maxsize=4096)
def _box(volume: Volume, axis: int, written: Callable[[str], Any]) -> tuple[int, Any]:
    """Return how wide a box is, and its drawing, which ends a group."""
    wide, tall, deep = _box_sizes(volume)
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
    return full, written(drawing)
