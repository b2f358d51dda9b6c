"""The names of axes, as the docstring of a solution gives them in its shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RESULT = "out"
"""What an answer without a name of its own is called."""

_SHAPED = re.compile(r"^(?:(\w+) : )?ndarray\b.*, shape \((.*)\)$")


def of_docstring(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the axes of each parameter and result.

    They are read from the shapes in lines such as
    ``x : ndarray of float, shape (N, C, H, W)``, as numpydoc writes them.

    Parameters
    ----------
    text : str
        A function's docstring.

    Examples
    --------
    >>> of_docstring("x : ndarray of float, shape (N, C, H, W)")
    {'x': ('N', 'C', 'H', 'W')}
    >>> of_docstring("ndarray of float64, shape (N, C)")
    {'out': ('N', 'C')}
    """
    found = {}
    for line in text.splitlines():
        shaped = _SHAPED.match(line.strip())
        if shaped is not None:
            name, sides = shaped.groups()
            found[name or RESULT] = _split(sides)
    return found


def _split(sides: str) -> tuple[str, ...]:
    """Split at the commas that stand in no brackets."""
    names, depth = [""], 0
    for character in sides:
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            names.append("")
        else:
            names[-1] += character
    return tuple(name.strip() for name in names if name.strip())
