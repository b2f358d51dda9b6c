"""A check is a generator of calls; its docstring is the line a student reads."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.errors import CourseError
from grader.sandbox.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from grader.checks.draw import Draw
    from grader.verdict import Visibility

    CheckFunction = Callable[[Draw], Iterator["Call"]]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two numbers may lie apart: ``|got - expected| <= absolute + relative *
    |expected|``.

    The inputs of a suite are small integers, so right answers are exact in float32
    and float64 whatever the order of summation; the default leaves room for the
    division in an average in float32 (about 1e-7) and for nothing else.
    """  # noqa: D205  (the inequality needs the second line)

    absolute: float = 1e-6
    relative: float = 1e-5


@dataclass(frozen=True, slots=True)
class Budget:
    """What a call may cost: at most `ratio` times a matrix product of that size."""

    rows: int
    inner: int
    columns: int
    ratio: float


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a student's function.

    Made with `grader.author.call`; the methods return refined copies.

    Parameters
    ----------
    function : str
        The function's name.
    args : tuple
        Positional arguments.
    kwargs : mapping
        Keyword arguments.
    part : tuple of int and str, optional
        Compare only this part of a tuple of results: its index and its name.
    keeps : bool
        The arguments must be left as they were.
    tolerance : Tolerance
        How far two numbers may lie apart.
    budget : Budget, optional
        What the call may cost.

    Attributes
    ----------
    request : Request
        The call as a worker is asked it.
    """

    function: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    part: tuple[int, str] | None = None
    keeps: bool = False
    tolerance: Tolerance = Tolerance()
    budget: Budget | None = None
    request: Request = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make ready to be asked of any number of submissions."""
        request = Request(self.function, self.args, self.kwargs, watched=self.keeps)
        object.__setattr__(self, "request", request)

    def only(self, index: int, name: str) -> Call:
        """Compare only one part of a tuple of results, called `name`."""
        return replace(self, part=(index, name))

    def keeping_inputs(self) -> Call:
        """Also require that the arguments are left as they were."""
        return replace(self, keeps=True)

    def within(self, absolute: float, relative: float = 0.0) -> Call:
        """Allow answers to differ by more than rounding."""
        return replace(self, tolerance=Tolerance(absolute, relative))

    def costing_at_most(
        self, ratio: float, *, rows: int, inner: int, columns: int
    ) -> Call:
        """Also require CPU time of at most `ratio` matrix products of that size."""
        return replace(self, budget=Budget(rows, inner, columns, ratio))

    @property
    def size(self) -> int:
        """How many numbers the arguments hold: the smallest failing call is shown."""
        values = (*self.args, *self.kwargs.values())
        return sum(int(np.size(v)) if isinstance(v, np.ndarray) else 1 for v in values)

    def arguments(self) -> Iterator[tuple[str, Any]]:
        """Yield (name, value); a positional argument's name is empty."""
        for value in self.args:
            yield "", value
        yield from self.kwargs.items()

    def __str__(self) -> str:
        """Show the call: small arrays in full, larger ones by their shape."""
        shown = []
        for name, value in self.arguments():
            text = show(value)
            shown.append(f"{name}={text}" if name else text)
        return f"{self.function}({', '.join(shown)})"


@dataclass(frozen=True, slots=True)
class Check:
    """A claim about the student's code, with the calls that test it.

    Made with `grader.author.check`.

    Parameters
    ----------
    name : str
        The generator's name.
    claim : str
        The first paragraph of its docstring, on one line.
    points : float
        Earned when every call is right.
    visibility : {"public", "hidden"}
        Whether inputs and values may be shown.
    after : tuple of str
        Checks of the same exercise that must pass first.
    function : callable
        The generator of calls.
    """

    name: str
    claim: str
    points: float
    visibility: Visibility
    after: tuple[str, ...]
    function: CheckFunction

    def calls(self, draw: Draw) -> tuple[Call, ...]:
        """Return the calls for one seed."""
        return tuple(self.function(draw))


def make_check(
    function: CheckFunction,
    *,
    points: float,
    visibility: Visibility,
    after: tuple[Check, ...],
) -> Check:
    """Return the check that a decorated generator function describes.

    Raises
    ------
    CourseError
        If it is no generator function, has no docstring, or is worth nothing.
    """
    name = getattr(function, "__name__", repr(function))
    if not inspect.isgeneratorfunction(function):
        raise CourseError(
            "a check is a generator function", key=name, remedy="Yield calls in it."
        )
    doc = inspect.getdoc(function)
    if not doc:
        raise CourseError(
            "the check has no docstring",
            key=name,
            remedy="Its first paragraph is the line a student reads.",
        )
    if not points > 0:
        raise CourseError(f"points={points}", key=name, remedy="Give more than 0.")
    claim = " ".join(doc.split("\n\n")[0].split())
    return Check(
        name=name,
        claim=claim,
        points=points,
        visibility=visibility,
        after=tuple(check.name for check in after),
        function=function,
    )


def show(value: object, *, full: int = 30) -> str:
    """Return a short text of a value: arrays of up to `full` numbers whole.

    Whole numbers are written without a decimal point, so that a student can copy
    the array into a call of their own.
    """
    if isinstance(value, np.ndarray):
        if value.size > full or value.ndim == 0:
            return f"array of shape {value.shape}"
        return f"np.array({_nested(value)})"
    if isinstance(value, (tuple, list)):
        inner = ", ".join(show(item, full=full) for item in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, float):
        return number(value)
    return repr(value)


def number(value: object) -> str:
    """Return a number as a person writes it: ``12`` for 12.0, six digits at most."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return f"{value:.6g}"


def _nested(array: np.ndarray[Any, Any]) -> str:
    if array.ndim == 0:
        return number(array[()])
    return "[" + ", ".join(_nested(row) for row in array) + "]"
