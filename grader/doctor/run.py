"""Run all proofs, several exercises at a time."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from grader import course as courses
from grader.doctor import proofs
from grader.doctor.bench import ready

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from grader.course import Course, Exercise
    from grader.doctor.result import Result


def run(
    course: Course,
    exercises: Sequence[Exercise],
    *,
    seeds: int,
    without: Collection[str] = (),
    tell: Callable[[str], None] = lambda text: None,
    lanes: int | None = None,
) -> Iterator[Result]:
    """Yield the results of all proofs, those of the course as a whole last.

    Parameters
    ----------
    course : Course
        The course.
    exercises : sequence of Exercise
        Which to prove. The course as a whole is proved only with all of them.
    seeds : int
        For how many seeds.
    without : collection of str
        Proofs to leave out.
    tell : callable, optional
        Told what is being done, for people who wait.
    lanes : int, optional
        How many exercises at a time; by default as many as there are processors.
    """
    lanes = min(lanes or os.cpu_count() or 1, len(exercises))
    results: list[Result] = []
    with ready(course, seeds=seeds, tell=tell) as bench:
        if lanes == 1:
            for exercise in exercises:
                for result in proofs.of_exercise(bench, exercise, without=without):
                    results.append(result)
                    yield result
        else:
            for found in _in_lanes(course, exercises, lanes, seeds, without, tell):
                results += found
                yield from found
        if len(exercises) == len(course.exercises):
            yield from proofs.of_course(bench, results, without=without)


def _in_lanes(
    course: Course,
    exercises: Sequence[Exercise],
    lanes: int,
    seeds: int,
    without: Collection[str],
    tell: Callable[[str], None],
) -> Iterator[list[Result]]:
    """Yield the results of each exercise in their order, proved in processes."""
    # Not forked: the bench's sandbox may have threads and open channels.
    context = multiprocessing.get_context("spawn")
    file = course.root / courses.FILE_NAME
    with ProcessPoolExecutor(lanes, mp_context=context) as pool:
        found = [
            pool.submit(_prove, file, exercise.name, seeds, tuple(without))
            for exercise in exercises
        ]
        try:
            for exercise, future in zip(exercises, found, strict=True):
                tell(f"{exercise.name}, and {lanes - 1} beside it")
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _prove(file: Path, name: str, seeds: int, without: tuple[str, ...]) -> list[Result]:
    course = courses.load(file)
    with ready(course, seeds=seeds) as bench:
        exercise = course.exercise(name)
        return list(proofs.of_exercise(bench, exercise, without=without))
