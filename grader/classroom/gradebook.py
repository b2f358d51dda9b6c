"""Tables for spreadsheets and learning systems: CSV that means what it shows.

A spreadsheet takes a cell that starts with ``=`` or the like for a formula. What a
student may choose (a name, an identifier) is therefore told apart by a quote.

References
----------
OWASP, "CSV Injection": the characters that start a formula.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grader.classroom.marks import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.classroom.marks import Marks

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("Ada")
    ("'=1+1", 'Ada')
    """
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula."""
    return text.lstrip(" ").startswith(_FORMULA)


def table(rows: Iterable[Sequence[str]], *, mark: bool = False) -> bytes:
    """Return rows as CSV in UTF-8.

    Parameters
    ----------
    rows : iterable of sequences of str
        The header first.
    mark : bool
        Whether to begin with the byte order mark that spreadsheets want, and that
        learning systems stumble over.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    text = stream.getvalue().encode("utf-8", "replace")
    return b"\xef\xbb\xbf" + text if mark else text


def grades(found: Sequence[Marks], names: Sequence[str]) -> bytes:
    """Return ``grades.csv``: one row a student.

    Parameters
    ----------
    found : sequence of Marks
        The class.
    names : sequence of str
        The exercises, one column of points and one of verdicts each.
    """
    header = ["student", "name", "email", "status", *names, "earned", "total", "of"]
    header += ["submitted_at", "days_late", "left_out"]
    header += [f"{name}_verdict" for name in names]
    rows = [[*header, "notes"]]
    for each in sorted(found, key=lambda each: each.graded.student):
        rows.append(_row(each))
    return table(rows, mark=True)


def _row(each: Marks) -> list[str]:
    graded, student = each.graded, each.graded.student
    notes = ([graded.problem] if graded.problem else []) + list(each.notes)
    moment = graded.submitted_at
    return [
        cell(student.id),
        cell(student.name),
        cell(student.email),
        each.status,
        *(show(mark.points) for mark in each.marks),
        show(each.earned),
        show(each.total),
        show(each.max_points),
        moment.isoformat() if moment is not None else "",
        str(max((mark.days_late for mark in each.marks), default=0)),
        " ".join(mark.exercise for mark in each.marks if mark.left_out),
        *(mark.verdict for mark in each.marks),
        cell("; ".join(" ".join(note.split()) for note in notes)),
    ]
