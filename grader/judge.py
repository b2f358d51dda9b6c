"""Judge a submission: ask every call, compare, name the cause, add up the points.

The judge never runs, compiles or imports student code. Everything withheld from a
student is left out here, so that no renderer can tell it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from grader.checks.compare import Mismatch
from grader.checks.diagnose import Diagnosis, Evidence, diagnose
from grader.contestant import Contestant, is_todo
from grader.errors import CourseError, WorkerError
from grader.findings import find, hint_of, unread
from grader.manners import changed_inputs, measure_units, too_slow
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.check import Budget, Check
    from grader.checks.suite import Case, ExerciseSuite
    from grader.course import Course, Exercise
    from grader.reply import Reply
    from grader.sandbox import Sandbox
    from grader.submission import Submission
    from grader.verdict import Mode


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
        """Return the suite of one exercise."""


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
        results: dict[str, ExerciseResult] = {}
        # What the student's code may draw from must not tell the suite's seed.
        with Contestant(
            self.sandbox, submission, self.course.limits, fresh_seed()
        ) as contestant:
            for exercise in self.course.exercises:
                if exercise.name in wanted:
                    results[exercise.name] = self._exercise(
                        exercise, submission, contestant, results
                    )
        return Report(
            course=self.course.title,
            mode=self.suite.mode,
            seed=self.suite.seed,
            isolation=str(self.sandbox.isolation),
            exercises=tuple(results[exercise.name] for exercise in chosen),
        )

    def _exercise(
        self,
        exercise: Exercise,
        submission: Submission,
        contestant: Contestant,
        done: Mapping[str, ExerciseResult],
    ) -> ExerciseResult:
        suite = self.suite.exercise(exercise.name)
        failed = [n for n in exercise.needs if done[n].verdict is not Verdict.PASS]
        file = submission.file(exercise.name)
        if failed:
            finding = Finding(f"waits for the exercise {failed[0]}")
            checks = _all(suite.checks, Verdict.SKIP, finding)
        elif file not in submission.files:
            verdict, finding = unread(file, submission)
            checks = _all(suite.checks, verdict, finding)
        else:
            checks = self._judge_checks(suite, contestant)
        source = submission.taken_from.get(exercise.name, "")
        return ExerciseResult(exercise.name, exercise.title, checks, source)

    def _judge_checks(
        self, suite: ExerciseSuite, contestant: Contestant
    ) -> tuple[CheckResult, ...]:
        try:
            cases = {check.name: suite.cases(check) for check in suite.checks}
            evidence = _ask_all(suite, contestant, cases)
            diagnoses = _diagnose_all(suite, evidence)
            return _conclude_all(suite, evidence, diagnoses)
        except CourseError:
            raise
        except WorkerError as error:
            return _all(suite.checks, Verdict.INTERNAL, Finding(f"{error}"))
        except Exception as error:  # noqa: BLE001  (ours: INTERNAL, never their zero)
            problem = f"the grader failed: {type(error).__name__}: {error}"
            return _all(suite.checks, Verdict.INTERNAL, Finding(problem))


def _ask_all(
    suite: ExerciseSuite,
    contestant: Contestant,
    cases: Mapping[str, tuple[Case, ...]],
) -> dict[str, list[Evidence]]:
    """Ask every call: also those that a failed check would spare, for the diagnosis.

    What is asked first are the public checks, of a worker that has seen no hidden
    input: their reports quote the submission, which could quote what it remembers.
    """
    contestant.begin()
    units = measure_units(contestant, (c for group in cases.values() for c in group))
    evidence: dict[str, list[Evidence]] = {check.name: [] for check in suite.checks}
    unwritten: dict[str, Reply] = {}
    failed: set[str] = set()
    for check in sorted(suite.checks, key=lambda check: check.visibility == "hidden"):
        found = evidence[check.name]
        waits = not failed.isdisjoint(check.after)
        for number, case in enumerate(cases[check.name], 1):
            if waits and case.call.budget is not None:
                continue  # costly, and nothing to learn from a wrong function
            function = case.call.function
            reply = unwritten.get(function)
            if reply is None:
                ahead = (later.call for later in cases[check.name][number:])
                reply = contestant.call(suite.name, case.call, ahead)
            if is_todo(reply) or isinstance(reply, Missing):
                unwritten[function] = reply
            mismatch = _mismatch(suite, case, reply, contestant, units)
            found.append(Evidence(case, reply, mismatch))
        if waits or any(e.mismatch is not None for e in found):
            failed.add(check.name)
    return {name: [_late(suite, e) for e in found] for name, found in evidence.items()}


def _late(suite: ExerciseSuite, evidence: Evidence) -> Evidence:
    """Return the evidence with what only the answers to all calls tell."""
    if evidence.mismatch is not None:
        return evidence
    found = suite.late(evidence.case)
    return evidence if found is None else replace(evidence, mismatch=found)


def _mismatch(
    suite: ExerciseSuite,
    case: Case,
    reply: Reply,
    contestant: Contestant,
    units: Mapping[Budget, float],
) -> Mismatch | None:
    match reply:
        case Crashed(reason=reason):
            return Mismatch("died", reason, "the process died")
        case TimedOut(seconds=seconds, what=what):
            problem = {
                "import": f"importing the module took more than {seconds:g} s",
                "call": f"no answer after {seconds:g} s",
                "submission": f"the submission used up its {seconds:g} s",
            }[what]
            return Mismatch("died", problem, problem)
        case Returned() | Raised() | Missing():
            found = suite.mismatch(case, reply)
            if found is not None or not isinstance(reply, Returned):
                return found
            call = case.call
            changed = changed_inputs(call, reply)
            if changed is not None or call.budget is None:
                return changed
            first = (reply.cpu_seconds, units[call.budget])
            return too_slow(contestant, suite.name, call, call.budget, first)


def _diagnose_all(
    suite: ExerciseSuite, evidence: Mapping[str, list[Evidence]]
) -> dict[str, Diagnosis]:
    by_function: dict[str, list[Evidence]] = {}
    for found in evidence.values():
        for item in found:
            by_function.setdefault(item.case.call.function, []).append(item)
    return {name: diagnose(suite, found) for name, found in by_function.items()}


def _conclude_all(
    suite: ExerciseSuite,
    evidence: Mapping[str, list[Evidence]],
    diagnoses: Mapping[str, Diagnosis],
) -> tuple[CheckResult, ...]:
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


def _all(
    checks: Sequence[Check], verdict: Verdict, finding: Finding
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
