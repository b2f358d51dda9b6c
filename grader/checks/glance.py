"""See at a glance that two answers differ: by their shape, or by any of their cells.

A wrong answer is held against hundreds of beliefs, and nearly all of them are dismissed
here, before anything is put into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from grader.checks.check import Call, Tolerance


def differ_at_a_glance(expected: Any, got: Any, call: Call) -> bool:
    """Tell whether two values plainly differ; False leaves it open.

    Parameters
    ----------
    expected, got : object
        A predicted value and the submission's.
    call : Call
        The call, for its part and its tolerance.
    """
    if call.part is not None:
        if not _alike(expected, got):
            return False
        expected, got = expected[call.part[0]], got[call.part[0]]
    return _differ(expected, got, call.tolerance)


def _differ(expected: Any, got: Any, tolerance: Tolerance) -> bool:
    if isinstance(expected, np.ndarray) and isinstance(got, np.ndarray):
        if expected.shape != got.shape:
            return True
        if not got.size or not (_is_number(expected) and _is_number(got)):
            return False
        # Written so that NaN, for which every comparison is false, leaves it open:
        # two slips may divide by the same nothing.
        first, mine = float(expected.item(0)), float(got.item(0))
        if abs(mine - first) > tolerance.absolute + tolerance.relative * abs(first):
            return True
        right = expected.astype(np.float64)
        with np.errstate(all="ignore"):
            limit = tolerance.absolute + tolerance.relative * np.abs(right)
            return bool((np.abs(got.astype(np.float64) - right) > limit).any())
    if _alike(expected, got):
        pairs = zip(expected, got, strict=True)
        return any(_differ(right, mine, tolerance) for right, mine in pairs)
    return False


def _is_number(array: np.ndarray[Any, Any]) -> bool:
    return array.dtype.kind in "iuf"


def _alike(expected: Any, got: Any) -> bool:
    """Tell whether both are sequences of as many values."""
    return (
        isinstance(expected, (tuple, list))
        and isinstance(got, (tuple, list))
        and len(expected) == len(got)
    )
