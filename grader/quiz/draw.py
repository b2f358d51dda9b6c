"""Deterministic draws that no release of Python or numpy can change.

SHA-256 of the key in counter mode is the only source of numbers. The key names
what the draw is for (course, seed, quiz, student, question, part), so a draw
depends on nothing that was drawn before it.
"""

from __future__ import annotations

from hashlib import sha256
from math import prod
from struct import Struct
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

_WORDS = Struct(">4Q")
_RANGE = 1 << 64


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

    __slots__ = ("_bounds", "_counter", "_key", "_values", "_words")

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
        self._words: list[int] = []
        self._bounds: list[int] = []
        self._values: list[int] = []

    def below(self, bound: int) -> int:
        """Return an integer from 0 to ``bound - 1``, each equally likely."""
        return self.each_below((bound,))[0]

    def each_below(self, bounds: Sequence[int]) -> list[int]:
        """Return an integer below each of `bounds`, as `below` does."""
        words = self._words
        values = []
        for bound in bounds:
            while True:
                if not words:
                    block = self._key + self._counter.to_bytes(8, "big")
                    words += _WORDS.unpack(sha256(block).digest())
                    self._counter += 1
                word = words.pop()
                value = word % bound
                # Words above the last multiple of `bound` would favour small results.
                if word <= _RANGE - bound or word - value <= _RANGE - bound:
                    break
            values.append(value)
        self._bounds += bounds
        self._values += values
        return values

    def integer(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def integers(self, low: int, high: int, count: int) -> tuple[int, ...]:
        """Return `count` integers from `low` to `high`, both included."""
        bounds = [high - low + 1] * count
        return tuple([low + value for value in self.each_below(bounds)])

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
        left = list(options)
        size = len(left)
        if count > size:
            raise RuntimeError(f"cannot take {count} different ones of {size}")
        steps = self.each_below(range(size, size - count, -1))
        taken = []
        for place, step in enumerate(steps):
            taken.append(left[place + step])
            left[place + step] = left[place]
        return tuple(taken)

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
