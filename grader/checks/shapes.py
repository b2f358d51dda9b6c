"""How a wrong shape relates to the right one, and what the array holds all the same."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from grader.checks.features import ORDINALS
from grader.checks.quantities import common, lengths, only_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.observed import Array, Seen

    Shaped = Sequence[tuple[Seen, Array, Array]]

_MOST = 10**6  # cells that are looked at: a wrong shape may be of any size


def relate_shapes(seen: Sequence[Seen]) -> str:
    """Return the plainest clause that is true of every answer of a wrong shape.

    The clause writes ``{it}`` for the answer.

    Parameters
    ----------
    seen : sequence of Seen
        The calls whose answers have a wrong shape.
    """
    pairs = [
        (s, s.expected, s.got)
        for s in seen
        if s.expected is not None and s.got is not None
    ]
    if not pairs:
        return ""
    relations = (_other_order, _same_values, _excess, _taken_from, _axes, _cut)
    return next((text for relation in relations if (text := relation(pairs))), "")


def _other_order(pairs: Shaped) -> str:
    """Return which axes must be exchanged to make every answer right."""
    axes = pairs[0][1].ndim
    if not 2 <= axes <= 4 or not _telling(pairs):
        return ""
    if any(right.ndim != axes or mine.ndim != axes for _, right, mine in pairs):
        return ""
    for order in permutations(range(axes)):
        if all(
            _same(seen, right, mine.transpose(order)) for seen, right, mine in pairs
        ):
            moved = [k for k in range(axes) if order[k] != k]
            if len(moved) > 2:
                return "the values are right, but the axes are in another order"
            one, other = (ORDINALS[k] for k in moved)
            return f"the values are right, but the {one} and {other} axes are exchanged"
    return ""


def _same_values(pairs: Shaped) -> str:
    if not _telling(pairs):
        return ""
    if all(
        mine.size == right.size and _same(seen, right.reshape(-1), mine.reshape(-1))
        for seen, right, mine in pairs
    ):
        return "the values are right and in order, only their shape is not"
    return ""


def _excess(pairs: Shaped) -> str:
    """Return by how much axes are too long or too short, if equally in every call."""
    if any(right.ndim != mine.ndim for _, right, mine in pairs):
        return ""
    seen = [s for s, _, _ in pairs]
    axes = {right.ndim for _, right, _ in pairs}
    said: list[tuple[str, str]] = []
    # Counted from the last: arrays of any number of axes have rows and columns.
    for back in range(max(axes), 0, -1):
        off = [
            mine.shape[-back] - right.shape[-back] if back <= right.ndim else 0
            for _, right, mine in pairs
        ]
        if not any(off):
            continue
        amount = _amount(seen, off)
        if not amount or (len(axes) > 1 and back > 2):
            return ""
        said.append((_name(max(axes) - back, max(axes)), amount))
    if len(said) == 2 and said[0][1] == said[1][1]:
        return f"{said[0][0]} and {said[1][0]} are too {said[0][1]}"
    return " and ".join(f"{name} are too {amount}" for name, amount in said)


def _amount(seen: Sequence[Seen], off: Sequence[int]) -> str:
    if (same := common(off)) and len(off) > 1:
        return f"{'many' if same > 0 else 'few'} by {abs(same):g}"
    for factor, times in ((1, ""), (2, "twice "), (-1, ""), (-2, "twice ")):
        if by := only_quantity(seen, [n / factor for n in off]):
            return f"{'many' if factor > 0 else 'few'} by {times}{by}"
    return ""


def _name(axis: int, axes: int) -> str:
    if axes >= 2 and axis >= axes - 2:
        return "the columns" if axis == axes - 1 else "the rows"
    return f"the entries along the {ORDINALS[axis]} axis" if axis < 6 else "the entries"


def _taken_from(pairs: Shaped) -> str:
    """Return which axis always has the length of an argument's axis instead."""
    axes = pairs[0][1].ndim
    if len(pairs) < 2 or axes > len(ORDINALS):
        return ""
    if any(right.ndim != axes or mine.ndim != axes for _, right, mine in pairs):
        return ""
    said = []
    for axis in range(axes):
        off = [m.shape[axis] != r.shape[axis] for _, r, m in pairs]
        if not any(off):
            continue
        source = _source([(s, m.shape[axis]) for s, _, m in pairs])
        if not source:
            return ""
        said.append(f"the {ORDINALS[axis]} axis is as long as {source}")
    return said[0] if len(said) == 1 else ""


def _source(found: Sequence[tuple[Seen, int]]) -> str:
    """Return the only axis of an argument that has these lengths, if they vary."""
    if len({length for _, length in found}) < 2:
        return ""
    fitting = [
        name
        for name in lengths(found[0][0].arguments)
        if all(lengths(seen.arguments).get(name) == n for seen, n in found)
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _axes(pairs: Shaped) -> str:
    off = common([mine.ndim - right.ndim for _, right, mine in pairs])
    if not off:
        return ""
    axes = "axis" if abs(off) == 1 else "axes"
    return f"{{it}} has {abs(off):g} {axes} too {'many' if off > 0 else 'few'}"


def _cut(pairs: Shaped) -> str:
    """Return whether the right array is part of the wrong one, or the other way."""
    for says, place, inner_is_mine in (
        ("what is there is right, but the end is cut off", 0, True),
        ("what is there is right, but the beginning is cut off", 1, True),
        ("the right array is the top left part of what is there", 0, False),
        ("the right array is the middle of what is there", 2, False),
    ):
        if all(
            _inside(seen, mine, right, place)
            if inner_is_mine
            else _inside(seen, right, mine, place)
            for seen, right, mine in pairs
        ):
            return says
    return ""


def _inside(seen: Seen, inner: Array, outer: Array, place: int) -> bool:
    """Tell whether `inner` is the first (0), last (1) or middle (2) part of `outer`."""
    if inner.ndim != outer.ndim or inner.size < 2:
        return False
    room = [n - m for n, m in zip(outer.shape, inner.shape, strict=True)]
    if any(n < 0 for n in room) or not _varies(inner):
        return False
    start = [(0, n, n // 2)[place] for n in room]
    window = tuple(slice(s, s + n) for s, n in zip(start, inner.shape, strict=True))
    return _same(seen, outer[window], inner)


def _telling(pairs: Shaped) -> bool:
    """Tell whether the right answers hold enough to be recognised by their values."""
    return all(_varies(right) for _, right, _ in pairs)


def _varies(array: Array) -> bool:
    return 2 <= array.size <= _MOST and bool((array != array.flat[0]).any())


def _same(seen: Seen, right: Array, mine: Array) -> bool:
    if mine.shape != right.shape or right.size > _MOST:
        return False
    right, mine = right.astype(np.float64), mine.astype(np.float64)
    return bool(seen.same(mine, right).all())
