"""What the judge says: frozen values that travel from the judge to the renderers.

Nothing here holds a hidden input or an expected value of a hidden check: what must
be withheld from a student is left out before a report is built, in `grader.judge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Literal

# At run time too: who stores a report looks its fields' types up.
from grader.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

Visibility = Literal["public", "hidden"]
Mode = Literal["live", "sealed"]


class Verdict(Enum):
    """The answer to one check, or to an exercise as a whole."""

    PASS = "PASS"
    WRONG = "WRONG"  # a value, with evidence
    ERROR = "ERROR"  # the student's exception
    TODO = "TODO"  # NotImplementedError: not written yet
    TIMEOUT = "TIMEOUT"
    CRASH = "CRASH"  # the process died, or ran out of memory
    SKIP = "SKIP"  # needs a check or an exercise that failed
    INTERNAL = "INTERNAL"  # ours: never scored as zero


@dataclass(frozen=True, slots=True)
class StudentText:
    """Text that the submission produced: escaped and cut, shown as theirs.

    Parameters
    ----------
    text : str
        The exception's type and message.
    place : str
        Their file and line, such as ``stride.py:41, in conv2d``; may be empty.
    source : str
        Their line of code; may be empty.
    """

    text: str
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a check was not passed, from the smallest failing call.

    Parameters
    ----------
    problem : str
        One line: where, expected, got, how many entries differ.
    call : str
        The call that shows it; empty for a hidden check.
    student : StudentText, optional
        What the submission itself said; None for a hidden check.
    working : tuple of str
        The first wrong cell worked out, line by line.
    hint : str
        What the evidence says about the cause; empty without evidence.
    picture : Picture, optional
        Expected and got, as grids; only of a public check, and of arrays.
    """

    problem: str
    call: str = ""
    student: StudentText | None = None
    working: tuple[str, ...] = ()
    hint: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on one check.

    Parameters
    ----------
    name : str
        The check's name, unique in its exercise.
    claim : str
        The line a student reads: what a right answer does.
    visibility : {"public", "hidden"}
        Whether inputs and values may be shown.
    verdict : Verdict
        What came out.
    score : float or None
        Points earned; None when the grader itself failed (INTERNAL).
    max_score : float
        Points possible.
    misconceptions : tuple of str
        The beliefs that explain every answer given; two when only both do.
    finding : Finding, optional
        Why it was not passed.
    """

    name: str
    claim: str
    visibility: Visibility
    verdict: Verdict
    score: float | None
    max_score: float
    misconceptions: tuple[str, ...] = ()
    finding: Finding | None = None

    @property
    def message(self) -> str:
        """The finding as plain lines, for machines and gradebooks."""
        if self.finding is None:
            return ""
        finding = self.finding
        lines = [finding.call, finding.problem]
        if finding.student is not None:
            said = finding.student
            lines.append(" ".join(p for p in (said.place, said.source) if p))
        lines += [*finding.working, finding.hint]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True)  # no slots, so that what is asked often is reckoned once
class ExerciseResult:
    """The verdicts on one exercise, in the order of its checks.

    Parameters
    ----------
    name, title : str
        The exercise's.
    checks : tuple of CheckResult
        In their order.
    source : str
        What it was taken from, where that is not its own module.
    """

    name: str
    title: str
    checks: tuple[CheckResult, ...]
    source: str = ""

    @cached_property
    def score(self) -> float | None:
        """Points earned; None when a check has none (INTERNAL)."""
        return _total(check.score for check in self.checks)

    @cached_property
    def max_score(self) -> float:
        """Points possible."""
        return sum(check.max_score for check in self.checks)

    @cached_property
    def verdicts(self) -> frozenset[Verdict]:
        """The verdicts met."""
        return frozenset(check.verdict for check in self.checks)

    @cached_property
    def verdict(self) -> Verdict:
        """PASS when all pass; otherwise the gravest verdict met."""
        return next(
            (verdict for verdict in GRAVEST_FIRST if verdict in self.verdicts),
            Verdict.PASS,
        )

    @cached_property
    def misconceptions(self) -> frozenset[str]:
        """The beliefs that explain answers to some check."""
        return frozenset(m for check in self.checks for m in check.misconceptions)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of judging one submission.

    Parameters
    ----------
    course : str
        The course's title.
    mode : {"live", "sealed"}
        Whether answers were computed afresh or compared with digests.
    seed : int
        The seed of the inputs: the same seed gives the same calls.
    isolation : str
        How the student's code was kept apart, as the probe saw it.
    exercises : tuple of ExerciseResult
        In the order of the course.
    """

    course: str
    mode: Mode
    seed: int
    isolation: str
    exercises: tuple[ExerciseResult, ...]

    @property
    def score(self) -> float | None:
        """Points earned; None when an exercise has none (INTERNAL)."""
        return _total(exercise.score for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        """Points possible."""
        return sum(exercise.max_score for exercise in self.exercises)

    @property
    def exit_code(self) -> int:
        """0 all earned, 1 not all earned, 3 the grader itself failed somewhere."""
        verdicts = {exercise.verdict for exercise in self.exercises}
        if Verdict.INTERNAL in verdicts:
            return 3
        return 0 if verdicts <= {Verdict.PASS} else 1


GRAVEST_FIRST = (
    Verdict.INTERNAL,
    Verdict.CRASH,
    Verdict.TIMEOUT,
    Verdict.ERROR,
    Verdict.WRONG,
    Verdict.TODO,
    Verdict.SKIP,
    Verdict.PASS,
)


def _total(scores: Iterable[float | None]) -> float | None:
    known = []
    for score in scores:
        if score is None:
            return None
        known.append(score)
    return sum(known)
