"""The students' zip: course, skeletons, the engine as a wheel, the sealed suite.

The same course and seed give the same bytes: names are sorted, times are fixed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

import yaml

from grader import skeleton, wheel, yamlfile
from grader.archive import archive
from grader.checks import sealfile
from grader.checks.seal import seal
from grader.checks.sealed import FOLDER, course_digest
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.course import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from grader.course import Course

KEY = "students"
"""Stands for the course's key, from which the seeds of its quizzes start."""

README = """\
# {title}

With Python 3.10 or newer, in this folder:

    python3 -m pip install {wheel}
    grade

Write the functions in `assignments/`: each docstring says what is wanted. `grade`
says what is right, what is wrong and what to do next; `grade {first}` looks at
one exercise. It works without a network, and sends nothing anywhere.
"""


@dataclass(frozen=True, slots=True)
class Release:
    """What students get.

    Parameters
    ----------
    content : bytes
        The zip.
    notes : tuple of str
        What its author should know.
    """

    content: bytes
    notes: tuple[str, ...]


def release(
    course: Course, *, seed: int, tell: Callable[[str], None] = lambda text: None
) -> Release:
    """Return the students' zip.

    Parameters
    ----------
    course : Course
        The course, with its solutions and its hidden suite.
    seed : int
        Fixes every input; another seed gives other hidden inputs.
    tell : callable, optional
        Told what is being done, for people who wait.

    Raises
    ------
    CourseError
        If the course is not sound, or a hidden answer cannot be sealed.
    """
    assignments = {
        f"assignments/{file.name}": text.encode()
        for file, text in skeleton.skeletons(course).items()
    }
    engine, content = wheel.build()
    sealed, notes = _sealed(course, seed, tell)
    readme = README.format(
        title=course.title, wheel=engine, first=course.exercises[0].name
    )
    files = {
        "README.md": readme.encode(),
        FILE_NAME: students_edition(course),
        engine: content,
        **sealed,
        **assignments,
    }
    return Release(archive(files), notes)


def students_edition(course: Course) -> bytes:
    """Return ``course.yml`` without the quizzes and the key of their seeds."""
    top: dict[str, Any] = yamlfile.read(course.root / FILE_NAME).plain()
    top.pop("quizzes", None)
    top["key"] = KEY
    text = yaml.safe_dump(top, sort_keys=False, allow_unicode=True, width=88)
    return f"# The syllabus: exercises in order, their points, limits.\n{text}".encode()


def _sealed(
    course: Course, seed: int, tell: Callable[[str], None]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the sealed suite, and which misconceptions are not named by it."""
    suite = LiveSuite(course, seed)
    name = _name(course, seed)
    files, notes = {}, []
    for exercise in course.exercises:
        tell(f"sealing {exercise.name}")
        made = seal(
            suite.exercise(exercise.name),
            load_module(course.solutions / f"{exercise.name}.py"),
            seed=seed,
            course=course_digest(course),
            release=name,
        )
        files[f"{FOLDER}/{exercise.name}{sealfile.SUFFIX}"] = made.content
        notes += [
            f"{exercise.name}: students are not always told of {' and '.join(ids)}: "
            "the digest would give right answers away. More hidden calls would help"
            for ids in made.unnamed
        ]
    return files, tuple(notes)


def _name(course: Course, seed: int) -> str:
    """Return a name that no other release has: of course, suite, engine and seed."""
    parts: Mapping[str, str] = {
        f"{folder.name}/{e.name}": hashlib.sha256(
            (folder / f"{e.name}.py").read_bytes()
        ).hexdigest()
        for folder in (course.solutions, course.suite)
        for e in course.exercises
    }
    facts = [seed, course_digest(course), metadata.version(wheel.NAME), parts]
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest()
