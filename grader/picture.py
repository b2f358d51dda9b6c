"""What a failed check looks like: frozen drawings that travel in a `Finding`.

Every number is text already, as a person writes it, so that NaN, infinities and
integers of any length are as safe as the rest, in JSON too. A picture is only ever
made of a public check, in `grader.pictures`; here is nothing that judges or draws.

They are named tuples: every run of the grader defines them, and most runs need none;
dataclasses would cost four times as much.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple


class Plane(NamedTuple):
    """Rows and columns of an array, or the part of them that is shown.

    Parameters
    ----------
    cells : tuple of tuple of str
        The numbers, row by row; all rows are equally long.
    label : str
        Which plane of a larger array it is, such as ``n = 0, k = 1``.
    top, left : int
        Row and column of the first cell. Negative in the border of a padded input.
    height, width : int
        Rows and columns of the whole plane, without a border.
    marked : tuple of tuple of int
        Cells that the picture is about, as (row, column) of the plane: the wrong
        ones of an answer, the window's of an input.
    focus : tuple of int, optional
        The one cell that the text speaks of: the first wrong one.
    """

    cells: tuple[tuple[str, ...], ...]
    label: str = ""
    top: int = 0
    left: int = 0
    height: int = 0
    width: int = 0
    marked: tuple[tuple[int, int], ...] = ()
    focus: tuple[int, int] | None = None

    @property
    def left_out(self) -> int:
        """How many cells of the plane are not shown."""
        rows = _overlap(self.top, len(self.cells), self.height)
        wide = len(self.cells[0]) if self.cells else 0
        return self.height * self.width - rows * _overlap(self.left, wide, self.width)


class Grid(NamedTuple):
    """An array, as far as it is shown.

    Parameters
    ----------
    name : str
        What the student calls it, such as ``out`` or ``x``.
    shape : tuple of int
        Of the whole array.
    planes : tuple of Plane
        Those that are shown, in their order.
    """

    name: str
    shape: tuple[int, ...]
    planes: tuple[Plane, ...] = ()

    @property
    def planes_left_out(self) -> int:
        """How many planes are not shown."""
        return prod(self.shape[:-2]) - len(self.planes)


class Product(NamedTuple):
    """A window, what it is multiplied by, and the products, cell by cell.

    Parameters
    ----------
    window : Plane
        Cells of the input.
    factors, products : Plane, optional
        None where nothing is multiplied: the largest of a window, say.
    """

    window: Plane
    factors: Plane | None = None
    products: Plane | None = None


class Share(NamedTuple):
    """What one entry of the gradient that comes in sends to one cell.

    Parameters
    ----------
    source : str
        The entry, such as ``dout[0, 0, 1, 0]``.
    sent : str
        Its value.
    how : str
        What becomes of it on the way, such as ``times w[0, 0, 1, 1] = 2``.
    received : str
        What arrives at the cell.
    """

    source: str
    sent: str
    how: str
    received: str


class Picture(NamedTuple):
    """What there is to see of a wrong answer.

    Parameters
    ----------
    expected, got : Grid
        The right array and the student's: of one shape, or told side by side.
    cell : str
        The first wrong cell, such as ``out[0, 1]``; empty where the shapes differ.
    right : str
        What belongs there.
    inputs : tuple of Grid
        The inputs that the right value of that cell comes from; what it is made of
        is marked.
    products : tuple of Product
        The first wrong cell worked out, plane by plane.
    products_left_out : int
        How many more planes there are to the sum.
    by : str
        What the factors are called.
    source : str
        Where the window lies, such as ``x[0, :, 2:5, 0:3]``.
    result : str
        How the value comes about, such as ``the products sum to 6``.
    shares : tuple of Share
        Of a gradient: what the cell receives, and from where.
    """

    expected: Grid
    got: Grid
    cell: str = ""
    right: str = ""
    inputs: tuple[Grid, ...] = ()
    products: tuple[Product, ...] = ()
    products_left_out: int = 0
    by: str = ""
    source: str = ""
    result: str = ""
    shares: tuple[Share, ...] = ()


def _overlap(first: int, count: int, size: int) -> int:
    """Return how many of the cells `first`, `first` + 1, … lie in 0 … `size`."""
    return max(min(first + count, size) - max(first, 0), 0)
