"""Canvas: all files in one folder, each named by its student.

``lovelaceada_123_456_stride.py``: the student's sortable name in small letters, the
number of the user, that of the attachment, and the file's name; after the name stands
``LATE`` where it was late. Without names it is ``anon_k3J9x_456_stride.py``.

A file handed in again is called ``stride-1.py``, from the eighth time on
``stride-<UUID>.py``. Attachments are numbered in the order they came in, so of two
downloads the larger number is newer.

References
----------
.. [1] Canvas LMS, lib/content_zipper.rb: ``get_filename``, ``add_upload_submission``,
       ``sanitize_user_name``; app/models/attachment.rb: ``make_unique_filename``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.classroom.handin import Student
from grader.classroom.intake import names
from grader.classroom.intake.bundle import Bundle, Layout, Part, Sorted
from grader.classroom.intake.node import Kind

if TYPE_CHECKING:
    from grader.classroom.intake.node import Node

_FILE = re.compile(
    r"(?:(?P<name>\w+?)_)??(?P<late>LATE_)?(?P<user>[0-9]{1,20}|anon_[A-Za-z0-9]+)"
    r"_(?:(?P<attachment>[0-9]{1,20})_(?P<file>.+)|(?P<text>text|link)\.html)",
    re.DOTALL,
)


def recognises(top: list[Node]) -> bool:
    """Tell whether most of a class are files that Canvas named."""
    named = sum(_match(node) is not None for node in top)
    return named > len(top) - named


def sort(top: list[Node]) -> Sorted:
    """Return a submission for each user."""
    parts: dict[str, list[Part]] = {}
    students: dict[str, Student] = {}
    notes: list[str] = []
    for node in top:
        match = _match(node)
        if match is None:
            notes.append(f"{names.shown(node.name)}: is not named by Canvas; left out")
            continue
        student = _student(match)
        students.setdefault(student.id, student)
        parts.setdefault(student.id, []).append(_part(node, match))
    bundles = (
        Bundle(
            students=(student,),
            parts=tuple(parts[id_]),
            origin=names.shown(", ".join(part.node.name for part in parts[id_])),
        )
        for id_, student in students.items()
    )
    return Sorted(tuple(bundles), tuple(notes))


def _match(node: Node) -> re.Match[str] | None:
    if node.kind is Kind.FOLDER or len(node.name) > names.MAX_BYTES:
        return None
    return _FILE.fullmatch(node.name)


def _student(match: re.Match[str]) -> Student:
    user = match["user"]
    name = names.tidy(match["name"] or user)
    return Student(user, name, canvas_id=user if user.isdecimal() else "")


def _part(node: Node, match: re.Match[str]) -> Part:
    return Part(
        node=node,
        name=match["file"] or f"{match['text']}.html",
        order=(int(match["attachment"] or 0),),
        late=match["late"] is not None,
    )


CANVAS = Layout("Canvas", recognises, sort)
