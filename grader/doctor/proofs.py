"""All proofs, in their order; run them.

To add a proof, write a module with a function from a `Bench` and an exercise to a
`Result`, or from a `Bench` and the results so far for the course as a whole, and
list it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.doctor import (
    beliefs,
    files,
    mutants,
    quizzes,
    sealing,
    skeletons,
    solutions,
    submissions,
)
from grader.doctor.result import Result, report, said
from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from grader.course import Exercise
    from grader.doctor.bench import Bench

    OfExercise = Callable[[Bench, Exercise], Result]
    OfCourse = Callable[[Bench, Sequence[Result]], Result]


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof about each exercise.

    Parameters
    ----------
    name : str
        What it is called.
    examine : callable
        From the bench and an exercise to the result.
    after : str
        The proof without which this one makes no sense; empty for none.
    """

    name: str
    examine: OfExercise
    after: str = ""


OF_EXERCISES: tuple[Proof, ...] = (
    Proof(files.NAME, files.examine),
    Proof(solutions.NAME, solutions.examine, after=files.NAME),
    Proof(skeletons.NAME, skeletons.examine, after=solutions.NAME),
    Proof(beliefs.NAME, beliefs.examine, after=solutions.NAME),
    Proof(submissions.NAME, submissions.examine, after=solutions.NAME),
    Proof(mutants.NAME, mutants.examine, after=solutions.NAME),
    Proof(sealing.NAME, sealing.examine, after=solutions.NAME),
)
OF_COURSE: dict[str, OfCourse] = {
    files.NAME: lambda bench, results: files.examine_course(bench),
    beliefs.NAME: lambda bench, results: beliefs.examine_course(results),
    submissions.NAME: lambda bench, results: submissions.examine_course(bench),
    mutants.NAME: mutants.examine_course,
    quizzes.NAME: lambda bench, results: quizzes.examine_course(bench),
}


def of_exercise(
    bench: Bench, exercise: Exercise, *, without: Collection[str] = ()
) -> Iterator[Result]:
    """Yield the results of all proofs about one exercise.

    Parameters
    ----------
    bench : Bench
        The course on the bench.
    exercise : Exercise
        Which to prove.
    without : collection of str
        Proofs to leave out.
    """
    blocked: set[str] = set()
    for proof in OF_EXERCISES:
        if proof.name in without:
            continue
        if proof.after in blocked:
            blocked.add(proof.name)
            yield Result(proof.name, exercise.name, "", waits_for=proof.after)
            continue
        bench.tell(f"{exercise.name}: {proof.name}")
        result = _result(proof, bench, exercise)
        if result.blocks:
            blocked.add(proof.name)
        yield result


def of_course(
    bench: Bench, results: Sequence[Result], *, without: Collection[str] = ()
) -> Iterator[Result]:
    """Yield the results of all proofs about the course as a whole.

    Parameters
    ----------
    bench : Bench
        The course on the bench.
    results : sequence of Result
        Those about its exercises.
    without : collection of str
        Proofs to leave out.
    """
    for name, examine in OF_COURSE.items():
        if name not in without:
            bench.tell(f"the course: {name}")
            yield examine(bench, results)


def _result(proof: Proof, bench: Bench, exercise: Exercise) -> Result:
    try:
        return proof.examine(bench, exercise)
    except CourseError as error:
        problem = said(error, bench.course.root)
        return report(proof.name, exercise.name, "", [problem], blocks=True)
