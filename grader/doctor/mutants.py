"""Prove that the checks notice every slip in a solution: its mutants are killed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.contestant import Contestant
from grader.doctor import equivalent
from grader.doctor.bench import hurried
from grader.doctor.mutate import Mutant, mutants
from grader.doctor.result import Result, report, said
from grader.errors import CourseError
from grader.reply import Crashed, TimedOut
from grader.submission import Submission
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.checks.suite import LiveExercise
    from grader.course import Exercise
    from grader.doctor.bench import Bench
    from grader.doctor.equivalent import Equivalent

NAME = "mutants"
REQUIRED = 0.98
"""The share of all mutants of the course that must be killed, equivalent or not."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How the mutants of one exercise fared."""

    tried: int
    survivors: tuple[Mutant, ...]


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Judge every mutant of one solution."""
    try:
        declared = [
            e for e in equivalent.read(bench.course) if e.exercise == exercise.name
        ]
    except CourseError as error:
        return report(NAME, exercise.name, "", [said(error, bench.course.root)])
    trial = try_all(bench, exercise)
    problems = [
        *_undeclared(exercise, trial.survivors, declared),
        *_outdated(bench, exercise, trial.survivors, declared),
    ]
    killed = trial.tried - len(trial.survivors)
    facts = f"{killed} of {trial.tried} killed, {len(trial.survivors)} equivalent"
    notes = tuple(
        f"{mutant}  ({why})"
        for mutant in trial.survivors
        for why in [e.why for e in declared if e.is_about(mutant)][:1]
    )
    return report(
        NAME,
        exercise.name,
        facts,
        problems,
        notes=notes,
        tried=trial.tried,
        held=killed,
    )


def examine_course(bench: Bench, results: Sequence[Result]) -> Result:
    """Prove that enough mutants are killed over all exercises."""
    tried = sum(result.tried for result in results if result.proof == NAME)
    killed = sum(result.held for result in results if result.proof == NAME)
    problems = []
    share = killed / tried if tried else 1.0
    if share < REQUIRED:
        problems.append(
            (
                f"{killed} of {tried} mutants are killed ({share:.1%})",
                f"At least {REQUIRED:.0%}: add calls, or write the solutions so that "
                "less in them is without effect.",
            )
        )
    try:
        names = {exercise.name for exercise in bench.course.exercises}
        problems += [
            (
                f"{equivalent.FILE}: there is no exercise {entry.exercise!r}",
                "Take the entry out.",
            )
            for entry in equivalent.read(bench.course)
            if entry.exercise not in names
        ]
    except CourseError as error:
        problems.append(said(error, bench.course.root))
    facts = f"{killed} of {tried} killed ({share:.1%})"
    return report(NAME, "", facts, problems, tried=tried, held=killed)


def try_all(bench: Bench, exercise: Exercise) -> Trial:
    """Judge all mutants of an exercise, each until its first wrong answer."""
    file = bench.course.solutions / f"{exercise.name}.py"
    suite = bench.suite(exercise, bench.seeds[0])
    survivors = []
    tried = 0
    for mutant in mutants(file.read_text(encoding="utf-8")):
        tried += 1
        bench.tell(f"{exercise.name}: mutant {tried}")
        if not _is_killed(bench, suite, mutant):
            survivors.append(mutant)
    # What is asked only of right answers, such as their cost, takes the whole judge.
    return Trial(
        tried,
        tuple(m for m in survivors if _passes(bench, exercise, m)),
    )


def _is_killed(bench: Bench, suite: LiveExercise, mutant: Mutant) -> bool:
    name = f"{suite.name}.py"
    submission = Submission(Path(name), {name: mutant.source.encode("utf-8")})
    cases = [case for check in suite.checks for case in suite.cases(check)]
    # The calls of its own function first: most are killed by one of them.
    cases.sort(key=lambda case: case.call.function != mutant.function)
    limits = hurried(bench.course.limits)
    with Contestant(bench.sandbox, submission, limits, seed=0) as contestant:
        for case in cases:
            reply = contestant.call(suite.name, case.call)
            if isinstance(reply, (TimedOut, Crashed)):
                return True
            if suite.mismatch(case, reply) is not None:
                return True
    return False


def _passes(bench: Bench, exercise: Exercise, mutant: Mutant) -> bool:
    source = mutant.source.encode("utf-8")
    return bench.judge(exercise, source, bench.seeds[0]).verdict is Verdict.PASS


def _undeclared(
    exercise: Exercise, survivors: Sequence[Mutant], declared: Sequence[Equivalent]
) -> Iterator[tuple[str, str]]:
    for mutant in survivors:
        if not any(entry.is_about(mutant) for entry in declared):
            yield (
                f"solutions/{exercise.name}.py, {mutant.function}: no check notices\n"
                f"  - {mutant.line}\n  + {mutant.mutant}",
                f"Add a call that does, or declare it in {equivalent.FILE}.",
            )


def _outdated(
    bench: Bench,
    exercise: Exercise,
    survivors: Sequence[Mutant],
    declared: Sequence[Equivalent],
) -> Iterator[tuple[str, str]]:
    for entry in declared:
        if not any(entry.is_about(mutant) for mutant in survivors):
            yield (
                f"{equivalent.FILE}:{entry.place}: this mutant of {exercise.name} is "
                "killed, or is none",
                "Take the entry out.",
            )
