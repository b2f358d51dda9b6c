"""Draw the inputs of a check from a seed, the same on every machine and version.

The stream comes from the Mersenne twister of the standard library, seeded with a
SHA-256 of the run's seed and the check's name: numpy may change the streams of its
generators between versions, and a sealed suite must stay what it was.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Draw:
    """A source of small integers for one check.

    Parameters
    ----------
    *parts : object
        What the stream depends on: seed, exercise, check.
    """

    __slots__ = ("_random",)

    def __init__(self, *parts: object) -> None:
        digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
        self._random = random.Random(int.from_bytes(digest, "big"))

    def integer(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def choice(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return self._random.choice(items)

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different items in random order."""
        return self._random.sample(items, count)

    def integers(self, low: int, high: int, count: int) -> list[int]:
        """Return `count` whole numbers from `low` to `high`, both included."""
        return self._random.choices(range(low, high + 1), k=count)


def ints(draw: Draw, shape: tuple[int, ...], *, low: int = -9, high: int = 9) -> Floats:
    """Return a float64 array of small whole numbers, none of them zero.

    A zero would hide a cell that was never read or never written.

    Parameters
    ----------
    draw : Draw
        The check's source.
    shape : tuple of int
        The shape.
    low, high : int
        The bounds, both included.
    """
    count = int(np.prod(shape, dtype=int))
    pool = [value for value in range(low, high + 1) if value]
    values = [pool[k] for k in draw.integers(0, len(pool) - 1, count)]
    return np.array(values, dtype=np.float64).reshape(shape)


def distinct(draw: Draw, shape: tuple[int, ...]) -> Floats:
    """Return a float64 array of whole numbers, all different: a maximum has no tie.

    Positive and negative numbers around zero, zero left out.
    """
    count = int(np.prod(shape, dtype=int))
    half = count // 2 + 1
    pool = [value for value in range(-half, half + 1) if value]
    return np.array(draw.sample(pool, count), dtype=np.float64).reshape(shape)
