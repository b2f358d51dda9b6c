"""How hard a right answer is to guess, for somebody who has the inputs and its shape.

An estimate from below: for every cell the number of values that may stand there, as
few as one of three views allows. Whoever knows the rule needs no guess; these bits
stand between a digest and somebody who counts through the possible answers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.checks.check import Call

Array = np.ndarray[Any, Any]

MAX_DENOMINATOR = 400


def bits(right: Any, call: Call, wrong: Sequence[Any]) -> float:
    """Return log2 of the number of answers that may be taken for the right one.

    Parameters
    ----------
    right : object
        The right answer, or the part of it that is compared.
    call : Call
        The call: an answer may be copied from its arguments.
    wrong : sequence of object
        The answers that misconceptions give.
    """
    if isinstance(right, bool):
        return 1.0
    if isinstance(right, (int, float)):
        return math.log2(2 * abs(right) + 1)
    if isinstance(right, (tuple, list)):
        parts = [
            [w[k] for w in wrong if isinstance(w, (tuple, list)) and len(w) > k]
            for k in range(len(right))
        ]
        pairs = zip(right, parts, strict=True)
        return sum(bits(item, call, others) for item, others in pairs)
    if not isinstance(right, np.ndarray) or right.size == 0:
        return 0.0
    given = _given(call)
    number = min(_magnitude(right), _copied(right, given))
    return float(np.log2(np.minimum(number, _believed(right, wrong))).sum())


def _given(call: Call) -> set[float]:
    """Return the numbers among the arguments, and zero."""
    found = {0.0}
    for _, value in call.arguments():
        if isinstance(value, np.ndarray):
            found.update(value.ravel().astype(float).tolist())
    return found


def _magnitude(right: Array) -> float:
    """Return how many numbers are no larger than the largest, in its steps."""
    values = right.astype(np.float64)
    steps = (d for d in range(1, MAX_DENOMINATOR) if _holds(values, d))
    return 2 * float(np.abs(values).max()) * next(steps, MAX_DENOMINATOR) + 1


def _holds(values: Array, denominator: int) -> bool:
    scaled = values * denominator
    return bool((np.abs(scaled - np.rint(scaled)) < 1e-6).all())


def _copied(right: Array, given: set[float]) -> float:
    """Return how many numbers there are to copy, where the answer is made of copies."""
    values: Iterable[float] = right.ravel().astype(float).tolist()
    return len(given) if given.issuperset(values) else math.inf


def _believed(right: Array, wrong: Sequence[Any]) -> Array:
    """Return for every cell how many values the right and the wrong answers give it."""
    alike = [
        w.astype(np.float64)
        for w in wrong
        if isinstance(w, np.ndarray)
        and w.shape == right.shape
        and w.dtype.kind in "iuf"
    ]
    with np.errstate(all="ignore"):
        stacked = np.sort(np.round([right.astype(np.float64), *alike], 6), axis=0)
        values: Array = 1 + np.count_nonzero(np.diff(stacked, axis=0), axis=0)
    return values
