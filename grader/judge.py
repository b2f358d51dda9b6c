"""Judge a submission: ask every call, compare, name the cause, add up the points.

The judge never runs, compiles or imports student code. Everything withheld from a
student is left out here, so that no renderer can tell it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from grader.checks.diagnose import Diagnosis, Evidence, diagnose
from grader.contestant import Contestant, is_todo
from grader.errors import CourseError, WorkerError
from grader.examination import Examination
from grader.experience import Experience
from grader.findings import find, hint_of, unread
from grader.plan import Plan
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.checks.check import Budget, Check
    from grader.checks.suite import ExerciseSuite
    from grader.course import Course, Exercise
    from grader.diagnoses import Diagnose
    from grader.sandbox import Sandbox
    from grader.sandbox.request import Row
    from grader.submission import Submission
    from grader.verdict import Mode, Visibility


def fresh_seed() -> int:
    """Return a seed that nobody can foresee.

    `os.urandom` itself, since importing `secrets` costs a tenth of a cold start.
    """
    return int.from_bytes(os.urandom(4), "big")


class Suite(Protocol):
    """A course's suite, live or sealed."""

    mode: Mode
    seed: int

    def exercise(self, name: str) -> ExerciseSuite:
        """Return the suite of one exercise, for one submission."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A course's judge: reusable for any number of submissions.

    Parameters
    ----------
    course : Course
        The course.
    suite : Suite
        Its checks, with their inputs fixed by a seed.
    sandbox : Sandbox
        Where student code runs.
    """

    course: Course
    suite: Suite
    sandbox: Sandbox
    _experience: Experience = field(default_factory=Experience, init=False, repr=False)

    def judge(
        self, submission: Submission, exercises: Sequence[Exercise] | None = None
    ) -> Report:
        """Return the report on a submission.

        Parameters
        ----------
        submission : Submission
            The student's files.
        exercises : sequence of Exercise, optional
            Which exercises to report; all by default. What they need is judged too.

        Raises
        ------
        CourseError
            If the course itself is not sound.
        """
        chosen = self.course.exercises if exercises is None else tuple(exercises)
        wanted = {exercise.name for exercise in chosen}
        for exercise in reversed(self.course.exercises):
            if exercise.name in wanted:
                wanted.update(exercise.needs)
        judged = [each for each in self.course.exercises if each.name in wanted]
        results: dict[str, ExerciseResult] = {}
        # What the student's code may draw from must not tell the suite's seed.
        with Contestant(
            self.sandbox, submission, self.course.limits, fresh_seed()
        ) as contestant:
            # A sealed suite is another one for each submission.
            known = self._experience if self.suite.mode == "live" else None
            sitting = _Sitting(self.suite, submission, contestant, known)
            sitting.ask_public(judged)
            for exercise in judged:
                results[exercise.name] = sitting.conclude(exercise, results)
        return Report(
            course=self.course.title,
            mode=self.suite.mode,
            seed=self.suite.seed,
            isolation=str(self.sandbox.isolation),
            exercises=tuple(results[exercise.name] for exercise in chosen),
        )


class _Sitting:
    """One submission at the judge.

    Its exercises share a worker. What is asked first are the public checks of them
    all, of a worker that has seen no hidden input: their reports quote the submission,
    which could quote what it remembers.
    """

    def __init__(
        self,
        suite: Suite,
        submission: Submission,
        contestant: Contestant,
        experience: Experience | None,
    ) -> None:
        self._suite = suite
        self._experience = experience
        self._submission = submission
        self._contestant = contestant
        # Each is got once: a sealed one remembers what it has heard.
        self._suites: dict[str, ExerciseSuite] = {}
        self._examinations: dict[str, Examination] = {}
        self._units: dict[Budget, float] = {}
        self._broken: dict[str, Finding] = {}

    def ask_public(self, exercises: Sequence[Exercise]) -> None:
        """Ask the public checks of all these exercises."""
        for exercise in exercises:
            if self._submission.file(exercise.name) in self._submission.files:
                self._begin(exercise.name)
        self._measure()
        self._expect(exercises, "public")
        failed: set[str] = set()
        for exercise in exercises:
            if failed.isdisjoint(exercise.needs):
                self._ask(exercise.name, "public")
            examination = self._examinations.get(exercise.name)
            if examination is None or examination.failed:
                failed.add(exercise.name)
        self._expect(exercises, "hidden")

    def _expect(self, exercises: Sequence[Exercise], visibility: Visibility) -> None:
        """Let the contestant know what it will be asked."""
        coming: list[tuple[str, Row] | None] = []
        for exercise in exercises:
            name = exercise.name
            if exercise.needs:
                coming.append(None)
            if name in self._examinations:
                for row in self._examinations[name].coming(visibility):
                    coming.append(None if row is None else (name, row))
        self._contestant.expect(coming)

    def conclude(
        self, exercise: Exercise, done: Mapping[str, ExerciseResult]
    ) -> ExerciseResult:
        """Ask the hidden checks of an exercise, and return its result.

        Parameters
        ----------
        exercise : Exercise
            The exercise.
        done : mapping of str to ExerciseResult
            The results of those before it, by name.
        """
        name, submission = exercise.name, self._submission
        suite, file = self._exercise(name), submission.file(name)
        failed = [n for n in exercise.needs if done[n].verdict is not Verdict.PASS]
        if failed:
            finding = Finding(f"waits for the exercise {failed[0]}")
            checks = _all(tuple(suite.checks), Verdict.SKIP, finding)
        elif file not in submission.files:
            checks = _all(tuple(suite.checks), *unread(file, submission))
        else:
            checks = self._checks(name, suite)
        self._examinations.pop(name, None)
        self._contestant.forget(name)
        source = submission.taken_from.get(name, "")
        return ExerciseResult(name, exercise.title, checks, source)

    def _checks(self, name: str, suite: ExerciseSuite) -> tuple[CheckResult, ...]:
        self._ask(name, "hidden")
        with self._ours(name):
            if name in self._examinations:
                examination = self._examinations[name]

                known = self._experience
                diagnosing = diagnose if known is None else known.diagnoses.of

                def conclude() -> tuple[CheckResult, ...]:
                    return _conclude(suite, examination.evidence(), diagnosing)

                if known is None:
                    return conclude()
                return known.results(examination.found, conclude)
        return _all(tuple(suite.checks), Verdict.INTERNAL, self._broken[name])

    def _begin(self, name: str) -> None:
        with self._ours(name):
            suite, known = self._exercise(name), self._experience
            plan = Plan.of(suite) if known is None else known.plan(suite)
            self._examinations[name] = Examination(suite, plan, self._contestant, known)

    def _exercise(self, name: str) -> ExerciseSuite:
        if name not in self._suites:
            self._suites[name] = self._suite.exercise(name)
        return self._suites[name]

    def _measure(self) -> None:
        """Measure what budgets are counted in, before their code is loaded."""
        for name, examination in list(self._examinations.items()):
            with self._ours(name):
                for budget in examination.budgets - self._units.keys():
                    self._units[budget] = self._unit(budget)

    def _unit(self, budget: Budget) -> float:
        measure = self._contestant.measure
        if self._experience is None:
            return measure(budget)
        return self._experience.unit(budget, measure)

    def _ask(self, name: str, visibility: Visibility) -> None:
        with self._ours(name):
            if name in self._examinations:
                self._examinations[name].ask(visibility, self._units)

    def _ours(self, name: str) -> _Ours:
        return _Ours(name, self._broke)

    def _broke(self, name: str, error: Exception) -> None:
        problem = f"the grader failed: {type(error).__name__}: {error}"
        if isinstance(error, WorkerError):
            problem = f"{error}"
        self._broken[name] = Finding(problem)
        self._examinations.pop(name, None)


class _Ours:
    """Takes what fails in here as our failure with an exercise: never their zero."""

    __slots__ = ("_broke", "_name")

    def __init__(self, name: str, broke: Callable[[str, Exception], None]) -> None:
        self._name, self._broke = name, broke

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> bool:
        if not isinstance(error, Exception) or isinstance(error, CourseError):
            return False
        self._broke(self._name, error)
        return True


def _diagnose_all(
    suite: ExerciseSuite, evidence: Mapping[str, list[Evidence]], diagnosing: Diagnose
) -> dict[str, Diagnosis]:
    by_function: dict[str, list[Evidence]] = {}
    for found in evidence.values():
        for item in found:
            by_function.setdefault(item.case.call.function, []).append(item)
    return {name: diagnosing(suite, found) for name, found in by_function.items()}


def _conclude(
    suite: ExerciseSuite, evidence: Mapping[str, list[Evidence]], diagnosing: Diagnose
) -> tuple[CheckResult, ...]:
    diagnoses = _diagnose_all(suite, evidence, diagnosing)
    results: dict[str, CheckResult] = {}
    for check in suite.checks:
        failed = [e for e in evidence[check.name] if e.mismatch is not None]
        waits = [n for n in check.after if results[n].verdict is not Verdict.PASS]
        result = _result(check, Verdict.PASS, None)
        if check.visibility == "hidden":
            failed.reverse()  # sealed, the last of several calls may tell for all
        shown = min(failed, key=lambda e: e.case.call.size, default=None)
        if waits and not (shown is not None and is_todo(shown.reply)):
            claim = results[waits[0]].claim
            result = _result(check, Verdict.SKIP, Finding(f"waits for: {claim}"))
        elif shown is not None:
            verdict, finding = find(suite, check, shown)
            diagnosis = Diagnosis()
            if verdict is Verdict.WRONG or verdict is Verdict.ERROR:
                diagnosis = diagnoses[shown.case.call.function]
            finding = replace(finding, hint=hint_of(diagnosis) or finding.hint)
            result = _result(check, verdict, finding, diagnosis.misconceptions)
        results[check.name] = result
    return tuple(results.values())


@lru_cache(maxsize=256)  # in a class, many have not begun the same exercises
def _all(
    checks: tuple[Check, ...], verdict: Verdict, finding: Finding
) -> tuple[CheckResult, ...]:
    return tuple(_result(check, verdict, finding) for check in checks)


def _result(
    check: Check,
    verdict: Verdict,
    finding: Finding | None,
    misconceptions: tuple[str, ...] = (),
) -> CheckResult:
    score: float | None = check.points if verdict is Verdict.PASS else 0.0
    if verdict is Verdict.INTERNAL:
        score = None
    return CheckResult(
        name=check.name,
        claim=check.claim,
        visibility=check.visibility,
        verdict=verdict,
        score=score,
        max_score=check.points,
        misconceptions=misconceptions,
        finding=finding,
    )
