"""A CSV that Canvas imports into its gradebook.

One column holds the total. Canvas finds a student by ``ID``, its own number; the
columns with numbers of the student office stay empty, and it does without them.

References
----------
Instructure, canvas-lms, ``lib/gradebook_importer.rb`` and
``lib/gradebook_exporter.rb``: which columns come first, the row "Points Possible",
that a title without a known number in parentheses becomes a new assignment, and that
an emptied cell takes a grade away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.gradebook import cell, table
from grader.classroom.marks import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.classroom.marks import Marks

HEADER = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE = "    Points Possible"


def canvas(found: Sequence[Marks], title: str) -> bytes:
    """Return the file; no bytes where Canvas knows nobody or there is no number.

    Parameters
    ----------
    found : sequence of Marks
        The class.
    title : str
        The assignment: its title, with Canvas's number in parentheses if known.
    """
    known = [e for e in found if e.graded.student.canvas_id and e.total is not None]
    if not known:
        return b""
    rows: list[Sequence[str]] = [
        (*HEADER, cell(title)),
        (POSSIBLE, "", "", "", "", show(known[0].max_points)),
    ]
    for each in sorted(known, key=lambda each: each.graded.student):
        student = each.graded.student
        rows.append(
            (cell(student.name), cell(student.canvas_id), "", "", "", show(each.total))
        )
    return table(rows)
