"""CSVs that Moodle imports: an assignment's grading worksheet, and the gradebook.

The worksheet finds a participant by number, and is imported in the assignment. The
other file finds a student by email address, and is imported in the gradebook, where
Moodle asks which column is which.

References
----------
Moodle, ``mod/assign/feedback/offline/importgradeslib.php`` and ``locallib.php``: the
columns ``Identifier``, ``Grade`` and ``Last modified (grade)`` must be there; a row
without a grade, or above the maximum, is skipped; comments are taken as HTML.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from grader.classroom.gradebook import cell, is_formula, table
from grader.classroom.marks import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.classroom.marks import Marks

PARTICIPANT = "Participant "
HEADER = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)


def worksheet(found: Sequence[Marks]) -> bytes:
    """Return a grading worksheet; no bytes where Moodle knows nobody.

    Who has no number gets no grade: Moodle leaves such a row alone.
    """
    known = [each for each in found if each.graded.student.moodle_id]
    if not known:
        return b""
    rows: list[Sequence[str]] = [HEADER]
    for each in sorted(known, key=lambda each: each.graded.student):
        student, moment = each.graded.student, each.graded.submitted_at
        rows.append(
            (
                f"{PARTICIPANT}{student.moodle_id}",
                cell(student.name),
                cell(student.email),
                "",
                show(each.total),
                f"{each.max_points:.2f}",
                "Yes",
                moment.isoformat() if moment is not None else "-",
                "-",
                comment(each),
            )
        )
    return table(rows)


def gradebook(found: Sequence[Marks]) -> bytes:
    """Return a file for the gradebook; no bytes where no address is known.

    An address that a spreadsheet would take for a formula is left out: written
    otherwise, it would be another one.
    """
    known = [
        each
        for each in found
        if each.graded.student.email and not is_formula(each.graded.student.email)
    ]
    if not known:
        return b""
    names = [mark.exercise for mark in known[0].marks]
    rows: list[Sequence[str]] = [
        ("Email address", "Full name", "Total", *names, "Feedback")
    ]
    for each in sorted(known, key=lambda each: each.graded.student):
        student = each.graded.student
        points = (show(mark.points) for mark in each.marks)
        rows.append(
            (
                student.email,
                cell(student.name),
                show(each.total),
                *points,
                comment(each),
            )
        )
    return table(rows)


def comment(each: Marks) -> str:
    """Return what the student reads beside the grade, as HTML."""
    if each.total is None:
        return ""
    said = [f"{show(each.total)} of {show(each.max_points)} points."]
    out = [mark.exercise for mark in each.marks if mark.left_out]
    if out:
        said.append(f"Left out, since that helps: {', '.join(out)}.")
    days = max((mark.days_late for mark in each.marks), default=0)
    if days:
        said.append(f"Late by {days} {'day' if days == 1 else 'days'} begun.")
    return escape(" ".join(said))
