"""Prove that every misconception is caught, and told apart from all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.checks.diagnose import Evidence, diagnose

if TYPE_CHECKING:
    from grader.checks.suite import Case, LiveExercise


@dataclass(frozen=True, slots=True)
class Confusion:
    """A belief that the suite does not name as it should.

    Parameters
    ----------
    function : str
        What it is about.
    ids : tuple of str
        The belief, or the two beliefs.
    named : tuple of str
        What the diagnosis said instead; empty when it named nothing.
    caught : bool
        Whether any check failed.
    """

    function: str
    ids: tuple[str, ...]
    named: tuple[str, ...]
    caught: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What the suite makes of its misconceptions, for one seed.

    Parameters
    ----------
    singles, pairs : int
        How many beliefs, and how many pairs of them, were tried. A pair that answers
        every call as one belief alone or as the solution does is not a pair: no
        suite could tell.
    confusions : tuple of Confusion
        Those that were not named exactly.
    """

    singles: int
    pairs: int
    confusions: tuple[Confusion, ...]


def prove(suite: LiveExercise) -> Proof:
    """Diagnose every misconception of an exercise as if a student held it."""
    singles = pairs = 0
    confusions: list[Confusion] = []
    for function, cases in _cases(suite).items():
        for ids in suite.beliefs(function):
            for way in range(len(suite.predicted(ids, cases[0]))):
                evidence = [_evidence(suite, ids, way, case) for case in cases]
                caught = any(e.mismatch is not None for e in evidence)
                named = diagnose(suite, evidence).misconceptions
                if len(ids) == 1:
                    singles += 1
                elif not caught or len(named) == 1:
                    continue
                else:
                    pairs += 1
                if named != ids:
                    confusions.append(Confusion(function, ids, named, caught))
    return Proof(singles, pairs, tuple(confusions))


def _cases(suite: LiveExercise) -> dict[str, list[Case]]:
    by_function: dict[str, list[Case]] = {}
    for check in suite.checks:
        for case in suite.cases(check):
            by_function.setdefault(case.call.function, []).append(case)
    return by_function


def _evidence(
    suite: LiveExercise, ids: tuple[str, ...], way: int, case: Case
) -> Evidence:
    answer = suite.predicted(ids, case)[way]
    return Evidence(case, answer, suite.mismatch(case, answer))
