"""What families compute by hand with: small arrays as tuples of rows, exactly.

Plain Python on purpose: numpy would be most of the time a quiz takes to start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Number: TypeAlias = "int | float"
Cells: TypeAlias = "tuple[tuple[Number, ...], ...]"


def window(cells: Cells, top: int, left: int, height: int, width: int) -> Cells:
    """Return a rectangle of `cells`.

    Examples
    --------
    >>> window(((1, 2, 3), (4, 5, 6)), 0, 1, 2, 2)
    ((2, 3), (5, 6))
    """
    return tuple(tuple(line[left : left + width]) for line in cells[top : top + height])


def flat(cells: Sequence[Sequence[Number]]) -> tuple[Number, ...]:
    """Return the numbers in reading order."""
    return tuple(number for line in cells for number in line)


def correlate(image: Cells, kernel: Cells, stride: int = 1, dilation: int = 1) -> Cells:
    """Slide the kernel as it is and sum the products: no flip, no padding.

    Examples
    --------
    >>> correlate(((1, 2, 3), (4, 5, 6)), ((1, 0), (0, -1)))
    ((-4, -4),)
    """
    down, across = len(kernel), len(kernel[0])
    tall, wide = (down - 1) * dilation + 1, (across - 1) * dilation + 1
    return tuple(
        tuple(
            sum(
                image[top + u * dilation][left + v * dilation] * kernel[u][v]
                for u in range(down)
                for v in range(across)
            )
            for left in range(0, len(image[0]) - wide + 1, stride)
        )
        for top in range(0, len(image) - tall + 1, stride)
    )


def pool(
    image: Cells, size: int, stride: int, reduce: Callable[[tuple[Number, ...]], Number]
) -> Cells:
    """Reduce every window to one number; windows that do not fit are dropped.

    Examples
    --------
    >>> pool(((1, 5, 2, 0), (3, 4, 9, 7)), 2, 2, max)
    ((5, 9),)
    """
    return tuple(
        tuple(
            reduce(flat(window(image, top, left, size, size)))
            for left in range(0, len(image[0]) - size + 1, stride)
        )
        for top in range(0, len(image) - size + 1, stride)
    )


def mean(numbers: tuple[Number, ...]) -> Number:
    """Return the mean, as an integer when it is one."""
    value = sum(numbers) / len(numbers)
    return int(value) if value == int(value) else value


def padded(cells: Cells, amount: int, value: Number = 0) -> Cells:
    """Return `cells` with `amount` rows and columns of `value` on every side.

    Examples
    --------
    >>> padded(((1,),), 1)
    ((0, 0, 0), (0, 1, 0), (0, 0, 0))
    """
    side = (value,) * amount
    empty = ((value,) * (len(cells[0]) + 2 * amount),) * amount
    return (*empty, *((*side, *line, *side) for line in cells), *empty)


def turned(cells: Cells) -> Cells:
    """Return `cells` turned by 180 degrees: both axes reversed."""
    return tuple(line[::-1] for line in cells[::-1])


def transposed(cells: Cells) -> Cells:
    """Return `cells` with rows and columns exchanged."""
    return tuple(zip(*cells, strict=True))


def products(left: Sequence[Number], right: Sequence[Number]) -> str:
    """Return the sum of products as a formula; negative numbers get brackets.

    Examples
    --------
    >>> products((1, 2, 3), (0, -1, 4))
    '1·0 + 2·(-1) + 3·4'
    """
    pairs = zip(left, right, strict=True)
    return " + ".join(f"{bracketed(a)}·{bracketed(b)}" for a, b in pairs)


def bracketed(number: Number) -> str:
    """Return a number as a factor or summand of a formula."""
    return f"({number})" if number < 0 else str(number)


def listed(numbers: Sequence[Number]) -> str:
    """Return numbers as people list them.

    Examples
    --------
    >>> listed((3, 1, 2))
    '3, 1 and 2'
    """
    words = [str(number) for number in numbers]
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
