"""Where the wrong cells lie: in one sample, one row, at the border, on zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.checks.features import ORDINALS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.observed import Array, Pair

_ENOUGH = 4  # cells that must bear a statement out


def _lines(pairs: Sequence[Pair]) -> str:
    """Return whether right and wrong part along one axis: first or last entries."""
    axes = pairs[0].right.ndim
    if any(pair.right.ndim != axes for pair in pairs):
        return ""
    for axis in range(axes):
        others = tuple(k for k in range(axes) if k != axis)
        wrong = [np.asarray(pair.wrong.any(axis=others)) for pair in pairs]
        if any(along.size < 2 for along in wrong):
            continue
        name = _name(axis, axes)
        for says, test in ALONG:
            if all(test(along) for along in wrong):
                return f"only the {says.format(name)}"
    return ""


ALONG: tuple[tuple[str, Callable[[Array], bool]], ...] = (
    ("first {} is right throughout", lambda w: not w[0] and bool(w[1:].all())),
    ("last {} is right throughout", lambda w: not w[-1] and bool(w[:-1].all())),
    ("last {} is wrong", lambda w: bool(w[-1]) and not w[:-1].any()),
    ("first {} is wrong", lambda w: bool(w[0]) and not w[1:].any()),
)


def _name(axis: int, axes: int) -> str:
    if axes >= 2 and axis == axes - 1:
        return "column"
    if axes >= 2 and axis == axes - 2:
        return "row"
    return f"entry along the {ORDINALS[axis]} axis" if axis < len(ORDINALS) else "entry"


def _places(pairs: Sequence[Pair]) -> str:
    """Return which places of a map are right, or wrong, in every call."""
    if any(pair.right.ndim < 2 for pair in pairs):
        return ""
    leading = [tuple(range(pair.right.ndim - 2)) for pair in pairs]
    maps = [
        np.asarray(pair.wrong.any(axis=axes))
        for pair, axes in zip(pairs, leading, strict=True)
    ]
    if all(min(m.shape) >= 2 for m in maps):
        for says, region in RIGHT_IN:
            regions = [region(m.shape) for m in maps]
            if all(
                r.any() and np.array_equal(m, ~r)
                for m, r in zip(maps, regions, strict=True)
            ):
                return f"only {says} right throughout"
    for says, region in WRONG_IN:
        regions = [region(m.shape) for m in maps]
        right = sum(int(np.count_nonzero(~r)) for r in regions)
        if right >= _ENOUGH and all(
            not m[~r].any() and not r.all() for m, r in zip(maps, regions, strict=True)
        ):
            return f"only {says} wrong"
    return ""


def _corner(shape: tuple[int, int]) -> Array:
    mask = np.zeros(shape, bool)
    mask[0, 0] = True
    return mask


def _diagonal(shape: tuple[int, int]) -> Array:
    return np.eye(*shape, dtype=bool)


def _last_lines(shape: tuple[int, int]) -> Array:
    mask = np.zeros(shape, bool)
    mask[-1] = mask[:, -1] = True
    return mask


def _border(shape: tuple[int, int]) -> Array:
    mask = np.ones(shape, bool)
    mask[1:-1, 1:-1] = False
    return mask


def _inside(shape: tuple[int, int]) -> Array:
    inside: Array = ~_border(shape)
    return inside


Region = tuple[str, "Callable[[tuple[int, int]], Array]"]
RIGHT_IN: tuple[Region, ...] = (
    ("the top left cell is", _corner),
    ("the cells on the diagonal are", _diagonal),
    ("the cells at the border are", _border),
    ("the cells away from the border are", _inside),
)
WRONG_IN: tuple[Region, ...] = (
    ("cells in the last row and the last column are", _last_lines),
    ("cells at the border are", _border),
    ("cells away from the border are", _inside),
)


def _all_zero(pairs: Sequence[Pair]) -> str:
    right = sum(
        int(np.count_nonzero(~pair.wrong & (pair.right != 0))) for pair in pairs
    )
    if right < _ENOUGH or any(pair.mine[pair.wrong].any() for pair in pairs):
        return ""
    return "every wrong cell is 0"


def _repeated(pairs: Sequence[Pair]) -> str:
    """Return along which axes the wrong answers do not change, though they should."""
    axes = pairs[0].right.ndim
    if any(pair.right.ndim != axes for pair in pairs):
        return ""
    if axes >= 2 and _same_along(pairs, (-1, -2)):
        return "all cells of a map are the same"
    for axis in range(min(axes - 2, len(ORDINALS))):
        if _same_along(pairs, (axis,)):
            return f"all entries along the {ORDINALS[axis]} axis are the same"
    return ""


def _same_along(pairs: Sequence[Pair], axes: tuple[int, ...]) -> bool:
    telling = 0
    for pair in pairs:
        mine, right = pair.mine, pair.right
        for axis in axes:
            mine, right = mine.take([0], axis=axis), right.take([0], axis=axis)
        if not (pair.mine == mine).all():
            return False
        if not (pair.right == right).all():
            telling += pair.mine.size - mine.size
    return telling >= _ENOUGH


REGIONS = (_repeated, _lines, _places, _all_zero)
