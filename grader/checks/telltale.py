"""Which misconceptions' digests would tell right answers, cell by cell.

Somebody who believes little answers little: a loop that returns at once computes one
cell, the right one, and leaves zeros. Whoever counts through that cell until the
digest of this belief fits has read a right value. Such a digest must cost as much as
that of a right answer, or it is not written.

Whoever counts has the inputs and every shape, and may have made out what is zero, what
is a copy of an argument, and how large the numbers are that this belief gives; or even
which values all misconceptions give a cell. Or only how large the numbers are, and
looks for the places of the zeros too: they tell where right zeros stand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.bundle import apart
from grader.checks.canonical import compared
from grader.checks.digest import ENOUGH_BITS
from grader.checks.entropy import bits_of_cells, identity, numbers
from grader.checks.question import shown, unanswered
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from grader.checks.suite import Answer, Case, LiveExercise

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Weight:
    """What guessing a misconception's answers costs, and what it tells.

    Numbers that are zero, or plain copies, cost nothing.

    Parameters
    ----------
    cost : float
        The bits of the numbers, as this belief alone gives them.
    told : int
        How many of them are right.
    least : float
        The bits where other misconceptions tell which values may stand in a cell.
    news : int
        How many are right where some misconception is wrong.
    places : float
        The bits of which numbers are zero.
    zeros : int
        How many right zeros these tell.
    """

    cost: float = 0.0
    told: int = 0
    least: float = 0.0
    news: int = 0
    places: float = 0.0
    zeros: int = 0

    def __add__(self, other: Weight) -> Weight:
        """Return the weight of the answers to both calls."""
        return Weight(
            self.cost + other.cost,
            self.told + other.told,
            self.least + other.least,
            self.news + other.news,
            self.places + other.places,
            self.zeros + other.zeros,
        )

    @property
    def missing(self) -> float:
        """How many bits guessing costs too little; 0 where nothing is told by it."""
        ways = (
            (self.told, self.cost),
            (self.news, self.least),
            (self.zeros, self.cost + self.places),
        )
        costs = [cost for told, cost in ways if told]
        return max(0.0, ENOUGH_BITS - min(costs, default=ENOUGH_BITS))


class Telltale:
    """Weighs the answers of misconceptions to hidden calls.

    Many beliefs answer a call alike: what they answer is weighed once.

    Parameters
    ----------
    live : LiveExercise
        Answers the calls.
    """

    def __init__(self, live: LiveExercise) -> None:
        self._live = live
        self._known: dict[Case, _Known] = {}

    def weigh(self, answers: Iterable[tuple[Case, Answer]]) -> Weight:
        """Return what guessing these wrong answers costs, or enough, and tells.

        Parameters
        ----------
        answers : iterable of tuple
            Hidden calls, each of another question, with what one misconception
            answers. What public ones would tell stands in clear.
        """
        total = Weight()
        for case, answer in answers:
            if not isinstance(answer, Returned):
                continue
            if case not in self._known:
                self._known[case] = _Known(self._live, case)
            total += self._known[case].weigh(compared(answer.value, case.call))
            if total.least >= ENOUGH_BITS:
                break
        return total


class _Known:
    """What is known of one hidden call."""

    def __init__(self, live: LiveExercise, case: Case) -> None:
        right = live.expected(case)
        self._live = live
        self._case = case
        self._call = case.call
        # Which exception is right is told.
        self._value: Any = ()
        if isinstance(right, Returned):
            self._value = compared(right.value, case.call)
        self._right = list(numbers(self._value))
        self._arguments = [np.asarray(v) for _, v in _arrays(case)]
        self._small = {0.0, 1.0, *_single(v for _, v in case.call.arguments())}
        self._weights: dict[Hashable, Weight] = {}

    @cached_property
    def _bits(self) -> list[Array]:
        """The bits of the right answer, for who knows all wrong ones."""
        wrong = [
            compared(answer.value, self._call)
            for ids in self._live.beliefs(self._call.function)
            for answer in self._live.predicted(ids, self._case)
            if isinstance(answer, Returned)
        ]
        return bits_of_cells(self._value, self._call, wrong)

    def weigh(self, answer: Any) -> Weight:
        same = identity(answer)
        if same not in self._weights:
            self._weights[same] = self._weigh_all(answer)
        return self._weights[same]

    def _weigh_all(self, answer: Any) -> Weight:
        total = Weight()
        own = bits_of_cells(answer, self._call, ())
        for place, cells in enumerate(numbers(answer)):
            if cells.dtype.kind in "iuf":
                total += self._weigh(place, cells, own[place])
        return total

    def _weigh(self, place: int, cells: Array, bits: Array) -> Weight:
        hard = ~self._obvious(cells)
        count = int(np.count_nonzero(hard))
        if not count:
            return Weight()
        places = math.log2(math.comb(cells.size, count))
        fits = place < len(self._right)
        cost = float(bits[hard].sum())
        if not fits or cells.shape != self._right[place].shape:
            return Weight(cost, least=cost, places=places)
        with np.errstate(all="ignore"):
            right = self._right[place].astype(float)
            equal = np.isclose(right, cells.astype(float))
        return Weight(
            cost,
            told=int(np.count_nonzero(hard & equal)),
            least=float(np.minimum(bits, self._bits[place])[hard].sum()),
            news=int(np.count_nonzero(hard & equal & (self._bits[place] > 0))),
            places=places,
            zeros=int(np.count_nonzero(equal & (cells == 0))),
        )

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


Way = tuple[tuple[str, ...], int]
"""Beliefs, and which of their implementations."""


def ways(
    live: LiveExercise, function: str, cases: Iterable[Case]
) -> Iterator[tuple[Way, list[tuple[Case, Answer]]]]:
    """Yield what each implementation of beliefs answers to the calls."""
    cases = list(cases)
    for ids in live.beliefs(function):
        columns = [live.predicted(ids, case) for case in cases]
        for number, answers in enumerate(zip(*columns, strict=True)):
            yield (ids, number), list(zip(cases, answers, strict=True))


def poor(
    telltale: Telltale, live: LiveExercise, function: str, cases: Iterable[Case]
) -> Mapping[Way, Weight]:
    """Return whose answers to these hidden calls tell too cheaply what is right."""
    return {
        way: weight
        for way, answers in ways(live, function, cases)
        if (weight := telltale.weigh(answers)).missing
    }


def unnamed(live: LiveExercise, cases: Iterable[Case]) -> tuple[tuple[str, ...], ...]:
    """Return the beliefs that these hidden calls leave unnamed, at least at times."""
    telltale, told = Telltale(live), shown(live)
    found: dict[tuple[str, ...], None] = {}
    for bundle in apart(cases):
        asked = unanswered(bundle, told)
        for ids, _ in poor(telltale, live, bundle[0].call.function, asked):
            found[ids] = None
    return tuple(found)


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
