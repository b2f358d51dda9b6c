"""What can be said of a call from its arguments: squares, ones, what is left out.

The engine knows nothing of what the arguments mean, only their names, numbers and
shapes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Array = np.ndarray[Any, Any]
    Test = Callable[[Any], bool]

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that holds for some calls and not for the others.

    Parameters
    ----------
    about : frozenset of str
        The arguments it speaks of.
    rank : int
        How far from obvious: of the features of an argument, the lowest is told.
    yes, no : str
        How to say that it holds, and that it does not.
    holds : tuple of bool
        For which calls.
    """

    about: frozenset[str]
    rank: int
    yes: str
    no: str
    holds: tuple[bool, ...]


def features(calls: Sequence[Mapping[str, Any]]) -> list[Feature]:
    """Return what tells some of the calls from others, the plainest first.

    Parameters
    ----------
    calls : sequence of mapping
        The arguments of each call, by name.
    """
    names = [n for n in calls[0] if all(n in call for call in calls)]
    found = _axes_of_one(names, calls)
    for name in names:
        values = [call[name] for call in calls]
        for rank, yes, no, test in _tests(name, values):
            holds = tuple(test(value) for value in values)
            found.append(Feature(frozenset([name]), rank, yes, no, holds))
    for one, other in combinations(names, 2):
        found += _between(one, other, calls)
    telling = [f for f in found if any(f.holds) and not all(f.holds)]
    return sorted(telling, key=lambda feature: feature.rank)


def span(value: Any) -> tuple[int, int] | None:
    """Return a size given as one number or as a pair; None for anything else."""
    if _is_int(value):
        return value, value
    if (
        isinstance(value, (tuple, list))
        and len(value) == 2
        and all(map(_is_int, value))
    ):
        return value[0], value[1]
    return None


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _tests(name: str, values: Sequence[Any]) -> Iterator[tuple[int, str, str, Test]]:
    """Yield rank, both wordings and a test, for one argument."""
    given = [value for value in values if value is not None]
    if len(given) < len(values):
        yield 1, f"{name} is left out", f"{name} is given", lambda v: v is None
    if not given:
        return
    if all(isinstance(value, bool) for value in values):
        yield 0, f"{name} is True", f"{name} is False", lambda v: v
    elif all(isinstance(value, np.ndarray) for value in values):
        yield from _of_arrays(name, values)
    elif all(span(value) is not None for value in given):
        yield from _of_sizes(name, given)
    elif all(isinstance(value, (tuple, list)) for value in given):
        yield (
            1,
            f"{name} has a single entry",
            f"{name} has more than one entry",
            lambda v: v is not None and len(v) == 1,
        )


def _of_sizes(name: str, given: Sequence[Any]) -> Iterator[tuple[int, str, str, Test]]:
    spans = sorted({pair for value in given if (pair := span(value)) is not None})
    for number in sorted({n for pair in spans for n in pair}):
        # Zero and one are what slips are made of; another number may be chance.
        rank = 0 if number in (0, 1) else 2
        same = (number, number)
        yield (
            rank,
            f"{name} is {number}",
            f"{name} is not {number}",
            partial(_spans, same),
        )
    whole = [pair[0] for pair in spans if pair[0] == pair[1]]
    if len(whole) == len(spans):
        for limit in whole[1:-1]:
            yield (
                3,
                f"{name} is at most {limit}",
                f"{name} is not at most {limit}",
                partial(_at_most, limit),
            )
        yield (
            3,
            f"{name} is odd",
            f"{name} is not odd",
            lambda v: (pair := span(v)) is not None and pair[0] % 2 == 1,
        )
    yield (
        0,
        f"{name} is a pair of different numbers",
        f"{name} is no pair of different numbers",
        lambda v: (pair := span(v)) is not None and pair[0] != pair[1],
    )
    yield (
        1,
        f"{name} is a pair",
        f"{name} is no pair",
        lambda v: isinstance(v, (tuple, list)),
    )


def _of_arrays(
    name: str, values: Sequence[Any]
) -> Iterator[tuple[int, str, str, Test]]:
    for axes in sorted({value.ndim for value in values})[:-1]:
        count = f"{axes} axis" if axes == 1 else f"{axes} axes"
        yield (
            1,
            f"{name} has at most {count}",
            f"{name} has more than {count}",
            partial(_has_at_most, axes),
        )
    yield (
        1,
        f"{name} holds integers",
        f"{name} holds floats",
        lambda v: v.dtype.kind in "iu",
    )
    yield (
        2,
        f"{name} has no positive entry",
        f"{name} has positive entries",
        lambda v: not (v > 0).any(),
    )
    if min(value.ndim for value in values) < 2:
        return
    yield (
        1,
        f"{name} has a single entry",
        f"{name} has more than one entry",
        lambda v: v.size == 1,
    )
    yield (
        0,
        f"{name} is square",
        f"{name} is not square",
        lambda v: v.shape[-1] == v.shape[-2],
    )
    yield (
        2,
        f"{name} is wider than high",
        f"{name} is not wider than high",
        lambda v: v.shape[-1] > v.shape[-2],
    )
    yield (
        2,
        f"{name} is higher than wide",
        f"{name} is not higher than wide",
        lambda v: v.shape[-1] < v.shape[-2],
    )
    for shape, times in Counter(value.shape for value in values).items():
        if times == 1:
            continue  # one call may be special in too many ways
        yield (
            3,
            f"{name} has one particular shape",
            f"{name} has another shape",
            partial(_has_shape, shape),
        )


def _axes_of_one(
    names: Sequence[str], calls: Sequence[Mapping[str, Any]]
) -> list[Feature]:
    """Return which axes have length 1; axes that are always equally long, only once."""
    found: dict[tuple[int, ...], Feature] = {}
    for name in names:
        values = [call[name] for call in calls]
        if not all(isinstance(value, np.ndarray) for value in values):
            continue
        for axis in range(min(len(ORDINALS), *(value.ndim for value in values))):
            lengths = tuple(value.shape[axis] for value in values)
            axis_of = f"the {ORDINALS[axis]} axis of {name}"
            feature = Feature(
                about=frozenset([name]),
                rank=0,
                yes=f"{axis_of} has length 1",
                no=f"{axis_of} is longer than 1",
                holds=tuple(length == 1 for length in lengths),
            )
            found.setdefault(lengths, feature)
    return list(found.values())


def _spans(sides: tuple[int, int], value: Any) -> bool:
    return span(value) == sides


def _at_most(limit: int, value: Any) -> bool:
    sides = span(value)
    return sides is not None and max(sides) <= limit


def _has_at_most(axes: int, array: Array) -> bool:
    return array.ndim <= axes


def _has_shape(shape: tuple[int, ...], array: Array) -> bool:
    return bool(array.shape == shape)


def _between(
    one: str, other: str, calls: Sequence[Mapping[str, Any]]
) -> Iterator[Feature]:
    """Yield what two arguments have to do with each other."""
    about = frozenset([one, other])
    values = [(call[one], call[other]) for call in calls]
    if all(_comparable(a) and _comparable(b) for a, b in values):
        left_out = [n for k, n in enumerate((one, other)) if _missing(values, k)]
        yes, no = f"{one} equals {other}", f"{one} differs from {other}"
        if left_out:
            # What stands for a number that is left out is not known here.
            yes += f" or {' or '.join(left_out)} is left out"
        holds = tuple(None in (a, b) or span(a) == span(b) for a, b in values)
        yield Feature(about, 2, yes, no, holds)
    if any(isinstance(b, np.ndarray) for _, b in values):
        one, other = other, one
        values = [(b, a) for a, b in values]
    if all(isinstance(a, np.ndarray) and a.ndim >= 2 for a, _ in values) and all(
        _positive(b) for _, b in values
    ):
        yes = f"both sides of {one} are multiples of {other}"
        no = f"a side of {one} is no multiple of {other}"
        yield Feature(about, 2, yes, no, tuple(_fits(*v) for v in values))


def _missing(values: Sequence[tuple[Any, Any]], place: int) -> bool:
    return any(value[place] is None for value in values)


def _comparable(value: Any) -> bool:
    return value is None or span(value) is not None


def _positive(value: Any) -> bool:
    pair = span(value)
    return pair is not None and min(pair) > 0


def _fits(array: Any, value: Any) -> bool:
    pair = span(value)
    return pair is not None and all(
        side % number == 0 for side, number in zip(array.shape[-2:], pair, strict=True)
    )
