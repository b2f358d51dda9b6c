"""A stand-in for the sandbox that calls trusted functions in this process.

The course's own wrong implementations are rehearsed with it: they pass through the
same judge as a student's, without the cost of a worker. Student code never does.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from grader.checks.trusted import run_trusted
from grader.reply import Missing, Returned
from grader.sandbox.answer import Answers, InRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from grader.reply import Reply
    from grader.sandbox.request import Request, Row


class Rehearsal:
    """Answers for a submission whose functions are at hand.

    Parameters
    ----------
    functions : mapping of str to callable
        What to call, by name.
    """

    isolation = "none (the course's own code, rehearsed)"

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions

    def __enter__(self) -> Rehearsal:
        """Need nothing."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Leave nothing."""

    def worker(self, files: Mapping[str, bytes], *, seed: int = 0) -> Actor:
        """Return a stand-in for a worker."""
        return Actor(self._functions)


class Actor:
    """A stand-in for a worker."""

    alive = True

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions

    def load(self, module: str) -> Reply:
        """Load nothing: the functions are there."""
        return Returned(None)

    def ask_all(
        self, coming: Iterable[tuple[str, Row]], *, seconds: float, most: int
    ) -> InRow:
        """Answer nothing in a row: there is no message to spare."""
        return InRow(Answers(0))

    def ask(
        self,
        module: str,
        request: Request,
        *,
        seconds: float | None = None,
        enough: float = inf,
    ) -> Reply:
        """Call a trusted function on copies of the arguments."""
        function = self._functions.get(request.function)
        if function is None:
            return Missing(request.function, tuple(self._functions))
        return run_trusted(function, request.args, request.kwargs)

    def matmul_seconds(self, rows: int, inner: int, columns: int) -> float:
        """Return a unit so large that no cost counts: rehearsals test answers."""
        return 1.0

    def close(self) -> None:
        """Leave nothing."""
