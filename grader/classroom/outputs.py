"""Everything that comes out of a class, through one entry point: `write`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.classroom import gradebook as gradebooks
from grader.classroom.marks import exercises_of, marks
from grader.errors import GraderError
from grader.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.classroom.handin import Graded
    from grader.course import Course


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Parameters
    ----------
    files : tuple of Path
        The files and folders, the one to open first at the start.
    notes : tuple of str
        What the instructor should know, a line each: what could not be made, and why.
    """

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def write(
    course: Course,
    graded: Sequence[Graded],
    out: Path,
    *,
    files: Mapping[str, Mapping[str, bytes]] | None = None,
    gradebook: Path | None = None,
) -> Written:
    """Write the grades, gradebooks, feedback and the page of a class.

    Each file appears whole or not at all; what was written before is replaced.

    Parameters
    ----------
    course : Course
        The course, with its rules.
    graded : sequence of Graded
        The results, one a student.
    out : Path
        The folder to write into; it is made where it is missing.
    files : mapping of str to mapping of str to bytes, optional
        What each student (by id) handed in, to compare; no comparison without it.
    gradebook : Path, optional
        The gradebook that the instructor exported, to fill in.

    Raises
    ------
    GraderError
        If a file cannot be written, or `gradebook` cannot be read.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraderError(
            f"{out}: cannot be made: {error.strerror}. Name another place with --out."
        ) from None
    found = marks(course, graded)
    names = exercises_of(course, graded)
    write_whole(out / "grades.csv", gradebooks.grades(found, names))
    return Written((out / "grades.csv",))
