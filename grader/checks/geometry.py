"""Right values in the wrong place: mirrored, turned, moved, in another order."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from grader.checks.features import span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.observed import Array, Pair

_ENOUGH = 4  # cells or values that must bear a relation out
_FARTHEST = 2


def _last_two_exchanged(array: Array) -> Array | None:
    return array.swapaxes(-1, -2) if array.ndim >= 2 else None


def _first_two_exchanged(array: Array) -> Array | None:
    return array.swapaxes(0, 1) if array.ndim >= 3 else None


TURNED: tuple[tuple[str, Callable[[Array], Array | None]], ...] = (
    ("mirrored left to right", lambda a: a[..., ::-1] if a.ndim >= 2 else None),
    ("mirrored top to bottom", lambda a: a[..., ::-1, :] if a.ndim >= 2 else None),
    ("rotated by 180 degrees", lambda a: a[..., ::-1, ::-1] if a.ndim >= 2 else None),
    ("with rows and columns exchanged", _last_two_exchanged),
    ("with its first two axes exchanged", _first_two_exchanged),
    ("in reverse along its first axis", lambda a: a[::-1]),
    ("in reverse along its second axis", lambda a: a[:, ::-1] if a.ndim >= 3 else None),
)


def _turned(pairs: Sequence[Pair]) -> str:
    for says, turn in TURNED:
        if all(_is_turned(pair, turn) for pair in pairs):
            return f"{{it}} is the right one {says}"
    return ""


def _is_turned(pair: Pair, turn: Callable[[Array], Array | None]) -> bool:
    turned = turn(pair.right)
    return (
        turned is not None and turned.shape == pair.mine.shape and pair.is_mine(turned)
    )


def _moved(pairs: Sequence[Pair]) -> str:
    """Return how far the right values have moved, if equally far in every call."""
    if any(pair.right.ndim < 2 for pair in pairs):
        return ""
    steps = range(-_FARTHEST, _FARTHEST + 1)
    near_first = sorted(product(steps, steps), key=lambda s: abs(s[0]) + abs(s[1]))
    for down, right in near_first[1:]:
        if _all_moved(pairs, [(down, right)] * len(pairs)):
            return f"the right values stand {_way(down, right)} of their place"
    for name in pairs[0].seen.arguments:
        numbers = [_number(pair, name) for pair in pairs]
        for sign, way in ((1, "down and right"), (-1, "up and left")):
            by = [(sign * n, sign * n) for n in numbers if n]
            if len(by) == len(pairs) and _all_moved(pairs, by):
                return f"the right values stand {name} cells too far {way}"
    return ""


def _number(pair: Pair, name: str) -> int:
    sides = span(pair.seen.arguments.get(name))
    return sides[0] if sides is not None and sides[0] == sides[1] else 0


def _way(down: int, right: int) -> str:
    ways = []
    if down:
        rows = "row" if abs(down) == 1 else "rows"
        ways.append(f"{abs(down)} {rows} {'below' if down > 0 else 'above'}")
    if right:
        columns = "column" if abs(right) == 1 else "columns"
        ways.append(f"{abs(right)} {columns} {'right' if right > 0 else 'left'}")
    return " and ".join(ways)


def _all_moved(pairs: Sequence[Pair], steps: Sequence[tuple[int, int]]) -> bool:
    telling = 0
    for pair, (down, right) in zip(pairs, steps, strict=True):
        height, width = pair.right.shape[-2:]
        if abs(down) >= height or abs(right) >= width:
            return False
        from_rows, to_rows = _overlap(down, height)
        from_cols, to_cols = _overlap(right, width)
        source = pair.right[..., from_rows, from_cols]
        place = (..., to_rows, to_cols)
        if 3 * source.size < pair.right.size:
            return False
        if not pair.seen.same(pair.mine[place], source).all():
            return False
        telling += int(np.count_nonzero(~pair.seen.same(pair.right[place], source)))
    return telling >= _ENOUGH


def _overlap(step: int, size: int) -> tuple[slice, slice]:
    if step >= 0:
        return slice(0, size - step), slice(step, size)
    return slice(-step, size), slice(0, size + step)


def _reordered(pairs: Sequence[Pair]) -> str:
    """Return whether the right values are all there: a reshape for a transpose."""
    distinct = 0
    for pair in pairs:
        right, mine = np.sort(pair.right, axis=None), np.sort(pair.mine, axis=None)
        if not pair.seen.same(mine, right).all():
            return ""
        distinct = max(distinct, np.unique(right).size)
    return "the right values are all there, in another order" * (distinct >= _ENOUGH)


GEOMETRY = (_turned, _moved, _reordered)
