"""What every autograder carries: the course with its suite, and the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader import wheel
from grader.checks.suite import LiveSuite
from grader.course import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course, Exercise

FOLDER = "course"
SCRIPT = 0o700
PRIVATE = 0o600


def course_files(course: Course, exercises: Sequence[Exercise]) -> dict[str, bytes]:
    """Return the course's files, for an autograder that judges live.

    Parameters
    ----------
    course : Course
        The course.
    exercises : sequence of Exercise
        What is to be judged; the whole course travels, since exercises may need others.

    Raises
    ------
    CourseError
        If one of them cannot be judged.
    """
    suite = LiveSuite(course, 0)
    for exercise in exercises:
        suite.exercise(exercise.name)
    files = {f"{FOLDER}/{FILE_NAME}": (course.root / FILE_NAME).read_bytes()}
    for exercise in course.exercises:
        for folder in (course.solutions, course.suite):
            file = folder / f"{exercise.name}.py"
            place = file.relative_to(course.root).as_posix()
            files[f"{FOLDER}/{place}"] = file.read_bytes()
    return files


def engine() -> dict[str, bytes]:
    """Return the wheel by its name."""
    name, content = wheel.build(whole=True)
    return {name: content}


def closed(files: dict[str, bytes], scripts: Sequence[str] = ()) -> dict[str, int]:
    """Return modes that let only the owner in: for files, their folders, scripts.

    Parameters
    ----------
    files : dict of str to bytes
        What the archive holds; the folders are added to it.
    scripts : sequence of str
        What must be executable.
    """
    for name in list(files):
        parts = name.split("/")[:-1]
        for depth in range(len(parts)):
            files["/".join(parts[: depth + 1]) + "/"] = b""
    return {
        name: SCRIPT if name.endswith("/") or name in scripts else PRIVATE
        for name in files
    }
