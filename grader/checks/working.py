"""One cell of a right answer, worked out: its window, its products, their sum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from grader.checks.check import number
from grader.picture import Share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Array = np.ndarray[Any, Any]


class Place(NamedTuple):
    """Where cells lie in an argument of the call. Made with `cells`.

    Parameters
    ----------
    argument : str
        The parameter's name.
    lead : tuple of tuple of int
        Indices along each axis but the last two: their combinations are the planes.
    rows, columns : tuple of int
        Indices along the last two axes. Those outside lie in the border.
    border : int
        Zeros around each plane, which the call adds.
    focus : tuple of int, optional
        The one cell among them that decides: row and column.
    """

    argument: str
    lead: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    border: int = 0
    focus: tuple[int, int] | None = None


def cells(
    argument: str,
    *axes: int | Iterable[int],
    border: int = 0,
    focus: tuple[int, int] | None = None,
) -> Place:
    """Return where a window lies in an argument, for a picture of it.

    Parameters
    ----------
    argument : str
        The parameter's name.
    *axes : int or iterable of int
        The indices along each axis: ``cells("x", n, range(C), rows, columns)``.
    border : int
        Width of the border of zeros that the call adds; indices do not count it, so
        that they are negative in it.
    focus : tuple of int, optional
        Row and column of the one cell among them that decides: a window's largest.
    """
    *lead, columns = (
        (int(axis),) if isinstance(axis, (int, np.integer)) else tuple(map(int, axis))
        for axis in axes
    )
    rows = lead.pop() if lead else (0,)
    at = None if focus is None else (int(focus[0]), int(focus[1]))
    return Place(argument, tuple(lead), rows, columns, border, at)


def share(source: str, sent: float, how: str, received: float) -> Share:
    """Return what an entry of the incoming gradient sends to the cell.

    Parameters
    ----------
    source : str
        The entry, such as ``dout[0, 0, 1, 0]``.
    sent : float
        Its value.
    how : str
        What becomes of it on the way, such as ``times w[0, 0, 1, 1] = 2``.
    received : float
        What arrives.
    """
    return Share(source, number(sent), how, number(received))


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
    places : tuple of Place
        Where the cells lie in the arguments, for a picture; the first place is the
        window's.
    shares : tuple of Share
        Of a gradient: what the cell receives, and from where.
    """

    window: Array
    result: str
    factors: Array | None = None
    source: str = ""
    by: str = "the kernel"
    places: tuple[Place, ...] = ()
    shares: tuple[Share, ...] = ()

    @classmethod
    def of_products(
        cls,
        window: Array,
        factors: Array,
        *,
        bias: float = 0.0,
        source: str = "",
        by: str = "the kernel",
        places: tuple[Place, ...] = (),
        shares: tuple[Share, ...] = (),
    ) -> Working:
        """Return the working of a weighted sum: products, their sum, the bias."""
        total = float((window * factors).sum())
        result = f"the products sum to {number(total)}"
        if bias:
            result += f", plus the bias {number(bias)} gives {number(total + bias)}"
        return cls(window, result, factors, source, by, places, shares)

    def lines(self) -> tuple[str, ...]:
        """Return the working as lines of text: window, factors and products."""
        head = f"window {self.source}".rstrip()
        lines = []
        planes = planes_of(self.window)
        if self.factors is None:
            lines.append(f"{head}:")
            for plane in planes:
                lines += _grid(plane)
        else:
            lines.append(f"{head}, times {self.by}, gives the products:")
            for plane, weights in zip(planes, planes_of(self.factors), strict=True):
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


def planes_of(array: Array) -> list[Array]:
    """Return the planes of an array of any number of axes, in their order."""
    if array.ndim <= 2:
        return [np.atleast_2d(array)]
    return list(array.reshape(math.prod(array.shape[:-2]), *array.shape[-2:]))


def _grid(plane: Array) -> list[str]:
    texts = [[number(cell) for cell in row] for row in plane]
    width = max((len(text) for row in texts for text in row), default=1)
    return ["  ".join(text.rjust(width) for text in row) for row in texts]
