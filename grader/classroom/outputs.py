"""Everything that comes out of a class, through one entry point: `write`."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from grader.classroom import (
    feedback,
    feedback_zips,
    gradebook_canvas,
    gradebook_fill,
    gradebook_moodle,
)
from grader.classroom import gradebook as gradebooks
from grader.classroom.feedback import put
from grader.classroom.marks import exercises_of, marks
from grader.errors import GraderError
from grader.files import make_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.classroom.handin import Graded
    from grader.classroom.marks import Marks
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


class Early:
    """Does what can be done of `write` while judging goes on; `write` finds it done.

    What several processes judge, each of them can write down: one of these in each of
    them puts it, and the one that `write` is given takes it as done.

    Parameters
    ----------
    course : Course
        The course, with its rules.
    out : Path
        The folder that `write` will write into.
    students : sequence of str
        The ids of the whole class.

    Attributes
    ----------
    feedback : Feedback
        What has been written of it.
    """

    def __init__(self, course: Course, out: Path, students: Sequence[str]) -> None:
        self.out, self.students = out, tuple(students)
        self._course = course
        self.feedback = feedback.Feedback(out, students)
        # The libraries of the page take long to load: by and by, once all are at work.
        # Whoever lacks them is told later.
        self._loading = Thread(target=_load_page, daemon=True)

    def heed(self, graded: Graded) -> None:
        """Write the feedback of a student, and get ready for the page.

        Raises
        ------
        GraderError
            If a file cannot be written.
        """
        self._load()
        self.put(graded)

    def put(self, graded: Graded) -> bytes:
        """Write the feedback of a student; return what is to be taken elsewhere.

        Raises
        ------
        GraderError
            If a file cannot be written.
        """
        (found,) = marks(self._course, [graded])
        return self.feedback.put(found)

    def take(self, student: str, put: bytes) -> None:
        """Take the feedback of a student as put by another process."""
        self._load()
        self.feedback.take(student, put)

    def _load(self) -> None:
        if self._loading.ident is None:
            self._loading.start()


def _load_page() -> None:
    from grader.classroom import page  # noqa: PLC0415

    with contextlib.suppress(GraderError):
        page.need()


def write(
    course: Course,
    graded: Sequence[Graded],
    out: Path,
    *,
    files: Mapping[str, Mapping[str, bytes]] | None = None,
    gradebook: Path | None = None,
    early: Early | None = None,
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
    early : Early, optional
        What this process has done of it before.

    Returns
    -------
    Written
        The page of the class first, where it could be made. What needs a package
        that is missing is left out, and a note says which.

    Raises
    ------
    GraderError
        If a file cannot be written, or `gradebook` cannot be read.
    """
    make_folder(out)
    found = marks(course, graded)
    # First what must not be missing, whatever happens to the rest.
    grades = out / "grades.csv"
    write_whole(grades, gradebooks.grades(found, exercises_of(course, graded)))
    begun = early.feedback if early is not None else None
    links, cleaned = feedback.write(found, out, begun)
    made, page_notes = _page(course, found, out, links, files)
    # Last what may fail for a reason of its own: the instructor's file.
    written, notes = _gradebooks(course, found, out, gradebook)
    zips = [out / name for name in feedback_zips.PLACES if (out / name).exists()]
    return Written(
        (*made, grades, *written, out / "feedback", *zips),
        (*page_notes, *cleaned, *notes),
    )


def _gradebooks(
    course: Course, found: Sequence[Marks], out: Path, exported: Path | None
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    contents = {
        "canvas.csv": gradebook_canvas.canvas(found, course.title),
        "moodle-worksheet.csv": gradebook_moodle.worksheet(found),
        "moodle-gradebook.csv": gradebook_moodle.gradebook(found),
    }
    notes: tuple[str, ...] = ()
    if exported is not None:
        filled = gradebook_fill.fill(course, found, exported)
        name = {"canvas": "canvas.csv", "moodle": "moodle-worksheet.csv"}[filled.system]
        if (out / name).resolve() == exported.resolve():
            raise GraderError(
                f"{exported}: would be overwritten. Name another folder with --out."
            )
        contents[name], notes = filled.content, filled.notes
    written = [out / name for name, text in contents.items() if put(out / name, text)]
    return tuple(written), notes


def _page(
    course: Course,
    found: Sequence[Marks],
    out: Path,
    links: Mapping[str, str],
    files: Mapping[str, Mapping[str, bytes]] | None,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    # Only here are the large packages needed, which not everybody has.
    from grader.classroom import page, similar  # noqa: PLC0415

    notes: list[str] = []
    alike = None
    try:
        alike = similar.similar(course, files) if files is not None else None
    except GraderError as error:
        notes.append(f"{error}")
    path = out / "class.html"
    try:
        page.need()
    except GraderError as error:
        # An old page beside new grades would tell of another class.
        put(path, b"")
        return (), (*notes, f"{error}")
    text = page.render(course, found, links=links, similar=alike, notes=notes)
    write_whole(path, text.encode("utf-8", "replace"))
    return (path,), tuple(notes)
