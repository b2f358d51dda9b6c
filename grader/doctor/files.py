"""Prove that every exercise has its files, that they fit together, and nothing else.

That exercises need only what stands above them is proved by reading ``course.yml``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.catalogue import CATALOGUE
from grader.doctor.result import Result, report, said
from grader.errors import CourseError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.checks.check import Check
    from grader.checks.suite import LiveExercise
    from grader.course import Course, Exercise
    from grader.doctor.bench import Bench

NAME = "files"
LONGEST_CLAIM = 70
"""A claim stands in one line of the report, beside verdict and points."""
BESIDE_THE_SUITE = ("conftest.py", "equivalent_mutants.yml")

Problem = tuple[str, str]


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Prove the files of one exercise, and that its suite and solution fit."""
    course = bench.course
    missing = list(_missing(course, exercise))
    if missing:
        return report(NAME, exercise.name, "", missing, blocks=True)
    try:
        suite = bench.suite(exercise, bench.seeds[0])
        drawn = [case for check in suite.checks for case in suite.cases(check)]
    except CourseError as error:
        return report(NAME, exercise.name, "", [said(error, course.root)], blocks=True)
    called = [case.call.function for case in drawn]
    problems = [
        *_unwritten(course, exercise),
        *_claims(exercise, suite.checks),
        *_points(exercise, suite.checks),
        *_functions(course, exercise, called),
        *_beliefs(exercise, suite, called),
        *_submissions(course, exercise),
    ]
    facts = (
        f"{len(suite.checks)} checks, {len(drawn)} calls, {exercise.points:g} points, "
        f"{len(handed_in(course, exercise.name))} submissions"
    )
    return report(NAME, exercise.name, facts, problems)


def examine_course(bench: Bench) -> Result:
    """Prove that no file lies about that belongs to no exercise."""
    course = bench.course
    names = [exercise.name for exercise in course.exercises]
    problems = []
    for folder in (course.assignments, course.solutions, course.suite):
        beside = BESIDE_THE_SUITE if folder == course.suite else ()
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith((".", "__pycache__")) or path.name in beside:
                continue
            if path.is_file() and path.suffix == ".py" and path.stem in names:
                continue
            near = did_you_mean(path.stem, names)
            problems.append(
                (
                    f"{path.relative_to(course.root)} belongs to no exercise{near}",
                    "List the exercise in course.yml, or move the file away.",
                )
            )
    for path in _folders(submissions(course)):
        if path.name not in (*names, "hostile"):
            near = did_you_mean(path.name, names)
            problems.append(
                (
                    f"{path.relative_to(course.root)} is no exercise{near}",
                    "Rename the folder.",
                )
            )
    return report(NAME, "", f"{len(names)} exercises, no stray file", problems)


def submissions(course: Course) -> Path:
    """Return the folder of submissions whose verdict is known."""
    return course.root / "tests" / "submissions"


def handed_in(course: Course, exercise: str) -> list[Path]:
    """Return the submissions to an exercise, ``<exercise>/<verdict>/<name>.py``."""
    return sorted((submissions(course) / exercise).glob("*/*.py"))


def functions(course: Course, exercise: Exercise) -> list[str]:
    """Return the functions that a student writes, in the order of the solution."""
    source = (course.solutions / f"{exercise.name}.py").read_bytes()
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.is_dir() and p.name != "__pycache__")


def _missing(course: Course, exercise: Exercise) -> Iterator[Problem]:
    file = f"{exercise.name}.py"
    for folder, remedy in (
        (course.solutions, "Write the solution: it is what all else is made from."),
        (course.suite, "Write the checks."),
        (course.assignments, "Run `course skeletons`."),
    ):
        if not (folder / file).is_file():
            where = (folder / file).relative_to(course.root)
            yield f"{where} is missing", remedy


def _unwritten(course: Course, exercise: Exercise) -> Iterator[Problem]:
    file = f"{exercise.name}.py"
    for path in (course.solutions / file, course.suite / file):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if b"TODO" in line:
                where = path.relative_to(course.root)
                said = line.decode("utf-8", "replace").strip(' "#')
                yield f"{where}:{number}: {said}", "Write it."


def _claims(exercise: Exercise, checks: Sequence[Check]) -> Iterator[Problem]:
    where = f"tests/hidden/{exercise.name}.py"
    seen: dict[str, str] = {}
    for check in checks:
        claim = check.claim
        if claim in seen:
            yield (
                f"{where}: {check.name} claims the same as {seen[claim]}",
                "Say what sets the check apart.",
            )
        seen[claim] = check.name
        if len(claim) > LONGEST_CLAIM:
            yield (
                f"{where}: the claim of {check.name} has {len(claim)} characters",
                f"Say it in {LONGEST_CLAIM}.",
            )
        if not claim.endswith("."):
            yield (
                f"{where}: the claim of {check.name} is no sentence: {claim!r}",
                "End it with a period.",
            )


def _points(exercise: Exercise, checks: Sequence[Check]) -> Iterator[Problem]:
    total = sum(check.points for check in checks)
    if abs(total - exercise.points) > 1e-9:
        yield (
            f"the checks are worth {total:g} points, course.yml says "
            f"{exercise.points:g}",
            "Make them agree.",
        )


def _functions(
    course: Course, exercise: Exercise, called: Sequence[str]
) -> Iterator[Problem]:
    where = f"tests/hidden/{exercise.name}.py"
    written = functions(course, exercise)
    for function in dict.fromkeys(called):
        if function not in written:
            yield (
                f"{where} calls {function}, which the solution does not define"
                f"{did_you_mean(function, written)}",
                "Call what the student is asked to write.",
            )
    for function in written:
        if function not in called:
            yield (
                f"no check calls {function}",
                f"Write one into {where}, or begin the helper's name with _.",
            )


def _beliefs(
    exercise: Exercise, suite: LiveExercise, called: Sequence[str]
) -> Iterator[Problem]:
    where = f"tests/hidden/{exercise.name}.py"
    ids: set[str] = set()
    for function in dict.fromkeys(called):
        held = {id_ for two in suite.beliefs(function) for id_ in two}
        if not held:
            yield (
                f"{where}: no misconception about {function}",
                "Write the wrong implementations that students write.",
            )
        ids |= held
    for id_ in sorted(ids - set(CATALOGUE)):
        yield (
            f"{where}: unknown misconception {id_!r}{did_you_mean(id_, CATALOGUE)}",
            "Use an id of grader/catalogue, or add it there.",
        )


def _submissions(course: Course, exercise: Exercise) -> Iterator[Problem]:
    if not handed_in(course, exercise.name):
        yield (
            f"tests/submissions/{exercise.name}/ has no submission",
            "Write at least pass/<name>.py and wrong/<name>.py.",
        )
