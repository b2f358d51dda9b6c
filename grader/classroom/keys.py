"""What a result depends on, as digests: the key under which it is stored."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import grader
from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course import Course, Exercise
    from grader.submission import Submission

# What is left of the grader decides nothing about a verdict.
_NO_JUDGES = {"classroom", "cli", "doctor", "lms", "quiz", "report"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what a class is judged.

    Parameters
    ----------
    suite : str
        Digest of the checks, the solutions and what ``course.yml`` says of them.
    engine : str
        Digest of the grader and of numpy's version.
    seed : int
        Fixes every input.
    """

    suite: str
    engine: str
    seed: int

    def key(self, submission: Submission) -> str:
        """Return the key of a submission's result: who handed it in has no part."""
        files = [
            [name, hashlib.sha256(content).hexdigest()]
            for name, content in sorted(submission.files.items())
        ]
        problems = sorted(submission.problems.items())
        taken = sorted(submission.taken_from.items())
        return _digest([self.suite, self.engine, self.seed, files, problems, taken])


def conditions(course: Course, exercises: Sequence[Exercise], seed: int) -> Conditions:
    """Return the conditions of judging these exercises.

    Raises
    ------
    CourseError
        If a file of the suite cannot be read.
    """
    wanted = {e.name for e in exercises}
    wanted.update(name for e in exercises for name in e.needs)
    facts: list[Any] = [
        course.title,
        asdict(course.limits),
        [e.name for e in exercises],
    ]
    for exercise in course.exercises:
        if exercise.name in wanted:
            facts.append([exercise.title, exercise.points, list(exercise.needs)])
            for folder in (course.solutions, course.suite):
                facts.append(_read(folder / f"{exercise.name}.py"))
    return Conditions(_digest(facts), engine(), seed)


def engine() -> str:
    """Return a digest of what judges: the grader's code, and numpy's version."""
    package = Path(grader.__file__).parent
    parts = [[str(path), _read(package / path)] for path in _judging(package)]
    return _digest([np.__version__, parts])


def _judging(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        if inside.parts[0] not in _NO_JUDGES:
            yield inside


def _read(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise CourseError(
            "is missing", file=path, remedy="A class is judged where the solutions are."
        ) from None
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", file=path) from None


def _digest(facts: object) -> str:
    text = json.dumps(facts, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=20).hexdigest()
