"""What every proof works with: the course, a sandbox, the seeds."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from grader.checks.suite import LiveExercise
    from grader.course import Course, Exercise
    from grader.limits import Limits
    from grader.verdict import ExerciseResult

IMPATIENCE = 5
"""How many times sooner than the course the doctor gives up on a call."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The course on the bench.

    Parameters
    ----------
    course : Course
        The course.
    sandbox : Sandbox
        Where solutions, submissions and mutants run.
    seeds : tuple of int
        What the inputs are drawn from; at least one.
    tell : callable
        Told what is being done, for people who wait.
    """

    course: Course
    sandbox: Sandbox
    seeds: tuple[int, ...]
    tell: Callable[[str], None]

    def suite(self, exercise: Exercise, seed: int) -> LiveExercise:
        """Return the suite of an exercise for one seed."""
        return LiveSuite(self.course, seed).exercise(exercise.name)

    def judge(
        self,
        exercise: Exercise,
        source: bytes,
        seed: int,
        *,
        limits: Limits | None = None,
    ) -> ExerciseResult:
        """Judge a module as the answer to an exercise, with nothing beside it.

        What the exercise needs is taken as given.
        """
        alone = replace(exercise, needs=())
        course = replace(
            self.course,
            exercises=(alone,),
            limits=limits or hurried(self.course.limits),
        )
        name = f"{exercise.name}.py"
        judge = Judge(course, LiveSuite(course, seed), self.sandbox)
        return judge.judge(Submission(Path(name), {name: source})).exercises[0]

    def judge_fairly(
        self,
        exercise: Exercise,
        source: bytes,
        seed: int,
        expected: Container[Verdict | None],
        *,
        limits: Limits | None = None,
    ) -> ExerciseResult:
        """Judge a module; one that runs out of time against all expectation, twice.

        The second time it has all the time that the course gives: on a busy machine
        the first try says little.
        """
        result = self.judge(exercise, source, seed, limits=limits)
        if result.verdict is not Verdict.TIMEOUT or Verdict.TIMEOUT in expected:
            return result
        return self.judge(exercise, source, seed, limits=self.course.limits)


def hurried(limits: Limits) -> Limits:
    """Return limits that cost less where a mutant or a submission never ends."""
    return replace(
        limits,
        import_seconds=limits.import_seconds / IMPATIENCE,
        call_seconds=limits.call_seconds / IMPATIENCE,
        submission_seconds=limits.submission_seconds / IMPATIENCE,
    )


@contextmanager
def ready(
    course: Course, *, seeds: int, tell: Callable[[str], None] = lambda text: None
) -> Iterator[Bench]:
    """Provide a bench with a sandbox, for the first so many seeds.

    Parameters
    ----------
    course : Course
        The course.
    seeds : int
        How many.
    tell : callable, optional
        Told what is being done.
    """
    with Sandbox(course.limits) as sandbox:
        yield Bench(course, sandbox, tuple(range(seeds)), tell)
