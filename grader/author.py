"""What an author of checks imports. See ``tests/hidden/`` for suites written with it.

>>> from grader.author import call, check, ints, misconception, solution
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from grader.checks.belief import Belief
from grader.checks.check import Call, Check, make_check
from grader.checks.content import register
from grader.checks.draw import Draw, distinct, ints
from grader.checks.working import Explain, Working, cells, share

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.checks.check import CheckFunction

__all__ = [
    "Draw",
    "Working",
    "call",
    "cells",
    "check",
    "distinct",
    "ints",
    "misconception",
    "misconceptions",
    "share",
    "solution",
    "working",
]


def call(function: str, *args: Any, **kwargs: Any) -> Call:
    """Return a call of a student's function, to be yielded by a check.

    Parameters
    ----------
    function : str
        The function's name.
    *args, **kwargs
        Its arguments: arrays, numbers, texts, None, and tuples or lists of them.

    Examples
    --------
    >>> print(call("output_size", 32, 5, stride=1))
    output_size(32, 5, stride=1)
    """
    frozen = {name: _frozen(value) for name, value in kwargs.items()}
    return Call(function, tuple(map(_frozen, args)), MappingProxyType(frozen))


def check(
    *, points: float, public: bool = False, after: Check | tuple[Check, ...] = ()
) -> Callable[[CheckFunction], Check]:
    """Turn a generator of calls into a check.

    Parameters
    ----------
    points : float
        Earned when every call is right.
    public : bool
        Whether the student may see inputs and values.
    after : Check or tuple of Check
        Checks above it that must pass first; otherwise this one is SKIP.
    """
    first = after if isinstance(after, tuple) else (after,)

    def decorate(function: CheckFunction) -> Check:
        made = make_check(
            function,
            points=points,
            visibility="public" if public else "hidden",
            after=first,
        )
        register(function, made)
        return made

    return decorate


def misconception(id: str) -> Callable[[Callable[..., Any]], Belief]:
    """Turn a wrong implementation into the belief that it shows.

    The implementation has the name and the parameters of the student's function.
    Written in terms of `solution`, it combines with the other beliefs about that
    function by itself. Where a belief shows in several ways, each is an implementation
    with the same id.

    Parameters
    ----------
    id : str
        The misconception's name in the catalogue.
    """

    def decorate(function: Callable[..., Any]) -> Belief:
        belief = Belief((id,), function, switched=False)
        register(function, belief)
        return belief

    return decorate


def misconceptions(*ids: str) -> Callable[[Callable[..., Any]], Belief]:
    """Turn one implementation with a switch for each belief into those beliefs.

    The implementation has the name and the parameters of the student's function and
    one more, ``wrong``: ``if "stride-ignored" in wrong: …``. With no switch set it
    must be right. Any two switches combine.

    Parameters
    ----------
    *ids : str
        The misconceptions' names in the catalogue.
    """

    def decorate(function: Callable[..., Any]) -> Belief:
        belief = Belief(ids, function, switched=True)
        register(function, belief)
        return belief

    return decorate


def working(function: str) -> Callable[[Callable[..., Working]], Explain]:
    """Say how one cell of a right answer comes about, for public checks.

    The decorated function takes the cell's index and the call's arguments, and
    returns a `Working`.

    Parameters
    ----------
    function : str
        The name of the student's function.
    """

    def decorate(explain: Callable[..., Working]) -> Explain:
        made = Explain(function, explain)
        register(explain, made)
        return made

    return decorate


class _Solution:
    """Stands for the exercise's solution until the suite is loaded."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(
            f"solution.{name} is only there while a misconception runs; "
            "do not use it at the top of a suite"
        )


solution: Any = _Solution()


def _frozen(value: Any) -> Any:
    """Return the value with its arrays as read-only copies: inputs never change."""
    if isinstance(value, np.ndarray):
        copy = value.copy()
        copy.setflags(write=False)
        return copy
    if isinstance(value, (tuple, list)):
        return type(value)(map(_frozen, value))
    return value
