"""Moodle: a folder per student and kind of submission.

``Ada Lovelace_123_assignsubmission_file``, in older releases with one more ``_``; the
number is the participant's, which the grading worksheet calls ``Participant 123``. A
group has its own name and number, the default group none. Where folders are switched
off, the file's name follows: ``Ada Lovelace_123_assignsubmission_file_stride.py``.

References
----------
.. [1] Moodle, mod/assign/classes/downloader.php: ``get_student_prefix``,
       ``load_submissionplugin_filelist``.
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

_NAMED = re.compile(
    r"(?P<name>.+?)(?:_(?P<number>[0-9]{1,20}))?"
    r"_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?",
    re.DOTALL,
)


def recognises(top: list[Node]) -> bool:
    """Tell whether a class has names that only Moodle gives."""
    return any(_NAMED.fullmatch(node.name) for node in top)


def sort(top: list[Node]) -> Sorted:
    """Return a submission for each participant."""
    parts: dict[Student, list[Part]] = {}
    notes: list[str] = []
    for node in top:
        match = _NAMED.fullmatch(node.name)
        if match is None:
            notes.append(f"{names.shown(node.name)}: is not named by Moodle; left out")
            continue
        named = match["file"] if node.kind is not Kind.FOLDER else ""
        name = named or match["kind"]
        parts.setdefault(_student(match), []).append(Part(node, name))
    return Sorted(tuple(map(_bundle, parts, parts.values())), tuple(notes))


def _student(match: re.Match[str]) -> Student:
    name, number = names.tidy(match["name"]), match["number"] or ""
    return Student(number or name, name, moodle_id=number)


def _bundle(student: Student, parts: list[Part]) -> Bundle:
    # What was typed into the page lies beside the files, and holds no modules.
    typed = [part for part in parts if "_onlinetext" in part.node.name]
    files = [part for part in parts if part not in typed]
    origin = names.shown(", ".join(part.node.name for part in files or typed))
    problem = "" if files else "was typed into Moodle's page; hand in .py files"
    bad = next((p for part in files if (p := names.trouble(part.node.name))), "")
    return Bundle(
        students=(student,),
        parts=tuple(files),
        origin=origin,
        problem=f"its name {bad}" if bad else problem,
        notes=("a text typed into Moodle's page was left out",) if typed else (),
    )


MOODLE = Layout("Moodle", recognises, sort)
