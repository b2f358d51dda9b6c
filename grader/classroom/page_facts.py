"""What a class's results say, counted once: frozen values for the page to show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import mean, median
from typing import TYPE_CHECKING

from grader.classroom.beliefs import Example, cut, results_of
from grader.classroom.page_concerns import DIED, Concern, concerns
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.classroom.handin import Student
    from grader.classroom.marks import Marks
    from grader.verdict import CheckResult, ExerciseResult, Visibility

SHOWN = 12
_FAILED = frozenset({Verdict.WRONG, Verdict.ERROR, *DIED})


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """One check, and how the class fared.

    Parameters
    ----------
    exercise : str
        The exercise's name.
    name, claim, visibility
        As in the report.
    counts : tuple of (Verdict, int)
        How many students met each verdict, PASS first.
    judged : int
        How many students have a verdict that says something of them.
    """

    exercise: str
    name: str
    claim: str
    visibility: Visibility
    counts: tuple[tuple[Verdict, int], ...]
    judged: int

    def count(self, verdict: Verdict) -> int:
        """Return how many students met a verdict."""
        return dict(self.counts).get(verdict, 0)

    @property
    def passed(self) -> float:
        """The share of students who passed, from 0 to 1."""
        return self.count(Verdict.PASS) / self.judged if self.judged else 0.0

    @property
    def tried(self) -> int:
        """How many had something to judge: neither unwritten nor waiting."""
        return self.judged - self.count(Verdict.TODO) - self.count(Verdict.SKIP)


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """One exercise: its checks, and its verdicts as a whole."""

    name: str
    title: str
    counts: tuple[tuple[Verdict, int], ...]
    checks: tuple[CheckFacts, ...]

    @property
    def passed(self) -> float:
        """The mean share of its checks that students passed, from 0 to 1."""
        return sum(c.passed for c in self.checks) / max(1, len(self.checks))


@dataclass(frozen=True, slots=True)
class HardCall:
    """A call of a public check that many students get wrong, with what most answer."""

    exercise: str
    students: int
    example: Example


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the grader itself failed: never the student's doing."""

    student: Student
    exercise: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows beside the beliefs.

    Parameters
    ----------
    students : int
        The size of the class.
    totals : tuple of float
        Totals where there is a number.
    most : float
        Points possible.
    full : int
        How many have them all.
    nothing : tuple of Student
        Who handed in no module at all, or nothing but skeletons.
    refused : tuple of (Student, str)
        Whose hand-in could not be taken, and why.
    failures : tuple of Failure
        Where the grader itself failed.
    exercises : tuple of ExerciseFacts
        In the order of the course.
    concerns : tuple of Concern
        Who needs help, the most urgent first.
    calls : tuple of HardCall
        The calls most often answered wrongly.
    isolation : tuple of (str, int)
        How student code was kept apart, and for how many.
    cpu : tuple of (Student, float)
        What judging cost, the slowest first.
    """

    students: int
    totals: tuple[float, ...]
    most: float
    full: int
    nothing: tuple[Student, ...]
    refused: tuple[tuple[Student, str], ...]
    failures: tuple[Failure, ...]
    exercises: tuple[ExerciseFacts, ...]
    concerns: tuple[Concern, ...]
    calls: tuple[HardCall, ...]
    isolation: tuple[tuple[str, int], ...]
    cpu: tuple[tuple[Student, float], ...]

    @property
    def mean(self) -> float | None:
        """The mean total; None where nobody has one."""
        return mean(self.totals) if self.totals else None

    @property
    def median(self) -> float | None:
        """The middle total; None where nobody has one."""
        return median(self.totals) if self.totals else None


def facts(found: Sequence[Marks]) -> Facts:
    """Count a class."""
    totals = tuple(each.total for each in found if each.total is not None)
    most = found[0].max_points if found else 0.0
    nothing = tuple(each.graded.student for each in found if each.nothing)
    reports = [e.graded.report for e in found if e.graded.report is not None]
    return Facts(
        students=len(found),
        totals=totals,
        most=most,
        full=sum(most > 0 and total >= most - 1e-9 for total in totals),
        nothing=nothing,
        refused=tuple(
            (each.graded.student, each.graded.problem or "no reason is known")
            for each in found
            if each.status == "refused"
        ),
        failures=tuple(_failures(found)),
        exercises=_exercises(found),
        concerns=concerns(found),
        calls=_calls(found),
        isolation=tuple(Counter(r.isolation for r in reports).most_common()),
        cpu=tuple(
            (each.graded.student, each.graded.cpu_seconds)
            for each in sorted(found, key=lambda each: -each.graded.cpu_seconds)
        ),
    )


def _failures(found: Sequence[Marks]) -> list[Failure]:
    failures: list[Failure] = []
    for each in found:
        for exercise in results_of(each.graded):
            for reason in _reasons(exercise):
                failure = Failure(each.graded.student, exercise.title, cut(reason))
                if failure not in failures[-1:]:
                    failures.append(failure)
    return failures


def _reasons(exercise: ExerciseResult) -> Iterator[str]:
    """Yield why the grader failed, a reason for each check."""
    if exercise.verdict is Verdict.INTERNAL:
        for check in exercise.checks:
            if check.verdict is Verdict.INTERNAL:
                yield check.finding.problem if check.finding else "no reason given"


def _exercises(found: Sequence[Marks]) -> tuple[ExerciseFacts, ...]:
    titles: dict[str, str] = {}
    verdicts: dict[str, Counter[Verdict]] = {}
    checks: dict[str, dict[str, CheckResult]] = {}
    counts: dict[tuple[str, str], Counter[Verdict]] = {}
    for exercise, students in _results(found):
        verdicts.setdefault(exercise.name, Counter())[exercise.verdict] += students
        for check in exercise.checks:
            titles[exercise.name] = exercise.title
            checks.setdefault(exercise.name, {}).setdefault(check.name, check)
            counter = counts.setdefault((exercise.name, check.name), Counter())
            counter[check.verdict] += students
    return tuple(
        ExerciseFacts(
            name=name,
            title=titles[name],
            counts=_ordered(verdicts[name]),
            checks=tuple(
                _check(name, check, counts[name, check.name])
                for check in checks[name].values()
            ),
        )
        for name in titles
    )


def _results(found: Sequence[Marks]) -> Iterable[tuple[ExerciseResult, int]]:
    """Return the results of all exercises, and how many students share each.

    What is shared is one object (`grader.classroom.reports`), and found as such: to
    compare results takes longer than to count their checks.
    """
    known: dict[int, tuple[ExerciseResult, int]] = {}
    for each in found:
        for exercise in results_of(each.graded):
            _, students = known.get(id(exercise), (exercise, 0))
            known[id(exercise)] = exercise, students + 1
    return known.values()


def _check(exercise: str, check: CheckResult, counter: Counter[Verdict]) -> CheckFacts:
    judged = sum(counter.values()) - counter[Verdict.INTERNAL]
    return CheckFacts(
        exercise=exercise,
        name=check.name,
        claim=check.claim,
        visibility=check.visibility,
        counts=_ordered(counter),
        judged=judged,
    )


def _ordered(counter: Counter[Verdict]) -> tuple[tuple[Verdict, int], ...]:
    return tuple((v, counter[v]) for v in Verdict if counter[v])


def _calls(found: Sequence[Marks]) -> tuple[HardCall, ...]:
    met: Counter[tuple[str, str]] = Counter()
    problems: dict[tuple[str, str], Counter[str]] = {}
    for each in found:
        wrong = {
            (exercise.title, check.finding.call): check.finding.problem
            for exercise in results_of(each.graded)
            if not exercise.verdicts.isdisjoint(_FAILED)
            for check in exercise.checks
            if check.visibility == "public"
            and check.verdict in _FAILED
            and check.finding is not None
            and check.finding.call
        }
        met.update(wrong.keys())
        for key, problem in wrong.items():
            problems.setdefault(key, Counter())[problem] += 1
    return tuple(
        HardCall(
            exercise=key[0],
            students=count,
            example=Example(cut(key[1]), cut(problems[key].most_common(1)[0][0])),
        )
        for key, count in met.most_common(SHOWN)
        if count > 1
    )
