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
    from collections.abc import Iterator, Mapping, Sequence

    from grader.checks.suite import LiveExercise
    from grader.course import Exercise
    from grader.doctor.bench import Bench
    from grader.doctor.equivalent import Equivalent

NAME = "mutants"
REQUIRED = 0.98
"""The share of all mutants of the course that must be killed, equivalent or not."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How the mutants of one exercise fared.

    Parameters
    ----------
    tried : int
        How many there were.
    survivors : mapping of Mutant to int or None
        Those that pass with the first seed, and the first one with which they do not.
    """

    tried: int
    survivors: Mapping[Mutant, int | None]


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
        *_noticed_by_chance(exercise, trial.survivors),
        *_undeclared(exercise, trial.survivors, declared),
        *_outdated(exercise, trial.survivors, declared),
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
    failing = {mutant: _failing_seed(bench, exercise, mutant) for mutant in survivors}
    first = bench.seeds[0]
    return Trial(tried, {m: seed for m, seed in failing.items() if seed != first})


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


def _failing_seed(bench: Bench, exercise: Exercise, mutant: Mutant) -> int | None:
    """Return the first seed with which the judge fails a mutant, if there is one."""
    source = mutant.source.encode("utf-8")
    for seed in bench.seeds:
        if bench.judge(exercise, source, seed).verdict is not Verdict.PASS:
            return seed
    return None


def _noticed_by_chance(
    exercise: Exercise, survivors: Mapping[Mutant, int | None]
) -> Iterator[tuple[str, str]]:
    for mutant, seed in survivors.items():
        if seed is not None:
            yield (
                f"solutions/{exercise.name}.py, {mutant.function}: noticed with some "
                f"seeds only, such as {seed}\n  - {mutant.line}\n  + {mutant.mutant}",
                "Add a call that always notices it.",
            )


def _undeclared(
    exercise: Exercise,
    survivors: Mapping[Mutant, int | None],
    declared: Sequence[Equivalent],
) -> Iterator[tuple[str, str]]:
    for mutant, seed in survivors.items():
        if seed is None and not any(entry.is_about(mutant) for entry in declared):
            yield (
                f"solutions/{exercise.name}.py, {mutant.function}: no check notices\n"
                f"  - {mutant.line}\n  + {mutant.mutant}",
                f"Add a call that does, or declare it in {equivalent.FILE}.",
            )


def _outdated(
    exercise: Exercise,
    survivors: Mapping[Mutant, int | None],
    declared: Sequence[Equivalent],
) -> Iterator[tuple[str, str]]:
    for entry in declared:
        if not any(entry.is_about(mutant) for mutant in survivors):
            yield (
                f"{equivalent.FILE}:{entry.place}: this mutant of {exercise.name} is "
                "killed, or is none",
                "Take the entry out.",
            )
