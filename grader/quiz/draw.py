"""Deterministic draws that no release of Python or numpy can change.

SHA-256 of the key in counter mode is the only source of numbers. The key names
what the draw is for (course, seed, quiz, student, question, part), so a draw
depends on nothing that was drawn before it.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import islice, permutations
from math import perm, prod
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from grader.quiz.quick import memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

_DIGEST_BITS = 256
# A number that is drawn leaves so many bits of its digest behind, so no remainder is
# likelier than another by more than one part in 2**64.
_SPARE_BITS = 64
# Up to six things are put in order by one number; the orders are listed once.
_MOST_LISTED = 720


class Branch:
    """The draws whose keys begin alike; what they share is hashed once.

    Parameters
    ----------
    *key : str or int
        How their keys begin.

    Examples
    --------
    >>> Branch("course", 7).draw("quiz").integer(1, 6)
    3
    """

    __slots__ = ("_begun",)

    def __init__(self, *key: str | int) -> None:
        self._begun = sha256(_written(key))

    def draw(self, *key: str | int) -> Draw:
        """Return the draw whose key goes on, and ends, like this."""
        whole = self._begun.copy()
        whole.update(_written(key))
        return Draw.of(whole.digest())


def _written(key: tuple[str | int, ...]) -> bytes:
    # Each part carries its length: ("ab", "c") is not ("a", "bc").
    parts = [str(part).encode() for part in key]
    return b"".join([b"%d:%s" % (len(part), part) for part in parts])


class Draw:
    """A stream of numbers that depends on its key alone.

    Parameters
    ----------
    *key : str or int
        What the draw is for. Different keys give independent streams.

    Examples
    --------
    >>> Draw("course", 7, "quiz").integer(1, 6)
    3
    >>> Draw("course", 7, "quiz").integer(1, 6)
    3
    """

    __slots__ = ("_bits", "_bounds", "_counter", "_key", "_pool", "_values")

    def __init__(self, *key: str | int) -> None:
        self._begin(sha256(_written(key)).digest())

    @classmethod
    def of(cls, digest: bytes) -> Draw:
        """Return the draw whose key has this digest."""
        draw = cls.__new__(cls)
        draw._begin(digest)
        return draw

    def _begin(self, digest: bytes) -> None:
        self._key = digest
        self._counter = 0
        self._pool = self._bits = 0
        self._bounds: list[int] = []
        self._values: list[int] = []

    def below(self, bound: int) -> int:
        """Return an integer from 0 to ``bound - 1``, each equally likely.

        Raises
        ------
        RuntimeError
            When `bound` has more than 192 bits.
        """
        bits = self._bits - bound.bit_length()
        if bits < _SPARE_BITS:
            bits = self._refilled() - bound.bit_length()
            if bits < _SPARE_BITS:
                raise RuntimeError(f"cannot draw below {bound}: it has too many bits")
        self._bits = bits
        self._pool, value = divmod(self._pool, bound)
        self._bounds.append(bound)
        self._values.append(value)
        return value

    def _refilled(self) -> int:
        """Take the next digest as the pool; return its number of bits."""
        block = self._key + self._counter.to_bytes(8, "big")
        self._pool = int.from_bytes(sha256(block).digest(), "big")
        self._counter += 1
        return _DIGEST_BITS

    def integer(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def integers(self, low: int, high: int, count: int) -> tuple[int, ...]:
        """Return `count` integers from `low` to `high`, both included."""
        below, bound = self.below, high - low + 1
        return tuple([low + below(bound) for _ in range(count)])

    def grid(
        self, rows: int, columns: int, low: int, high: int
    ) -> tuple[tuple[int, ...], ...]:
        """Return `rows` × `columns` integers from `low` to `high`, as rows."""
        return tuple(self.integers(low, high, columns) for _ in range(rows))

    def choice(self, options: Sequence[T]) -> T:
        """Return one of `options`, each equally likely."""
        return options[self.below(len(options))]

    def sample(self, options: Sequence[T], count: int) -> tuple[T, ...]:
        """Return `count` different members of `options`, in random order."""
        size = len(options)
        ways = _ways((size, count))
        if ways:
            return ways[self.below(len(ways))](options)
        return tuple([options[i] for i in islice(self.permutation(size), count)])

    def shuffled(self, options: Sequence[T]) -> tuple[T, ...]:
        """Return all of `options` in random order, each order equally likely."""
        return self.sample(options, len(options))

    def permutation(self, size: int) -> Iterator[int]:
        """Yield 0 to ``size - 1`` in random order, drawing only what is asked for."""
        moved: dict[int, int] = {}  # a shuffle that touches only the taken places
        for place in range(size):
            taken = place + self.below(size - place)
            yield moved.get(taken, taken)
            moved[taken] = moved.get(place, place)

    @property
    def taken(self) -> tuple[int, ...]:
        """What was drawn so far, each number counted from 0."""
        return tuple(self._values)

    @property
    def options(self) -> int:
        """In how many ways the draws made so far could have come out."""
        return prod(self._bounds)


@memo
def _ways(
    given: tuple[int, int],
) -> tuple[Callable[[Sequence[Any]], tuple[Any, ...]], ...]:
    """Return what takes `count` of `size` things, for each order of each choice.

    Nothing when there are too many to list.
    """
    size, count = given
    if count > size:
        raise RuntimeError(f"cannot take {count} different ones of {size}")
    if perm(size, count) > _MOST_LISTED:
        return ()
    if count == 0:
        return (lambda _: (),)
    if count == 1:  # of one index, `itemgetter` returns the thing itself
        return tuple([lambda things, i=i: (things[i],) for i in range(size)])
    return tuple([itemgetter(*order) for order in permutations(range(size), count)])
