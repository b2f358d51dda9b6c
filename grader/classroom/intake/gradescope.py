"""Gradescope: a folder per submission, and ``submission_metadata.yml`` beside them.

The file maps ``submission_123`` to its ``:submitters`` (each with ``:name``, ``:sid``
and ``:email``) and to ``:created_at``. A group is one submission with several
submitters: each gets its result.

References
----------
.. [1] Gradescope, "Export Submissions" of a programming assignment, as the programs
       that read it expect it: the keys are Ruby symbols, times end in ``Z``, a
       ``:sid`` may look like a number or be missing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from grader.classroom.handin import Student
from grader.classroom.intake import names
from grader.classroom.intake.bundle import Bundle, Layout, Part, Sorted
from grader.classroom.intake.metadata import Record, read_records
from grader.classroom.intake.node import Kind
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from grader.classroom.intake.node import Node

METADATA = "submission_metadata.yml"
_NEVER = datetime.min.replace(tzinfo=timezone.utc)


def recognises(top: list[Node]) -> bool:
    """Tell whether the file lies there."""
    return any(node.name == METADATA and node.kind is Kind.FILE for node in top)


def sort(top: list[Node]) -> Sorted:
    """Return a submission for each folder and each record."""
    notes: list[str] = []
    folders: dict[str, Node] = {}
    records: dict[str, Record] = {}
    for node in top:
        if node.name == METADATA:
            records = _records(node, notes)
        elif node.kind is Kind.FOLDER:
            folders[node.name] = node
        else:
            notes.append(f"{names.shown(node.name)}: is no submission; left out")
    keys = [*records, *(name for name in folders if name not in records)]
    bundles = [_bundle(key, records.get(key), folders.get(key)) for key in keys]
    return Sorted(_newest(bundles), tuple(notes))


def _records(node: Node, notes: list[str]) -> dict[str, Record]:
    try:
        return read_records(node)
    except SubmissionError as error:
        notes.append(f"{METADATA} {error}; students go by the number of a submission")
        return {}


def _bundle(key: str, record: Record | None, folder: Node | None) -> Bundle:
    shown = names.shown(key)
    students = [_student(fields) for fields in record.submitters] if record else []
    problem = names.trouble(key)
    if problem:
        problem = f"its name {problem}"
    elif folder is None:
        problem = f"there is no folder {shown} in the export"
    note = f"{METADATA} does not say whose this is"
    return Bundle(
        students=tuple(students) or (Student(names.tidy(key), names.tidy(key)),),
        parts=(Part(folder, key),) if folder is not None else (),
        origin=shown,
        submitted_at=record.created_at if record else None,
        problem=problem,
        notes=() if students else (note,),
    )


def _student(fields: dict[str, str]) -> Student:
    name, sid, email = (
        names.tidy(fields.get(key, "")) for key in (":name", ":sid", ":email")
    )
    id_ = sid or email or name or "without a name"
    return Student(id_, name or id_, email)


def _newest(bundles: list[Bundle]) -> tuple[Bundle, ...]:
    """Return the submissions with each student only in the newest that is theirs."""
    last: dict[Student, Bundle] = {}
    older: dict[Student, list[str]] = {}
    for bundle in sorted(bundles, key=lambda b: b.submitted_at or _NEVER):
        for student in bundle.students:
            if student in last:
                older.setdefault(student, []).append(last[student].origin)
            last[student] = bundle
    return tuple(
        kept for bundle in bundles for kept in _of_the_last(bundle, last, older)
    )


def _of_the_last(
    bundle: Bundle, last: dict[Student, Bundle], older: dict[Student, list[str]]
) -> list[Bundle]:
    """Return a submission for those whose last it is: none where they moved on."""
    theirs = tuple(s for s in dict.fromkeys(bundle.students) if last[s] is bundle)
    notes = tuple(
        f"{student.name} handed in again; older and left out: {names.shown(origins)}"
        for student in theirs
        if (origins := ", ".join(older.get(student, [])))
    )
    if not theirs:
        return []
    return [replace(bundle, students=theirs, notes=(*bundle.notes, *notes))]


GRADESCOPE = Layout("Gradescope", recognises, sort)
