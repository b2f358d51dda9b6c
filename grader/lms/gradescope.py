"""``autograder.zip`` for Gradescope: the judge, the suite, and what starts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.archive import archive
from grader.lms.course_files import closed, course_files, engine
from grader.lms.script import script
from grader.report.gradescope import not_graded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course

GRACE_SECONDS = 120
"""What starting, and computing the right answers, may take beside the submission."""


def export(course: Course, names: Sequence[str] = ()) -> bytes:
    """Return the zip: the same bytes for the same course, exercises and engine.

    Parameters
    ----------
    course : Course
        The course.
    names : sequence of str
        The exercises of this assignment; all where none is named.

    Raises
    ------
    CourseError
        If there is no such exercise, or one cannot be judged.
    """
    exercises = course.select(names)
    chosen = " ".join(e.name for e in exercises) if names else ""
    seconds = str(round(course.limits.submission_seconds) + GRACE_SECONDS)
    scripts = {
        "setup.sh": script("gradescope_setup.sh", names=chosen, seconds=seconds),
        "run_autograder": script("gradescope_run.sh", names=chosen, seconds=seconds),
    }
    files = {
        **scripts,
        "not_graded.json": not_graded().encode(),
        **engine(),
        **course_files(course, exercises),
    }
    modes = closed(files, tuple(scripts))
    return archive(files, modes=modes)
