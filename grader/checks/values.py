"""How wrong values relate to the right ones, where only the values are wrong.

Each relation is a function from all wrong answers of a function to a clause that is
true of every one of them, or to nothing. The plainest that holds is told.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from grader.checks.geometry import GEOMETRY
from grader.checks.quantities import common, only_quantity
from grader.checks.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.observed import Array, Pair

    Relation = Callable[[Sequence[Pair]], str]

ENOUGH = 4  # cells that a relation must explain: fewer may agree by chance


def relate(pairs: Sequence[Pair]) -> str:
    """Return the plainest clause that is true of every wrong answer, or nothing.

    The clause writes ``{it}`` for the answer.

    Parameters
    ----------
    pairs : sequence of Pair
        Every answer of which only the values are wrong.
    """
    numbers = all(p.right.ndim == 0 for p in pairs)
    if not pairs or (len(pairs) < 2 if numbers else _wrong_cells(pairs) < ENOUGH):
        return ""
    if not numbers and any(p.right.ndim == 0 for p in pairs):
        return ""
    relations = OF_NUMBERS if numbers else OF_ARRAYS
    first = pairs[0].right.flat[0]
    if all((p.right == first).all() for p in pairs):
        # One right value everywhere: any relation to it would be chance, and tell it.
        relations = (_not_finite, _zeros)
    return next((text for relation in relations if (text := relation(pairs))), "")


def _wrong_cells(pairs: Sequence[Pair]) -> int:
    return sum(int(np.count_nonzero(p.wrong)) for p in pairs)


def _name(pairs: Sequence[Pair]) -> str:
    return "{it}" if pairs[0].right.ndim == 0 else "every value"


# --- without a relation to the right values


def _not_finite(pairs: Sequence[Pair]) -> str:
    if all(np.isnan(p.mine).all() for p in pairs):
        return f"{_name(pairs)} is NaN"
    if all((p.wrong <= ~np.isfinite(p.mine)).all() for p in pairs):
        return "the only wrong values are NaN or infinite"
    return ""


def _zeros(pairs: Sequence[Pair]) -> str:
    return f"{_name(pairs)} is 0" if all(not p.mine.any() for p in pairs) else ""


def _constant(pairs: Sequence[Pair]) -> str:
    first = pairs[0].mine.flat[0]
    if len(pairs) < 3 or not all((p.mine == first).all() for p in pairs):
        return ""
    if pairs[0].right.ndim == 0:
        return "{it} is the same in every call"
    return "one number stands everywhere, in every call"


def _ones(pairs: Sequence[Pair]) -> str:
    """Return whether a mask came back where values were asked for."""
    if not _marks(pairs) or not all(
        ((p.mine == 0) | (p.mine == 1)).all() for p in pairs
    ):
        return ""
    return "zeros stand where they should, but ones where other values belong"


def _marked(pairs: Sequence[Pair]) -> str:
    if not _marks(pairs):
        return ""
    return "zeros stand where they should; only the other values are wrong"


def _marks(pairs: Sequence[Pair]) -> bool:
    if not all(((p.mine != 0) == (p.right != 0)).all() for p in pairs):
        return False
    zeros = sum(int(np.count_nonzero(p.right == 0)) for p in pairs)
    # Few zeros among many values may be where they are by chance.
    return zeros >= max(ENOUGH, sum(p.right.size for p in pairs) // 4)


# --- by arithmetic


def _sign(pairs: Sequence[Pair]) -> str:
    if all(p.is_mine(-p.right) for p in pairs):
        return f"{_name(pairs)} has the wrong sign"
    return ""


def _scale(pairs: Sequence[Pair]) -> str:
    factors = []
    witnesses = 0
    for pair in pairs:
        largest = np.unravel_index(np.argmax(np.abs(pair.right)), pair.right.shape)
        if not pair.right[largest]:
            return ""
        factor = float(pair.mine[largest] / pair.right[largest])
        if not factor or not pair.is_mine(pair.right * factor):
            return ""
        witnesses += int(np.count_nonzero(pair.right)) - 1
        factors.append(factor)
    name, seen = _name(pairs), [pair.seen for pair in pairs]
    if witnesses + len(pairs) - 1 < (ENOUGH if pairs[0].right.ndim else 2):
        return ""
    if by_all := common(factors):
        text = _ratio(by_all)
        return f"{name} is {text}" if text else ""
    if pairs[0].right.ndim and witnesses < ENOUGH:
        return ""
    if by := only_quantity(seen, factors):
        return f"{name} is too large by a factor of {by}"
    if by := only_quantity(seen, [1 / factor for factor in factors]):
        return f"{name} is too small by a factor of {by}"
    return "all values of a call are off by one factor" if witnesses else ""


def _ratio(factor: float) -> str:
    """Say what a factor makes of the right value; empty where it is no small ratio."""
    near = Fraction(factor).limit_denominator(100)
    if abs(near - Fraction(factor)) > 1e-6 * abs(near) or abs(near) > 1000:
        return ""
    if near.numerator == 1:
        return f"the right one divided by {near.denominator}"
    return f"{near} times the right one"


def _offset(pairs: Sequence[Pair]) -> str:
    differences = []
    for pair in pairs:
        off = float((pair.mine - pair.right).flat[0])
        if not pair.is_mine(pair.right + off):
            return ""
        differences.append(off)
    name, seen = _name(pairs), [pair.seen for pair in pairs]
    amount = common(differences)
    if amount and len(pairs) > 1:
        return f"{name} is too {_large(amount)} by {abs(amount):g}"
    # A quantity of the arguments can stand for itself only where it varies.
    for factor, times in ((1, ""), (2, "twice "), (-1, ""), (-2, "twice ")):
        if by := only_quantity(seen, [off / factor for off in differences]):
            return f"{name} is too {_large(factor)} by {times}{by}"
    if sum(pair.right.size - 1 for pair in pairs) < ENOUGH:
        return ""
    return "all values of a call are off by one amount"


def _large(amount: float) -> str:
    return "large" if amount > 0 else "small"


def _bias(pairs: Sequence[Pair]) -> str:
    """Return whether each map is off by its entry of a 1-D argument, or a multiple."""
    vectors = [
        name
        for name, value in pairs[0].seen.arguments.items()
        if isinstance(value, np.ndarray) and value.ndim == 1
    ]
    for name in vectors:
        times = [_times(pair, name) for pair in pairs]
        known = [number for number in times if number is not None]
        if len(known) < len(times):
            continue
        if common(known) == -1:
            return f"every value lacks {name}"
        if common(known) == 1:
            return f"every value holds {name} once too often"
        lengths = (pair.seen.arguments[name].size - 1 for pair in pairs)
        if sum(lengths) >= 2:
            return f"every value is off by a whole multiple of {name}"
    return ""


def _times(pair: Pair, name: str) -> float | None:
    """Return how many times too often a 1-D argument was added to its maps."""
    vector = pair.seen.arguments.get(name)
    axis = -3 if pair.right.ndim >= 3 else -1
    if (
        not isinstance(vector, np.ndarray)
        or vector.ndim != 1
        or not pair.right.ndim
        or vector.size != pair.right.shape[axis]
        or not vector.all()
    ):
        return None
    along = vector.reshape(-1, 1, 1) if axis == -3 else vector
    times = float(np.rint(((pair.mine - pair.right) / along).flat[0]))
    return times if pair.is_mine(pair.right + times * along) else None


def _maps_off(pairs: Sequence[Pair]) -> str:
    freedom = 0
    for pair in pairs:
        if pair.right.ndim < 3:
            return ""
        off = (pair.mine - pair.right)[..., :1, :1]
        if not pair.is_mine(pair.right + off):
            return ""
        freedom += pair.right.size - off.size
    return "each map is off by an amount of its own" if freedom >= ENOUGH else ""


ROUNDED: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("is cut to a whole number", np.trunc),
    ("is rounded down", np.floor),
    ("is rounded up", np.ceil),
    ("is rounded", np.rint),
    ("has lost its sign", np.abs),
)


def _rounded(pairs: Sequence[Pair]) -> str:
    for says, change in ROUNDED:
        if all(p.is_mine(change(p.right)) for p in pairs):
            return f"{_name(pairs)} {says}"
    return ""


def _clipped(pairs: Sequence[Pair]) -> str:
    if all(p.is_mine(np.maximum(p.right, 0)) for p in pairs):
        return "0 stands wherever a negative value belongs"
    return ""


def _one_sided(pairs: Sequence[Pair]) -> str:
    numbers = pairs[0].right.ndim == 0
    if len(pairs) < ENOUGH or _wrong_cells(pairs) < (ENOUGH if numbers else 12):
        return ""
    name = "{it}" if numbers else "every wrong value"
    for sign in (1, -1):
        if all((sign * (p.mine - p.right)[p.wrong] > 0).all() for p in pairs):
            return f"{name} is too {_large(sign)}"
    return ""


OF_NUMBERS: tuple[Relation, ...] = (
    _not_finite,
    _zeros,
    _constant,
    _sign,
    _offset,
    _scale,
    _rounded,
    _one_sided,
)
OF_ARRAYS: tuple[Relation, ...] = (
    _not_finite,
    _zeros,
    _constant,
    _ones,
    _sign,
    _scale,
    _bias,
    _offset,
    _maps_off,
    _rounded,
    _clipped,
    *GEOMETRY,
    *REGIONS,
    _marked,
    _one_sided,
)
