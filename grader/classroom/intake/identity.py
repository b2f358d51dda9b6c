"""Whose is whose: every hand-in of a class under an id of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.classroom.handin import Student
    from grader.classroom.intake.bundle import Bundle

NAMELESS = "without a name"


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
        own = student.id or NAMELESS
        id_, number = own, 1
        while id_.casefold() in taken:
            number += 1
            id_ = f"{own} ({number})"
        taken.add(id_.casefold())
        if id_ != own:
            notes.append(f"another student is called {own} too; this is {id_}")
        students.append(replace(student, id=id_, name=student.name or own))
    return replace(bundle, students=tuple(students), notes=tuple(notes))
