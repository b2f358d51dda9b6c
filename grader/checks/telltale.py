"""Which misconceptions' digests would tell right answers, cell by cell.

Somebody who believes little answers little: a loop that returns at once computes one
cell, the right one, and leaves zeros. Whoever counts through that cell until the
digest of this belief fits has read a right value. Such a digest is not written; the
belief is then not named in a students' zip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.canonical import compared
from grader.checks.digest import ENOUGH_BITS
from grader.checks.entropy import bits_of_cells, numbers
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.checks.suite import Answer, Case, LiveExercise

Array = np.ndarray[Any, Any]


class Telltale:
    """Weighs the answers of misconceptions to the hidden calls of a bundle.

    Parameters
    ----------
    live : LiveExercise
        Answers the calls.
    cases : iterable of Case
        The hidden calls; what public ones would tell stands in clear.
    """

    def __init__(self, live: LiveExercise, cases: Iterable[Case]) -> None:
        self._known = {case: _Known.of(live, case) for case in cases}

    def tells(self, answers: Sequence[tuple[Case, Answer]]) -> bool:
        """Tell whether these wrong answers can be guessed and hold right values.

        Parameters
        ----------
        answers : sequence of tuple
            The calls, with what one misconception answers.
        """
        told = cost = 0.0
        for case, answer in answers:
            known = self._known.get(case)
            if known is None or not isinstance(answer, Returned):
                continue
            more_told, more_cost = known.weigh(compared(answer.value, case.call))
            told, cost = told + more_told, cost + more_cost
            if cost >= ENOUGH_BITS:
                return False
        return told > 0


class _Known:
    """What is known of one hidden call."""

    def __init__(self, right: list[Array], bits: list[Array], case: Case) -> None:
        self._right = right
        self._bits = bits
        self._arguments = [np.asarray(v) for _, v in _arrays(case)]
        self._small = {0.0, 1.0, *_single(v for _, v in case.call.arguments())}

    @classmethod
    def of(cls, live: LiveExercise, case: Case) -> _Known:
        right = live.expected(case)
        if not isinstance(right, Returned):
            return cls([], [], case)  # which exception is told
        value = compared(right.value, case.call)
        wrong = [
            compared(answer.value, case.call)
            for ids in live.beliefs(case.call.function)
            for answer in live.predicted(ids, case)
            if isinstance(answer, Returned)
        ]
        return cls(list(numbers(value)), bits_of_cells(value, case.call, wrong), case)

    def weigh(self, answer: Any) -> tuple[float, float]:
        """Return how many bits of the right answer this one holds, and its own."""
        told = cost = 0.0
        for place, cells in enumerate(numbers(answer)):
            if cells.dtype.kind not in "iuf":
                continue
            hard = ~self._obvious(cells)
            fits = place < len(self._right)
            if not fits or cells.shape != self._right[place].shape:
                cost += float(np.count_nonzero(hard))  # at least a bit each
                continue
            right, bits = self._right[place], self._bits[place]
            with np.errstate(all="ignore"):
                equal = np.isclose(right.astype(float), cells.astype(float))
            told += float(bits[hard & equal].sum())
            cost += float(bits[hard].sum())
        return told, cost

    def _obvious(self, cells: Array) -> Array:
        """Return which cells need no guess: zeros, or the whole is a plain copy."""
        if cells.ndim == 0:
            return np.array(float(cells) in self._small or not np.isfinite(cells))
        plain: Array = (cells == 0) | ~np.isfinite(cells)
        if cells.size > 1 and (cells == cells.flat[0]).all():
            plain[...] = True
        for argument in self._arguments:
            if np.array_equal(cells, argument):
                plain[...] = True
        return plain


def _arrays(case: Case) -> Iterable[tuple[str, Array]]:
    return (
        (name, value)
        for name, value in case.call.arguments()
        if isinstance(value, np.ndarray)
    )


def _single(values: Iterable[Any]) -> Iterable[float]:
    """Yield the numbers among arguments that are no arrays."""
    for value in values:
        if isinstance(value, (tuple, list)):
            yield from _single(value)
        elif isinstance(value, (bool, int, float)):
            yield float(value)
