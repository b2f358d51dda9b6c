"""Name the belief behind wrong answers, or describe the error; never guess.

A belief is named when it explains every answer the student gave for a function; two
are named when only both together do. Where several explain as much, the evidence does
not tell which one is held, and none is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from grader.reply import Crashed, Missing, Raised, Returned, TimedOut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.compare import Mismatch
    from grader.checks.suite import Case, ExerciseSuite
    from grader.reply import Reply


@dataclass(frozen=True, slots=True)
class Evidence:
    """One call of a function, the answer, and how it differs from the right one."""

    case: Case
    reply: Reply
    mismatch: Mismatch | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the evidence says about the cause.

    Parameters
    ----------
    misconceptions : tuple of str
        The beliefs that explain every answer: none, one or two.
    anatomy : str
        Where no belief does: what the errors have in common; may be empty.
    """

    misconceptions: tuple[str, ...] = ()
    anatomy: str = ""


def diagnose(suite: ExerciseSuite, evidence: Sequence[Evidence]) -> Diagnosis:
    """Return what all answers given for one function say together.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise.
    evidence : sequence of Evidence
        Every answer given for one function, right ones included.
    """
    if all(e.mismatch is None for e in evidence):
        return Diagnosis()
    if any(isinstance(e.reply, (TimedOut, Crashed)) for e in evidence):
        return Diagnosis()  # an answer that never came fits every belief, and none
    ids = explanation(suite, evidence)
    if ids or any(e.mismatch is not None and e.mismatch.together for e in evidence):
        return Diagnosis(ids)  # an anatomy must know which of the calls are wrong
    from grader.checks.anatomy import describe  # noqa: PLC0415  (dear; seldom needed)

    return Diagnosis(anatomy=describe(suite, evidence))


def explanation(suite: ExerciseSuite, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the one belief, or else the one pair, that explains every answer.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise; only its beliefs are asked.
    evidence : sequence of Evidence
        Every answer given for one function, of which one is wrong.
    """
    # Most beliefs are dismissed by one failing call, and cheaply: by one that they have
    # been asked before, for others in a class, or else by a small one.
    telling = sorted(
        evidence,
        key=lambda e: (e.mismatch is None, -suite.asked(e.case), e.case.call.size),
    )
    answers = [
        (e.case, e.reply)
        for e in telling
        if isinstance(e.reply, (Returned, Raised, Missing))
    ]
    # One belief alone is enough: pairs are asked only where none is.
    for _, alike in groupby(suite.beliefs(evidence[0].case.call.function), key=len):
        possible: Sequence[tuple[str, ...]] = list(alike)
        # In a class, what was computed for others dismisses nearly every belief.
        for case, answer in answers:
            possible = suite.possible(possible, case, answer)
        for case, answer in answers:
            possible = [ids for ids in possible if suite.explains(ids, case, answer)]
        if possible:
            return possible[0] if len(possible) == 1 else ()
    return ()
