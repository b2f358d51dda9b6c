"""The digests of what misconceptions answer: they tell who would answer this."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.digest import TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Indices = np.ndarray[Any, np.dtype[np.uint16]]


@dataclass(frozen=True, slots=True)
class SealedBeliefs:
    """For each group of calls: digests, and for each belief which of them is its own.

    Parameters
    ----------
    known : mapping of str to tuple
        The beliefs about a function, alone and in pairs.
    ways : mapping of str to tuple of int
        For each implementation of a function's beliefs, which belief it is.
    tags : tuple of dict
        For each group the digests, numbered.
    by_value : tuple of bytes
        For each group and digest, whether the smallest wrong answer has the right form.
    own : tuple of ndarray
        For each group the number of each implementation's digest.
    functions : sequence of str
        For each group its function.
    """

    known: Mapping[str, tuple[tuple[str, ...], ...]]
    ways: Mapping[str, tuple[int, ...]]
    tags: tuple[Mapping[bytes, int], ...]
    by_value: tuple[bytes, ...]
    own: tuple[Indices, ...]
    functions: Sequence[str]

    @classmethod
    def read(cls, section: bytes, functions: Sequence[str]) -> SealedBeliefs:
        """Read what `grader.checks.seal` wrote.

        Raises
        ------
        ValueError, KeyError, TypeError, IndexError
            If it is malformed.
        """
        try:
            (size,) = struct.unpack_from("<I", section)
        except struct.error as error:
            raise ValueError("too short") from error
        head = json.loads(section[4 : 4 + size])
        known = {
            name: tuple(tuple(map(str, ids)) for ids in many)
            for name, many in head["names"].items()
        }
        ways = {name: tuple(map(int, many)) for name, many in head["ways"].items()}
        tags, by_value, own = [], [], []
        start = 4 + size
        for function, count in zip(functions, head["tags"], strict=True):
            middle = start + TAG * count
            after = middle + count
            stop = after + 2 * len(ways[function])
            if count < 0 or stop > len(section):
                raise ValueError("too short")
            tags.append(
                {
                    section[at : at + TAG]: number
                    for number, at in enumerate(range(start, middle, TAG))
                }
            )
            by_value.append(section[middle:after])
            own.append(np.frombuffer(section[after:stop], "<u2"))
            start = stop
        if start != len(section):
            raise ValueError("too long")
        return cls(known, ways, tuple(tags), tuple(by_value), tuple(own), functions)

    def names(self, function: str) -> tuple[tuple[str, ...], ...]:
        """Return the beliefs about a function: singles, then pairs."""
        return self.known.get(function, ())

    def holding(
        self, group: int, answered: Iterable[bytes]
    ) -> frozenset[tuple[str, ...]]:
        """Return the beliefs whose answers have one of these digests."""
        function = self.functions[group]
        known, ways = self.known[function], self.ways[function]
        found: set[tuple[str, ...]] = set()
        for tag in answered:
            number = self.tags[group].get(tag)
            if number is not None:
                (places,) = np.nonzero(self.own[group] == number)
                found.update(known[ways[place]] for place in places)
        return frozenset(found)

    def values_first(self, group: int, answered: Iterable[bytes]) -> bool:
        """Tell whether known wrong answers begin with one of the right form."""
        numbers = [self.tags[group].get(tag) for tag in answered]
        return any(n is not None and self.by_value[group][n] for n in numbers)
