"""Whose is whose: every hand-in of a class under an id of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.classroom.handin import Student
    from grader.classroom.intake.bundle import Bundle


def distinct(bundles: Iterable[Bundle]) -> tuple[Bundle, ...]:
    """Return the submissions with ids that differ by more than case.

    Files are named by ids, and half of all systems take `Ada` and `ada` for one file.
    The second one gets a number and a note; nobody is dropped.
    """
    taken: set[str] = set()
    return tuple(_renamed(bundle, taken) for bundle in bundles)


def _renamed(bundle: Bundle, taken: set[str]) -> Bundle:
    students: list[Student] = []
    notes = list(bundle.notes)
    for student in bundle.students:
        id_, number = student.id, 1
        while id_.casefold() in taken:
            number += 1
            id_ = f"{student.id} ({number})"
        taken.add(id_.casefold())
        if id_ != student.id:
            notes.append(f"another student is called {student.id} too; this is {id_}")
        students.append(replace(student, id=id_))
    return replace(bundle, students=tuple(students), notes=tuple(notes))
