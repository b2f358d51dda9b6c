"""The digests of what misconceptions answer: they tell who would answer this."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.digest import TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Indices = np.ndarray[Any, np.dtype[np.uint16]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The digests of what misconceptions answer to all calls of one function.

    Parameters
    ----------
    names : tuple of tuple of str
        The beliefs about the function, alone and in pairs.
    ways : tuple of int
        For each implementation of beliefs, which of the names it is.
    kinds : tuple of str
        For some beliefs and each call, whether only whole numbers are taken.
    tags : mapping of bytes to int
        The digests, numbered.
    first : mapping of int to frozenset of int
        For some digests the groups whose smallest wrong answer has the right form.
    own : ndarray
        The number of each implementation's digest.
    """

    names: tuple[tuple[str, ...], ...]
    ways: tuple[int, ...]
    kinds: tuple[str, ...]
    tags: Mapping[bytes, int]
    first: Mapping[int, frozenset[int]]
    own: Indices

    def holding(self, answered: Iterable[bytes]) -> frozenset[tuple[str, ...]]:
        """Return the beliefs whose answers have one of these digests."""
        found: set[tuple[str, ...]] = set()
        for number in self._numbers(answered):
            (places,) = np.nonzero(self.own == number)
            found.update(self.names[self.ways[place]] for place in places)
        return frozenset(found)

    def values_first(self, group: int, answered: Iterable[bytes]) -> bool:
        """Tell whether a group's known wrong answers begin with one of right form."""
        none: frozenset[int] = frozenset()
        return any(group in self.first.get(n, none) for n in self._numbers(answered))

    def _numbers(self, answered: Iterable[bytes]) -> list[int]:
        return [self.tags[tag] for tag in answered if tag in self.tags]


def read(section: bytes, bundles: int) -> list[Bundle]:
    """Return what `grader.checks.seal` wrote of so many bundles.

    Raises
    ------
    ValueError, KeyError, TypeError, IndexError
        If it is malformed.
    """
    if len(section) < 4:
        raise ValueError("too short")
    (size,) = struct.unpack_from("<I", section)
    head = json.loads(section[4 : 4 + size])
    if len(head) != bundles:
        raise ValueError("bundles and functions differ")
    found, start = [], 4 + size
    for record in head:
        count, ways = int(record["tags"]), tuple(map(int, record["ways"]))
        names = tuple(tuple(map(str, ids)) for ids in record["names"])
        middle = start + TAG * count
        stop = middle + 2 * len(ways)
        if count < 0 or stop > len(section):
            raise ValueError("too short")
        if ways and not 0 <= min(ways) <= max(ways) < len(names):
            raise ValueError("no such belief")
        starts = range(start, middle, TAG)
        found.append(
            Bundle(
                names,
                ways,
                tuple(map(str, record["kinds"])),
                {section[at : at + TAG]: n for n, at in enumerate(starts)},
                {int(n): frozenset(map(int, many)) for n, many in record["first"]},
                np.frombuffer(section[middle:stop], "<u2"),
            )
        )
        start = stop
    if start != len(section):
        raise ValueError("too long")
    return found
