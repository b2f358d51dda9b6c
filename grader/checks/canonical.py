"""Answers as bytes: the same bytes for all answers that count as the same.

Numbers are counted in cells of a lattice, `scale` cells to the unit, so that float32
and float64, and any order of summation, give the same whole numbers. The lattice is
chosen to hold the right answers: they lie in the middle of their cells.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.reply import Missing, Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grader.checks.check import Call, Tolerance

Array = np.ndarray[Any, Any]

WHOLE_SCALE = 64
"""Cells to the unit where right answers are whole by type."""
FINEST = 1024
MAX_DENOMINATOR = 400  # the cells of the largest window that is averaged over
ROOM = 2.4
"""How many tolerances a cell is wide: one to each side, and some to spare."""
OFF_CENTRE = 0.2  # of the tolerance: how far a right answer lies from the lattice
_EXACT = 2.0**30  # in cells: beyond, numbers are cut to 16 significant bits
_NOT_FINITE = (-(2.0**1000), 2.0**1000, 2.0**1001)  # for minus infinity, inf, NaN


def scale_for(value: Any, tolerance: Tolerance) -> int | None:
    """Return how many cells to the unit suit a right answer; None where none do.

    Parameters
    ----------
    value : object
        The right answer, or the part of it that is compared.
    tolerance : Tolerance
        How far apart two numbers may lie.
    """
    cells = np.concatenate([np.zeros(1), *floats_in(value)])
    if cells.size == 1:
        return WHOLE_SCALE
    if not np.isfinite(cells).all():
        return None
    widest = tolerance.absolute + tolerance.relative * float(np.abs(cells).max())
    for denominator in range(1, MAX_DENOMINATOR + 1):
        if denominator * ROOM * widest > 1:
            return None
        off = np.abs(cells - np.rint(cells * denominator) / denominator)
        if off.max() <= OFF_CENTRE * tolerance.absolute:
            finer = 1
            while (
                denominator * finer * 2 * ROOM * widest <= 1
                and denominator * finer * 2 <= max(FINEST, denominator)
            ):
                finer *= 2
            return denominator * finer
    return None


def floats_in(value: Any) -> Iterator[Array]:
    """Yield the floats of an answer as flat arrays."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f":
            yield value.ravel().astype(np.float64)
    elif isinstance(value, float):
        yield np.array([value])
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from floats_in(item)


def compared(value: Any, call: Call) -> Any:
    """Return the part of an answer that a call asks about."""
    if call.part is None or not isinstance(value, (tuple, list)):
        return value
    return value[call.part[0]] if call.part[0] < len(value) else value


def canonical(
    answer: Returned | Raised | Missing,
    call: Call,
    scale: int,
    exceptions: Collection[str],
) -> bytes | None:
    """Return the bytes that stand for an answer; None for one that equals no other.

    Parameters
    ----------
    answer : Returned, Raised or Missing
        What came back.
    call : Call
        The call, for its part.
    scale : int
        Cells to the unit.
    exceptions : collection of str
        The exceptions that are told apart: a subclass counts as the first of them.
    """
    if isinstance(answer, Missing):
        return None
    if isinstance(answer, Raised):
        known = (name for name in answer.bases if name in exceptions)
        return b"X" + next(known, answer.type).encode("utf-8", "replace")
    head, value = b"R", answer.value
    if call.part is not None and isinstance(value, (tuple, list)):
        head += struct.pack("<I", len(value))
        value = compared(value, call)
    body = _encode(value, scale)
    return None if body is None else head + body


def whole(answer: Returned | Raised | Missing, call: Call) -> bool:
    """Tell whether an answer holds no number but whole ones, by type."""
    return isinstance(answer, Returned) and _whole(compared(answer.value, call))


def _whole(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "iu"
    if isinstance(value, (tuple, list)):
        return all(map(_whole, value))
    return not isinstance(value, float)


def _encode(value: Any, scale: int) -> bytes | None:
    if isinstance(value, np.ndarray):
        return _array(value, scale)
    if isinstance(value, bool) or value is None:
        return repr(value)[:1].encode()
    if isinstance(value, (int, float)):
        return _number(value, scale)
    if isinstance(value, (tuple, list)):
        items = [_encode(item, scale) for item in value]
        known = [item for item in items if item is not None]
        complete = len(known) == len(items)
        return b"L%d:" % len(items) + b"".join(known) if complete else None
    if isinstance(value, str):
        text = value.encode("utf-8", "replace")
        return b"S%d:" % len(text) + text
    return None


def _array(array: Array, scale: int) -> bytes | None:
    if array.dtype.kind not in "iuf":
        return None
    if array.ndim == 0:
        return _number(array.item(), scale)
    head = struct.pack(f"<B{array.ndim}Q", array.ndim, *array.shape)
    return b"A" + head + _cells(array, scale)


def _number(value: float, scale: int) -> bytes:
    if isinstance(value, int):
        cells = value * scale
    elif math.isfinite(value) and abs(value) * scale < 2.0**53:
        cells = round(value * scale)
    else:
        return b"F" + _cells(np.array(value), scale)
    size = cells.bit_length() // 8 + 1
    return b"I%d:" % size + cells.to_bytes(size, "little", signed=True)


def _cells(array: Array, scale: int) -> bytes:
    numbers = array.astype(np.float64)
    if float(np.abs(numbers).max(initial=0.0)) * scale < _EXACT:  # nearly always
        counted = np.rint(numbers * scale)
    else:
        counted = _wild(numbers, scale)
    # Adding zero turns -0.0 into 0.0.
    return bytes((counted + 0.0).astype("<f8", copy=False).tobytes())


def _wild(numbers: Array, scale: int) -> Array:
    # Wild numbers overflow here; as infinities they are as good as any.
    with np.errstate(all="ignore"):
        exact = numbers * scale
        small = np.abs(exact) < _EXACT
        counted: Array = np.where(small, np.rint(exact), _coarse(exact))
    return counted


def _coarse(cells: Array) -> Array:
    mantissa, exponent = np.frexp(cells)
    low, high, nan = _NOT_FINITE
    cut = np.ldexp(np.rint(mantissa * 2**16), exponent - 16)
    finite: Array = np.nan_to_num(cut, nan=nan, posinf=high, neginf=low)
    return finite
