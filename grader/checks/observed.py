"""What was seen of one function, ready to be described: arguments, answers, kind."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from grader.checks.check import Call, Tolerance
    from grader.checks.diagnose import Evidence
    from grader.checks.suite import ExerciseSuite

Array = np.ndarray[Any, Any]
Kind = Literal["right", "value", "shape", "raised", "accepted", "other"]

ARRAYS = ("shape", "finite", "value")  # the rungs on which both hold numbers
_EXACT = 2**53  # the whole numbers up to it are floats


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One call as the anatomy sees it.

    Parameters
    ----------
    arguments : mapping of str to object
        By parameter, with the defaults that apply.
    kind : {"right", "value", "shape", "raised", "accepted", "other"}
        How the answer is right or wrong. ``value`` and ``shape`` promise both arrays;
        ``accepted`` is an answer where an exception is promised.
    tolerance : Tolerance
        How far two numbers may lie apart.
    expected, got : ndarray, optional
        The right answer and the one given, a number as an array of no axes. They are
        float64 where only values are wrong; else `got` may be of any size and dtype.
    raised : str
        The built-in exception that was raised; empty for any other.
    """

    arguments: Mapping[str, Any]
    kind: Kind
    tolerance: Tolerance
    expected: Array | None = None
    got: Array | None = None
    raised: str = ""

    def same(self, one: Array, other: Array) -> Array:
        """Return where two arrays agree within the call's tolerance; NaN never does."""
        limit = self.tolerance.absolute + self.tolerance.relative * np.abs(other)
        agree: Array = np.abs(one - other) <= limit
        return agree


@dataclass(frozen=True, slots=True)
class Pair:
    """A right answer and a wrong one of the same shape.

    Parameters
    ----------
    right, mine : ndarray of float64
        The two answers.
    wrong : ndarray of bool
        Where they differ.
    seen : Seen
        The call.
    """

    right: Array
    mine: Array
    wrong: Array
    seen: Seen

    def is_mine(self, guess: Array) -> bool:
        """Tell whether the wrong answer is this array, cell by cell."""
        return bool(self.seen.same(self.mine, guess).all())


def parts_of(evidence: Iterable[Evidence]) -> dict[int, str]:
    """Return the parts of a tuple of results that the calls ask about, by index."""
    asked = (e.case.call.part for e in evidence)
    return dict(sorted(part for part in asked if part is not None))


def observe(
    suite: ExerciseSuite, evidence: Sequence[Evidence], part: int | None = None
) -> list[Seen]:
    """Return what was seen of a function, or of one part of its results.

    What holds for all parts, such as an exception, is seen in each of them.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise.
    evidence : sequence of Evidence
        Every answer given for one function, right ones included.
    part : int, optional
        The part's index.
    """
    bind = binder(suite, evidence[0].case.call.function)
    return [
        _see(item, suite.expected(item.case), part, bind(item.case.call))
        for item in evidence
        if _concerns(item, part)
    ]


def _concerns(item: Evidence, index: int | None) -> bool:
    """Tell whether an answer says anything about one part of the result."""
    part = item.case.call.part
    if index is None:
        return True
    if part is not None:
        return part[0] == index
    # The whole tuple was compared, up to the first wrong part.
    wrong = item.mismatch.part if item.mismatch is not None else None
    return wrong is None or index <= wrong


def _see(
    item: Evidence,
    expected: Returned | Raised | None,
    index: int | None,
    arguments: Mapping[str, Any],
) -> Seen:
    mismatch, reply, tolerance = item.mismatch, item.reply, item.case.call.tolerance
    seen = Seen(arguments, "right", tolerance)
    # Right values with bad manners are right values.
    if mismatch is None or mismatch.rung in ("changed", "cost"):
        return seen
    whole = item.case.call.part is None
    if whole and index is not None and mismatch.part not in (None, index):
        return seen
    if isinstance(reply, Raised):
        return replace(seen, kind="raised", raised=_built_in(reply))
    if mismatch.rung == "exception":
        return replace(seen, kind="accepted")
    if not isinstance(reply, Returned) or not isinstance(expected, Returned):
        return replace(seen, kind="other")
    where = index if index is not None else mismatch.part
    right = _array(_part(expected.value, where))
    mine = _array(_part(reply.value, where))
    if right is None or mine is None or mismatch.rung not in ARRAYS:
        return replace(seen, kind="other")
    if mismatch.rung == "shape":
        return replace(seen, kind="shape", expected=right, got=mine)
    right, mine = right.astype(np.float64), mine.astype(np.float64)
    return replace(seen, kind="value", expected=right, got=mine)


def pairs(seen: Sequence[Seen]) -> list[Pair]:
    """Return the answers of which only the values are wrong."""
    return [
        Pair(s.expected, s.got, ~s.same(s.got, s.expected), s)
        for s in seen
        if s.kind == "value" and s.expected is not None and s.got is not None
    ]


def _part(value: Any, index: int | None) -> Any:
    if index is None:
        return value
    if isinstance(value, (tuple, list)) and index < len(value):
        return value[index]
    return None


def _array(value: Any) -> Array | None:
    """Return a number or an array of numbers as an array; anything else is None."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "iuf" else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, int) and abs(value) > _EXACT:
        return None
    return np.array(value, dtype=np.float64)


def _built_in(reply: Raised) -> str:
    """Return the built-in exception that the student's is; empty where none says much.

    Names of a student's own classes are their text, and are not repeated.
    """
    import builtins  # noqa: PLC0415  (only wrong answers come here)

    for name in reply.bases:
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            return "" if kind is Exception else name
    return ""


def binder(suite: ExerciseSuite, function: str) -> Callable[[Call], dict[str, Any]]:
    """Return a function from a call to its arguments by name, defaults included."""
    try:
        tree = ast.parse(f"def f{suite.signature(function)}: ...")
    except SyntaxError:
        return lambda call: dict(call.kwargs)
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        return lambda call: dict(call.kwargs)
    spec = definition.args
    plain = [a.arg for a in (*spec.posonlyargs, *spec.args)]
    defaulted = plain[len(plain) - len(spec.defaults) :]
    defaults: dict[str, Any] = {}
    for name, node in (
        *zip(defaulted, spec.defaults, strict=True),
        *zip((a.arg for a in spec.kwonlyargs), spec.kw_defaults, strict=True),
    ):
        if isinstance(node, ast.Constant):
            defaults[name] = node.value

    def bind(call: Call) -> dict[str, Any]:
        given = dict(zip(plain, call.args, strict=False))
        return {**defaults, **given, **call.kwargs}

    return bind
