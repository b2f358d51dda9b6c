"""What of a hand-in is compared for one exercise: its module, or cells of a notebook.

Of a notebook these are the code cells that define a function of the exercise, found by
the words ``def NAME``: nothing of a student's is parsed here. A cell that holds several
exercises counts for each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from grader import notebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.course import Course, Exercise

_DEFINED = re.compile(rb"^def[ \t]+(\w+)", re.MULTILINE)


class Text(NamedTuple):
    """What one student wrote for an exercise, and what to call it."""

    content: bytes
    name: str


def given(course: Course, exercise: Exercise) -> list[bytes]:
    """Return what everyone starts from, and what there is to reach."""
    folders = course.assignments, course.solutions
    paths = [folder / f"{exercise.name}.py" for folder in folders]
    return [path.read_bytes() for path in paths if path.is_file()]


def texts(
    exercise: Exercise,
    files: Mapping[str, Mapping[str, bytes]],
    known: Iterable[bytes],
) -> dict[str, Text]:
    """Return what each student wrote for an exercise, where there is something.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    files : mapping of str to mapping of str to bytes
        By the student's id, then by the file's name.
    known : iterable of bytes
        Skeleton and solution: they tell the names of its functions.
    """
    functions = {name for text in known for name in _DEFINED.findall(text)}
    module = f"{exercise.name}.py"
    found = {}
    for student, held in files.items():
        if module in held:
            found[student] = Text(held[module], module)
            continue
        cells = _cells(held, functions)
        if cells:
            name = f"{exercise.name} in a notebook"
            found[student] = Text(b"\n\n".join(cells), name)
    return found


def _cells(held: Mapping[str, bytes], functions: set[bytes]) -> list[bytes]:
    notebooks = (text for name, text in held.items() if name.endswith(notebook.SUFFIX))
    return [
        cell
        for text in notebooks
        for cell in notebook.sources(text)
        if not functions.isdisjoint(_DEFINED.findall(cell))
    ]
