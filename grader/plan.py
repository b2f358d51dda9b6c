"""What is asked of an exercise, in rows: the same of every submission."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from grader.sandbox.request import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.checks.case import Case
    from grader.checks.check import Budget
    from grader.checks.suite import ExerciseSuite
    from grader.verdict import Visibility

_MOST = 1 << 17
"""How many numbers the calls of a row may hold: a worker is given them all at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Calls that are made together, or one after the other where they are timed.

    Parameters
    ----------
    cases : tuple of Case
        The calls, in the order of the checks.
    row : Row, optional
        The same, of calls that nobody times.
    """

    cases: tuple[Case, ...]
    row: Row | None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What an exercise asks.

    Parameters
    ----------
    public, hidden : tuple of Part
        The calls of its checks.
    after : mapping of str to sequence of str
        By check, those that it waits for.
    budgets : frozenset of Budget
        What the calls may cost.
    """

    public: tuple[Part, ...]
    hidden: tuple[Part, ...]
    after: Mapping[str, Sequence[str]]
    budgets: frozenset[Budget]

    def parts(self, visibility: Visibility) -> tuple[Part, ...]:
        """Return the calls of the public or of the hidden checks."""
        return self.public if visibility == "public" else self.hidden

    @classmethod
    def of(cls, suite: ExerciseSuite) -> Plan:
        """Return the plan of an exercise.

        Raises
        ------
        CourseError
            If the suite is not sound.
        """
        asked: dict[Visibility, list[Case]] = {"public": [], "hidden": []}
        for check in suite.checks:
            asked[check.visibility] += suite.cases(check)
        every = [case.call for cases in asked.values() for case in cases]
        return cls(
            public=tuple(_parts(asked["public"])),
            hidden=tuple(_parts(asked["hidden"])),
            after={check.name: check.after for check in suite.checks},
            budgets=frozenset(c.budget for c in every if c.budget is not None),
        )


def _parts(cases: Iterable[Case]) -> Iterable[Part]:
    for timed, group in groupby(cases, lambda case: case.call.budget is not None):
        if timed:
            yield Part(tuple(group), None)
            continue
        together: list[Case] = []
        size = 0
        for case in group:
            size += case.call.size
            if together and size > _MOST:
                yield _in_a_row(together)
                together, size = [], case.call.size
            together.append(case)
        yield _in_a_row(together)


def _in_a_row(cases: Iterable[Case]) -> Part:
    cases = tuple(cases)
    return Part(cases, Row(case.call.request for case in cases))
