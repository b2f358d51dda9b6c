"""Numbers that the arguments of a call hold or imply, by the words for them."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.features import ORDINALS, span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.observed import Seen

_CALLS = 3  # that must agree on a quantity: two may do so by chance


def quantities(arguments: Mapping[str, Any]) -> dict[str, int]:
    """Return the numbers of a call: integers given, cells they span, lengths of axes.

    Parameters
    ----------
    arguments : mapping of str to object
        By name.
    """
    found = {f"the length of {name}": n for name, n in lengths(arguments).items()}
    for name, value in arguments.items():
        if isinstance(value, np.ndarray):
            if value.ndim >= 2:
                of = name if value.ndim == 2 else f"a map of {name}"
                found[f"the number of cells of {of}"] = (
                    value.shape[-1] * value.shape[-2]
                )
        elif (sides := span(value)) is not None:
            if sides[0] == sides[1]:
                found[name] = sides[0]
            found[f"the number of cells that {name} spans"] = sides[0] * sides[1]
    return found


def lengths(arguments: Mapping[str, Any]) -> dict[str, int]:
    """Return how long the axes of the arrays among the arguments are.

    Parameters
    ----------
    arguments : mapping of str to object
        By name.
    """
    return {
        f"the {axis} axis of {name}": length
        for name, value in arguments.items()
        if isinstance(value, np.ndarray)
        for axis, length in zip(ORDINALS, value.shape, strict=False)
    }


def only_quantity(seen: Sequence[Seen], numbers: Sequence[float]) -> str:
    """Return the quantity that equals a number of each call, if only one does.

    It must vary from call to call: else the numbers agree with too much.

    Parameters
    ----------
    seen : sequence of Seen
        The calls.
    numbers : sequence of float
        One for each call.
    """
    if len(numbers) < _CALLS or common(numbers) is not None:
        return ""
    fitting = [
        name
        for name, value in quantities(seen[0].arguments).items()
        if _equal(value, numbers[0])
    ]
    for call, number in zip(seen[1:], numbers[1:], strict=True):
        if not fitting:
            return ""
        values = quantities(call.arguments)
        fitting = [n for n in fitting if n in values and _equal(values[n], number)]
    return fitting[0] if len(fitting) == 1 else ""


def common(numbers: Sequence[float]) -> float | None:
    """Return the number that all of them are; None where they differ."""
    first = numbers[0]
    return first if all(_equal(number, first) for number in numbers) else None


def _equal(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
