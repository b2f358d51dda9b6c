"""One cell of a right answer, worked out: its window, its products, their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.check import number

if TYPE_CHECKING:
    from collections.abc import Callable

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Working:
    """How one cell of a right answer comes about.

    Parameters
    ----------
    window : ndarray
        The cells of the input that it is made from; 2-D, or 3-D with channels first.
    result : str
        How they make the value, such as ``1 + 2 + 3 = 6``.
    factors : ndarray, optional
        What they are multiplied by; of the window's shape.
    source : str
        Where the window lies, such as ``x[0, :, 2:5, 0:3]``.
    by : str
        What the factors are called.
    """

    window: Array
    result: str
    factors: Array | None = None
    source: str = ""
    by: str = "the kernel"

    @classmethod
    def of_products(
        cls,
        window: Array,
        factors: Array,
        *,
        bias: float = 0.0,
        source: str = "",
        by: str = "the kernel",
    ) -> Working:
        """Return the working of a weighted sum: products, their sum, the bias."""
        total = float((window * factors).sum())
        result = f"the products sum to {number(total)}"
        if bias:
            result += f", plus the bias {number(bias)} gives {number(total + bias)}"
        return cls(window, result, factors, source, by)

    def lines(self) -> tuple[str, ...]:
        """Return the working as lines of text: window, factors and products."""
        head = f"window {self.source}".rstrip()
        lines = []
        planes = _planes(self.window)
        if self.factors is None:
            lines.append(f"{head}:")
            for plane in planes:
                lines += _grid(plane)
        else:
            lines.append(f"{head}, times {self.by}, gives the products:")
            for plane, weights in zip(planes, _planes(self.factors), strict=True):
                columns = zip(
                    _grid(plane), _grid(weights), _grid(plane * weights), strict=True
                )
                lines += [f"{a}   *  {b}   =  {c}" for a, b, c in columns]
        lines.append(self.result)
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Explain:
    """An author's function from (index, arguments of the call) to a `Working`."""

    function: str
    explain: Callable[..., Working]


def _planes(array: Array) -> list[Array]:
    if array.ndim <= 2:
        return [np.atleast_2d(array)]
    return list(array.reshape(-1, *array.shape[-2:]))


def _grid(plane: Array) -> list[str]:
    texts = [[number(cell) for cell in row] for row in plane]
    width = max((len(text) for row in texts for text in row), default=1)
    return ["  ".join(text.rjust(width) for text in row) for row in texts]
