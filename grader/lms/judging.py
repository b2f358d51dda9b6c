"""Judge one submission inside a learning system: sealed, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.checks.suite import LiveSuite
from grader.judge import Judge, fresh_seed
from grader.lms.handin import collect
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.course import Course
    from grader.judge import Suite
    from grader.verdict import Report


def judge(
    course: Course, folder: Path, names: Sequence[str], suite: Suite | None = None
) -> Report:
    """Return the report on what lies in a folder; no process of theirs is left.

    Parameters
    ----------
    course : Course
        The course.
    folder : Path
        What was handed in.
    names : sequence of str
        The exercises to judge; all where none is named.
    suite : Suite, optional
        Their checks; on inputs that nobody can foresee by default.

    Raises
    ------
    GraderError
        If the course, the folder or the machine does not allow it.
    """
    chosen = course.select(names)
    with Sandbox(course.limits, require="sealed") as sandbox:
        handed_in = collect(folder, chosen)
        checks = LiveSuite(course, fresh_seed()) if suite is None else suite
        return Judge(course, checks, sandbox).judge(handed_in, chosen)
