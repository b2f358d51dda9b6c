"""Hints to an exercise, one more each time they are asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.errors import GraderError
from grader.files import write_whole

if TYPE_CHECKING:
    from grader.course import Course, Exercise

FILE = ".hints.json"
"""In the course's folder: how many hints to each exercise have been shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The hints to show now.

    Parameters
    ----------
    hints : tuple of str
        Those shown before, and one more while there is one.
    total : int
        How many there are.
    remembered : bool
        Whether the next call will know of this one.
    """

    hints: tuple[str, ...]
    total: int
    remembered: bool


def show(course: Course, exercise: Exercise) -> Shown:
    """Return the hints of an exercise that have been shown, and the next one.

    Parameters
    ----------
    course : Course
        The course; its folder remembers what was shown, where it can be written.
    exercise : Exercise
        The exercise.

    Raises
    ------
    GraderError
        If the exercise has no hints.
    """
    total = len(exercise.hints)
    if not total:
        raise GraderError(f"there are no hints to {exercise.name}")
    counts = _counts(course)
    number = min(counts.get(exercise.name, 0) + 1, total)
    content = json.dumps({**counts, exercise.name: number}, indent=2)
    try:
        write_whole(course.root / FILE, f"{content}\n".encode())
    except GraderError:  # a folder that cannot be written: all there is, at once
        return Shown(exercise.hints, total, remembered=False)
    return Shown(exercise.hints[:number], total, remembered=True)


def _counts(course: Course) -> dict[str, int]:
    """Return how many were shown; whatever else the file holds is not missed."""
    try:
        found = json.loads((course.root / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    known = {e.name for e in course.exercises}
    return {
        name: max(0, count)
        for name, count in found.items()
        if name in known and type(count) is int
    }
