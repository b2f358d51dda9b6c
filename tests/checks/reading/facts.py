"""A call as the reader of a description sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

AXES = ("first", "second", "third", "fourth")


@dataclass
class Fact:
    """One call as the reader sees it."""

    arguments: dict
    expected: object
    reply: object
    right: bool

    @property
    def mine(self):
        return getattr(self.reply, "value", None)

    @property
    def right_shape(self):
        return (
            isinstance(self.mine, np.ndarray)
            and self.mine.shape == np.shape(self.expected)
            and self.mine.dtype.kind in "iuf"
        )

    @property
    def wrong_shape(self):
        return isinstance(self.mine, np.ndarray) and not self.right_shape

    @property
    def wrong_cells(self):
        return ~equal(self.mine, self.expected)


def equal(one, other):
    return np.isclose(one, other, rtol=2e-5, atol=2e-6)


def sides(size):
    return size if isinstance(size, tuple) else (size, size)


def quantity(text, a):
    """Return the number that a description of it stands for."""
    if found := re.fullmatch(r"the length of the (\w+) axis of (\w+)", text):
        return a[found[2]].shape[AXES.index(found[1])]
    if found := re.fullmatch(r"the number of cells of a map of (\w+)", text):
        return np.prod(a[found[1]].shape[-2:])
    if found := re.fullmatch(r"the number of cells that (\w+) spans", text):
        return np.prod(sides(a[found[1]]))
    if text.startswith("twice "):
        return 2 * quantity(text.removeprefix("twice "), a)
    return float(text) if re.match(r"[\d.]", text) else a[text]
