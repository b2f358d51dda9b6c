"""How hard a right answer is to guess, for somebody who has the inputs and its shape.

An estimate from below: for every number the count of values that may stand there, as
few as one of three views allows. Whoever knows the rule needs no guess, and may try a
rule as well by running ``grade``; these bits stand between a digest and somebody who
counts through the possible answers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

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
    return sum(float(cells.sum()) for cells in bits_of_cells(right, call, wrong))


def bits_of_cells(right: Any, call: Call, wrong: Sequence[Any]) -> list[Array]:
    """Return the same for every number alone, in the order of `numbers`."""
    answers = [list(numbers(answer)) for answer in wrong]
    given = numbers_given(call)
    found = []
    for place, cells in enumerate(numbers(right)):
        others = [answer[place] for answer in answers if len(answer) > place]
        if cells.dtype.kind not in "iuf" or cells.size == 0:
            found.append(np.full(cells.shape, 1.0 if cells.dtype.kind == "b" else 0.0))
            continue
        if _plain(cells, call):
            found.append(np.zeros(cells.shape))
            continue
        views = [np.full(cells.shape, _magnitude(cells))]
        if cells.ndim:
            views.append(np.full(cells.shape, _copied(cells, given)))
        if wrong:
            views.append(_believed(cells, others))
        found.append(np.log2(np.min(views, axis=0)))
    return found


def numbers(answer: Any) -> Iterator[Array]:
    """Yield the arrays and single numbers of an answer, as arrays."""
    if isinstance(answer, (tuple, list)):
        for item in answer:
            yield from numbers(item)
    elif isinstance(answer, np.ndarray):
        yield answer
    elif isinstance(answer, (bool, int, float)):
        # Wild integers do not fit; as infinities they are as good as any.
        huge = not isinstance(answer, float) and abs(answer) >= 2**62
        yield np.array(math.inf if huge else answer)
    else:
        yield np.array([])


def identity(answer: Any) -> Hashable:
    """Return what is equal for answers that are the same to the last bit."""
    if isinstance(answer, np.ndarray):
        return answer.dtype.str, answer.shape, answer.tobytes()
    if isinstance(answer, (tuple, list)):
        return tuple(map(identity, answer))
    return type(answer), repr(answer)


def numbers_given(call: Call) -> set[float]:
    """Return the numbers among the arguments that are arrays, and zero."""
    found = {0.0}
    for _, value in call.arguments():
        if isinstance(value, np.ndarray):
            found.update(value.ravel().astype(float).tolist())
    return found


def _plain(right: Array, call: Call) -> bool:
    """Tell whether the answer is one of the arguments, perhaps turned: one guess."""
    if right.ndim == 0:
        return False
    flat = right.ravel()
    return any(
        value.size == flat.size
        and any(
            np.array_equal(flat, sign * seen.ravel())
            for seen in (value, value.T, value[::-1], value[..., ::-1], np.flip(value))
            for sign in (1, -1)
        )
        for _, value in call.arguments()
        if isinstance(value, np.ndarray) and value.ndim and value.dtype.kind in "iuf"
    )


def _magnitude(right: Array) -> float:
    """Return how many numbers are no larger than the largest, in its steps.

    Below zero only if one of them is: a count or an index never is.
    """
    values = np.abs(right.astype(np.float64))
    values = values[np.isfinite(values)]
    largest = float(values.max(initial=0.0))
    whole = right.dtype.kind in "iu"
    steps = (d for d in range(1, MAX_DENOMINATOR) if whole or _holds(values, d))
    counted = largest * next(steps, MAX_DENOMINATOR)
    return (2 * counted if (right < 0).any() else counted) + 1


def _holds(values: Array, denominator: int) -> bool:
    scaled = values * denominator
    return bool((np.abs(scaled - np.rint(scaled)) < 1e-6).all())


def _copied(right: Array, given: set[float]) -> float:
    """Return how many numbers there are to copy, where the answer is made of copies."""
    values: Iterable[float] = right.ravel().astype(float).tolist()
    return len(given) if given.issuperset(values) else math.inf


def _believed(right: Array, wrong: Sequence[Array]) -> Array:
    """Return for every cell how many values the right and the wrong answers give it."""
    # Many beliefs answer alike, and equal answers add no value.
    alike = {
        identity(w): w.astype(np.float64)
        for w in wrong
        if w.shape == right.shape and w.dtype.kind in "iuf"
    }
    rows = [right.astype(np.float64), *alike.values()]
    with np.errstate(all="ignore"):
        stacked = np.sort(np.round(rows, 6), axis=0)
        values: Array = 1 + np.count_nonzero(np.diff(stacked, axis=0), axis=0)
    return values
