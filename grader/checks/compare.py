"""Compare an answer with the right one: the first rung that fails is the news.

The ladder is missing, type, shape, dtype, finite, value. Each mismatch is told twice:
once in full, once with everything withheld that a hidden check must not tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from grader.checks.check import number, show
from grader.errors import did_you_mean
from grader.reply import Missing, Raised, Returned, Unsupported

if TYPE_CHECKING:
    from grader.checks.check import Call, Tolerance

Rung = Literal[
    "missing",
    "exception",
    "type",
    "shape",
    "dtype",
    "finite",
    "value",
    "changed",
    "cost",
    "died",
]
Answer = Returned | Raised | Missing

_LARGEST = 10**20


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first difference between an answer and the right one.

    Parameters
    ----------
    rung : str
        The rung of the ladder that failed.
    problem : str
        Where, expected, got, how many entries differ.
    withheld : str
        The same without values, for a hidden check.
    index : tuple of int, optional
        The first wrong cell of an array.
    part : int, optional
        The part of a tuple that is wrong.
    together : bool
        Several calls were compared at once: it is not known which of them is wrong.
    """

    rung: Rung
    problem: str
    withheld: str
    index: tuple[int, ...] | None = None
    part: int | None = None
    together: bool = False


def compare(expected: Returned | Raised, answer: Answer, call: Call) -> Mismatch | None:
    """Return the first difference, or None where the answer is right.

    Parameters
    ----------
    expected : Returned or Raised
        What the reference did with the call.
    answer : Returned, Raised or Missing
        What the submission did with it.
    call : Call
        The call, for its part and its tolerance.
    """
    if isinstance(answer, Missing):
        near = did_you_mean(answer.name, answer.available)
        problem = f"there is no function {answer.name}"
        return Mismatch("missing", problem + near, problem)
    if isinstance(expected, Raised):
        return _compare_exception(expected, answer)
    if isinstance(answer, Raised):
        said = ": ".join(text for text in (answer.type, answer.message) if text)
        return Mismatch("exception", f"raised {said}", "raised an exception")
    if call.part is None:
        return compare_values(expected.value, answer.value, "out", call.tolerance)
    index, name = call.part
    right: Any = expected.value
    got = answer.value
    if not isinstance(got, (tuple, list)) or len(got) != len(right):
        return compare_values(right, got, "out", call.tolerance)
    found = compare_values(right[index], got[index], name, call.tolerance)
    return _in_part(found, index)


def _compare_exception(expected: Raised, answer: Returned | Raised) -> Mismatch | None:
    wanted = f"expected a {expected.type}"
    if isinstance(answer, Returned):
        return Mismatch(
            "exception", f"{wanted}, got {_describe(answer.value)}", f"{wanted}"
        )
    if expected.type in answer.bases:
        return None
    problem = f"{wanted}, got {answer.type}: {answer.message}"
    return Mismatch("exception", problem, f"{wanted}, got another exception")


def compare_values(
    expected: Any, got: Any, name: str, tolerance: Tolerance
) -> Mismatch | None:
    """Return the first difference between two values, or None.

    Parameters
    ----------
    expected, got : object
        The right value and the submission's.
    name : str
        What the value is called in the message.
    tolerance : Tolerance
        How far two numbers may lie apart.
    """
    if isinstance(expected, np.ndarray):
        return _compare_arrays(expected, got, name, tolerance)
    if isinstance(expected, (tuple, list)):
        return _compare_sequences(expected, got, name, tolerance)
    if isinstance(expected, float):
        return _compare_floats(expected, got, tolerance)
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "biu":
        got = got.item()
    if type(got) is not type(expected):
        return _wrong_type(_kind(expected), got)
    if got != expected:
        return Mismatch(
            "value",
            f"expected {show(expected)}, got {_brief(got)}",
            "the value is not the right one",
        )
    return None


def _compare_sequences(
    expected: tuple[Any, ...] | list[Any], got: Any, name: str, tolerance: Tolerance
) -> Mismatch | None:
    if not isinstance(got, (tuple, list)):
        return _wrong_type(f"a tuple of {len(expected)}", got)
    if len(got) != len(expected):
        wanted = f"expected {len(expected)} values"
        return Mismatch(
            "shape", f"{wanted}, got {len(got)}", f"{wanted}, got another number"
        )
    for index, (right, mine) in enumerate(zip(expected, got, strict=True)):
        found = compare_values(right, mine, f"{name}[{index}]", tolerance)
        if found is not None:
            return _in_part(found, index)
    return None


def _in_part(mismatch: Mismatch | None, part: int) -> Mismatch | None:
    if mismatch is None:
        return None
    return replace(mismatch, part=part)


def _compare_floats(expected: float, got: Any, tolerance: Tolerance) -> Mismatch | None:
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "iuf":
        got = got.item()
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        return _wrong_type("a number", got)
    limit = tolerance.absolute + tolerance.relative * abs(expected)
    # A whole number of any length may come back; no float reaches the longest ones.
    fits = isinstance(got, float) or abs(got) < _LARGEST
    # Written so that NaN, for which every comparison is false, is refused.
    if fits and abs(got - expected) <= limit:
        return None
    problem = f"expected {number(expected)}, got {_brief(got)}"
    return Mismatch("value", problem, "the value is not the right one")


def _compare_arrays(
    expected: np.ndarray[Any, Any], got: Any, name: str, tolerance: Tolerance
) -> Mismatch | None:
    if not isinstance(got, np.ndarray):
        return _wrong_type("a numpy array", got)
    if got.shape != expected.shape:
        # The student's shape stays out of hidden checks: its sides can be numbers that
        # tell the hidden inputs.
        wanted = f"{name}: expected shape {expected.shape}"
        return Mismatch(
            "shape", f"{wanted}, got {got.shape}", f"{wanted}, got another one"
        )
    whole = expected.dtype.kind in "iu"
    if got.dtype.kind not in ("iu" if whole else "iuf"):
        wanted = "whole numbers" if whole else "numbers"
        problem = f"{name}: expected {wanted}, got dtype {got.dtype}"
        return Mismatch("dtype", problem, problem)
    if _equal(expected, got):
        return None
    right = expected.astype(np.float64)
    mine = got.astype(np.float64)
    rung: Rung = "finite"
    bad = ~np.isfinite(mine)
    withheld, why = f"{name}: not all values are finite", "not finite"
    if not bad.any():
        rung, bad = "value", wrong_cells(right, mine, tolerance)
        withheld, why = f"{name}: right shape, wrong values", "differ"
    if not bad.any():
        return None
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    place = f"{name}[{', '.join(map(str, index))}]"
    problem = f"{place}: expected {number(right[index])}, got {number(mine[index])}"
    if bad.size > 1:
        problem += f" ({int(bad.sum())} of {bad.size} entries {why})"
    return Mismatch(rung, problem, withheld, index)


def _equal(expected: np.ndarray[Any, Any], got: np.ndarray[Any, Any]) -> bool:
    """Tell whether all is finite and exactly equal, as it is in most right answers."""
    if not (got == expected).all():
        return False
    return got.dtype.kind != "f" or bool(np.isfinite(got).all())


def wrong_cells(
    expected: np.ndarray[Any, Any], got: np.ndarray[Any, Any], tolerance: Tolerance
) -> np.ndarray[Any, Any]:
    """Return where two arrays of floats and of one shape differ by more than allowed.

    Parameters
    ----------
    expected, got : ndarray of float64
        The right values and the submission's.
    tolerance : Tolerance
        How far two numbers may lie apart.
    """
    limit = tolerance.absolute + tolerance.relative * np.abs(expected)
    # Written so that NaN, for which every comparison is false, is refused.
    wrong: np.ndarray[Any, Any] = ~(np.abs(got - expected) <= limit)
    return wrong


def _wrong_type(wanted: str, got: Any) -> Mismatch:
    problem = f"expected {wanted}, got {_describe(got)}"
    return Mismatch("type", problem, f"expected {wanted}, got something else")


def _describe(value: Any) -> str:
    """Say what kind of value it is, and the value where it is short."""
    if isinstance(value, Unsupported):
        return value.description
    if value is None:
        return "None (is a return missing?)"
    if isinstance(value, (bool, int, float)):
        shown = repr(value) if isinstance(value, float) else _brief(value)
        return f"the {type(value).__name__} {shown}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"a {type(value).__name__}"


def _brief(value: Any) -> str:
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, (int, float)):
        return number(value)
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "True or False"
    if isinstance(value, int):
        return "an int"
    return "None" if value is None else f"a {type(value).__name__}"
