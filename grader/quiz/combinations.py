"""Every combination of options, listed without being made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product, starmap
from math import prod
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Combinations(Sequence[T]):
    """What can be made of one of each; nothing is made before it is looked at.

    Parameters
    ----------
    make : callable
        ``make(first, second, ...)`` returns what is made of one of each.
    *options : sequence
        From what it is taken; the last one changes fastest.

    Examples
    --------
    >>> sums = Combinations(lambda tens, ones: tens + ones, (10, 20), (1, 2, 3))
    >>> len(sums), sums[4], list(sums)
    (6, 22, [11, 12, 13, 21, 22, 23])
    """

    def __init__(self, make: Callable[..., T], *options: Sequence[Any]) -> None:
        self._make, self._options = make, options
        self._places = range(prod(map(len, options)))
        self._backwards = [(each, len(each)) for each in reversed(options)]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self[each] for each in self._places[place]]
        left = self._places[place]
        taken = []
        for options, size in self._backwards:
            left, index = divmod(left, size)
            taken.append(options[index])
        taken.reverse()
        return self._make(*taken)

    def __iter__(self) -> Iterator[T]:
        return starmap(self._make, product(*self._options))
