"""Fill in a gradebook that the instructor exported: only what is known, only there.

Every other cell stays as it was. A student without a number keeps the grade that
stands there. Where the column is out of another number of points, its share is
written, and the notes say so.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.classroom.gradebook_moodle import PARTICIPANT, comment
from grader.classroom.marks import show
from grader.errors import GraderError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.classroom.marks import Marks
    from grader.course import Course

_MOST_BYTES = 32 << 20
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Filled:
    """A gradebook with the grades in it.

    Parameters
    ----------
    system : {"canvas", "moodle"}
        Whose it is.
    content : bytes
        The file.
    notes : tuple of str
        What the instructor should know, a line each.
    """

    system: str
    content: bytes
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    path: Path
    rows: list[list[str]]
    separator: str
    mark: bool

    def place(self, name: str) -> int | None:
        header = [title.strip().casefold() for title in self.rows[0]]
        return header.index(name.casefold()) if name.casefold() in header else None

    def write(self) -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=self.separator, lineterminator="\r\n")
        writer.writerows(self.rows)
        return ((_BOM if self.mark else "") + stream.getvalue()).encode()


def fill(course: Course, found: Sequence[Marks], path: Path) -> Filled:
    """Fill in an exported gradebook of Canvas, or a grading worksheet of Moodle.

    Parameters
    ----------
    course : Course
        Its title, or an exercise's name or title, names the column in Canvas.
    found : sequence of Marks
        The class.
    path : Path
        The file that was exported.

    Raises
    ------
    GraderError
        If it cannot be read, is neither of the two, or has no such column.
    """
    sheet = _read(path)
    if sheet.place("Student") == 0 and sheet.place("ID") is not None:
        return _canvas(course, found, sheet)
    if sheet.place("LastName") == 0 and sheet.place("ID") is not None:
        return _canvas(course, found, sheet)
    if sheet.place("Identifier") is not None and sheet.place("Grade") is not None:
        return _moodle(found, sheet)
    raise GraderError(
        f"{path}: is neither a gradebook of Canvas (columns Student, ID, …) nor a "
        "grading worksheet of Moodle (columns Identifier, Grade, …). Export it again, "
        "in English, and leave its columns as they are."
    )


def _read(path: Path) -> _Sheet:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise GraderError(f"{path}: is too large for a gradebook.")
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise GraderError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise GraderError(
            f"{path}: is not UTF-8 (byte {error.start}). Use the file as it was "
            "exported, not as a spreadsheet saved it."
        ) from None
    mark = text.startswith(_BOM)
    text = text.removeprefix(_BOM)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise GraderError(f"{path}: is not a CSV file: {error}") from None
    rows = [row for row in rows if row]
    if not rows:
        raise GraderError(f"{path}: is empty. Export the gradebook again.")
    wide = len(rows[0])
    short = [row + [""] * (wide - len(row)) for row in rows]
    return _Sheet(path, short, separator, mark)


def _canvas(course: Course, found: Sequence[Marks], sheet: _Sheet) -> Filled:
    columns = _columns(course, found, sheet)
    people = _Finder(found)
    ids = [
        place
        for place in map(sheet.place, ("ID", "SIS Login ID", "SIS User ID"))
        if place is not None
    ]
    possible: dict[int, float] = {}
    notes, missing = [], 0
    for row in sheet.rows[1:]:
        if "Points Possible" in row[0]:
            possible = {place: _number(row[place]) for place in columns}
            notes += _scaled(columns, possible, found, sheet)
            continue
        if not any(row[place].strip() for place in ids):
            continue  # the row that says which columns are hidden
        each = people.find([row[place].strip() for place in ids])
        missing += each is None
        for place, exercise in columns.items():
            points = _points(each, exercise) if each is not None else None
            if points is not None and each is not None:
                most = _most(each, exercise)
                row[place] = show(points * _scale(possible.get(place, 0.0), most))
    return Filled("canvas", sheet.write(), (*notes, *_told(people, missing, sheet)))


def _moodle(found: Sequence[Marks], sheet: _Sheet) -> Filled:
    identifier, grade = sheet.place("Identifier"), sheet.place("Grade")
    email, most = sheet.place("Email address"), sheet.place("Maximum Grade")
    said = sheet.place("Feedback comments")
    people = _Finder(found)
    notes: list[str] = []
    missing = 0
    for row in sheet.rows[1:]:
        number = row[identifier or 0].strip().removeprefix(PARTICIPANT)
        address = row[email].strip() if email is not None else ""
        each = people.find([f"{PARTICIPANT}{number}", address])
        missing += each is None
        if each is None or each.total is None:
            continue
        bound = _number(row[most]) if most is not None else 0.0
        if not notes and bound and bound != each.max_points:
            notes.append(
                f"{sheet.path.name}: counts out of {show(bound)}, the course out of "
                f"{show(each.max_points)}: its share was written"
            )
        row[grade or 0] = show(each.total * _scale(bound, each.max_points))
        if said is not None:
            row[said] = comment(each)
    return Filled("moodle", sheet.write(), (*notes, *_told(people, missing, sheet)))


class _Finder:
    """Finds a student by what a gradebook calls them, and knows who was not met."""

    def __init__(self, found: Sequence[Marks]) -> None:
        self._known: dict[str, Marks | None] = {}
        self.left = {each.graded.student.id for each in found}
        for each in found:
            student = each.graded.student
            names = {student.canvas_id, student.id, student.email.casefold()}
            if student.moodle_id:
                names.add(f"{PARTICIPANT}{student.moodle_id}")
            for name in names - {""}:
                # A name that stands for two stands for nobody.
                self._known[name] = None if name in self._known else each

    def find(self, names: Sequence[str]) -> Marks | None:
        for name in names:
            each = self._known.get(name) or self._known.get(name.casefold())
            if each is not None:
                self.left.discard(each.graded.student.id)
                return each
        return None


def _columns(
    course: Course, found: Sequence[Marks], sheet: _Sheet
) -> dict[int, str | None]:
    """Return the columns to fill: of an exercise, or None for the total."""
    wanted: dict[str, str | None] = {course.title.casefold(): None}
    judged = {mark.exercise for each in found for mark in each.marks}
    for exercise in course.exercises:
        if exercise.name in judged or not judged:
            wanted[exercise.title.casefold()] = exercise.name
            wanted[exercise.name.casefold()] = exercise.name
    columns = {}
    titles = []
    for place, title in enumerate(sheet.rows[0]):
        plain = re.sub(r"\s*\(\d+\)\s*$", "", title).strip()
        if title != plain:
            titles.append(plain)
        if plain.casefold() in wanted:
            columns[place] = wanted[plain.casefold()]
    if not columns:
        near = did_you_mean(course.title, titles)
        raise GraderError(
            f"{sheet.path}: no column is named {course.title!r} or like an exercise"
            f"{near or '.'} Rename the assignment in Canvas, export again."
        )
    return columns


def _points(each: Marks, exercise: str | None) -> float | None:
    if exercise is None:
        return each.total
    return next((m.points for m in each.marks if m.exercise == exercise), None)


def _most(each: Marks, exercise: str | None) -> float:
    if exercise is None:
        return each.max_points
    return sum(m.max_points for m in each.marks if m.exercise == exercise)


def _scale(wanted: float, most: float) -> float:
    return wanted / most if wanted > 0 and most > 0 else 1.0


def _scaled(
    columns: dict[int, str | None],
    possible: dict[int, float],
    found: Sequence[Marks],
    sheet: _Sheet,
) -> list[str]:
    notes = []
    for place, exercise in columns.items():
        most = _most(found[0], exercise) if found else 0.0
        if possible[place] > 0 and most and possible[place] != most:
            notes.append(
                f"{sheet.rows[0][place]}: counts out of {show(possible[place])}, the "
                f"course out of {show(most)}: its share was written"
            )
    return notes


def _number(text: str) -> float:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return 0.0
    return value if 0 < value < float("inf") else 0.0


def _told(people: _Finder, missing: int, sheet: _Sheet) -> list[str]:
    notes = []
    if missing:
        rows = "1 row is" if missing == 1 else f"{missing} rows are"
        notes.append(
            f"{sheet.path.name}: {rows} of nobody who handed in, and left as before"
        )
    if people.left:
        names = ", ".join(sorted(people.left)[:5])
        more = f" and {len(people.left) - 5} more" if len(people.left) > 5 else ""
        notes.append(f"{sheet.path.name}: has no row for {names}{more}")
    return notes
