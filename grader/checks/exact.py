"""Prove that a right answer keeps its bytes in other arithmetic.

The reference runs again in float32, in extended precision and on arrays that lie
differently in memory, which makes numpy add in other orders. Every number must stay
near the middle of its cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.canonical import canonical, compared, floats_in
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.checks.check import Call

Array = np.ndarray[Any, Any]

MARGIN = 0.25
"""How far from the middle of its cell a number may lie: the border is at 0.5."""


def unsteady(
    reference: Callable[..., Any], call: Call, right: Returned, scale: int
) -> str:
    """Return the arithmetic in which the right answer is another; empty for none.

    Parameters
    ----------
    reference : callable
        The solution's function.
    call : Call
        The call.
    right : Returned
        Its right answer.
    scale : int
        Cells to the unit.
    """
    wanted = canonical(right, call, scale, ())
    for name, changed in ARITHMETIC.items():
        args = [_each(value, changed) for value in call.args]
        kwargs = {key: _each(value, changed) for key, value in call.kwargs.items()}
        with np.errstate(all="ignore"):
            answer = Returned(reference(*args, **kwargs))
        cells = np.concatenate([np.zeros(1), *floats_in(compared(answer.value, call))])
        off = np.abs(cells * scale - np.rint(cells * scale))
        if canonical(answer, call, scale, ()) != wanted or off.max() > MARGIN:
            return name
    return ""


def _each(value: Any, changed: Callable[[Array], Array]) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    return changed(value) if value.dtype.kind == "f" else value.copy()


def _float64(array: Array) -> Array:
    same: Array = array.copy()
    return same


def _float32(array: Array) -> Array:
    return array.astype(np.float32)


def _extended(array: Array) -> Array:
    extended: Array = array.astype(np.longdouble)
    return extended


def _columns_first(array: Array) -> Array:
    return np.asfortranarray(array.astype(np.float32))


def _backwards(array: Array) -> Array:
    back = (slice(None, None, -1),) * array.ndim
    turned: Array = np.ascontiguousarray(array.astype(np.float32)[back])[back]
    return turned


ARITHMETIC: dict[str, Callable[[Array], Array]] = {
    "float64": _float64,
    "float32": _float32,
    "extended precision": _extended,
    "float32 with columns first in memory": _columns_first,
    "float32 backwards in memory": _backwards,
}
