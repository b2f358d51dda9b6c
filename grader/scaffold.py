"""Begin an exercise: its files and its lines in ``course.yml``, all or nothing."""

from __future__ import annotations

import keyword
import re
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from textwrap import dedent, indent
from typing import TYPE_CHECKING

import yaml

from grader import course as courses
from grader.errors import CourseError
from grader.files import write_whole
from grader.skeleton import skeleton

if TYPE_CHECKING:
    from grader.course import Course

POINTS = 10
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = frozenset({"numpy", "grader", "conftest", "hostile", "solution"})

SOLUTION = '''\
"""{title}."""

from __future__ import annotations

import numpy as np


def {name}(x: np.ndarray) -> np.ndarray:
    """TODO: say in one line what the function gives.

    Parameters
    ----------
    x : ndarray of float64, shape (N, C, H, W)
        TODO: what it is.

    Returns
    -------
    ndarray of float64, shape (N, C, H', W')
        TODO: what comes out, its size as an equation.
    """
    # BEGIN SOLUTION
    raise NotImplementedError
    # END SOLUTION
'''

SUITE = '''\
"""Checks of {name}, and the wrong implementations that students write."""

from grader.author import call, check, ints


@check(points={points}, public=True)
def says_what_is_claimed(rng):
    """TODO: say in one line what a right answer does."""
    for size in (1, 2, 3):
        yield call("{name}", x=ints(rng, (1, 1, size, size)))
'''


def scaffold(course: Course, name: str, *, title: str | None = None) -> list[Path]:
    """Write the first version of an exercise's files, and return what was written.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        The module that students will write.
    title : str, optional
        What people call it; from the name by default.

    Raises
    ------
    CourseError
        If the name will not do, or a file is in the way; nothing is written then.
    """
    _check_name(course, name)
    title = title if title is not None else name.replace("_", " ").capitalize()
    _check_title(title)
    words = {"name": name, "title": title, "points": POINTS}
    solution = SOLUTION.format(**words)
    file = f"{name}.py"
    files = {
        course.solutions / file: solution,
        course.assignments / file: skeleton(solution, file=course.solutions / file),
        course.suite / file: SUITE.format(**words),
    }
    submissions = course.root / "tests" / "submissions" / name
    for path in (*files, submissions):
        if path.exists() or path.is_symlink():
            raise CourseError(
                "is there already", file=path, remedy="Move it, or take another name."
            )
    syllabus = course.root / courses.FILE_NAME
    changed = _with_exercise(syllabus, name, title)
    with ExitStack() as undo:
        try:
            for path, text in files.items():
                _make_folder(path.parent, undo)
                undo.callback(path.unlink, missing_ok=True)
                write_whole(path, text.encode("utf-8"))
            _make_folder(submissions, undo)
        except OSError as error:
            reason = error.strerror or str(error)
            raise CourseError(f"cannot be written: {reason}", file=name) from None
        write_whole(syllabus, changed)
        undo.pop_all()
    return [*files, submissions, syllabus]


def _check_name(course: Course, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise CourseError(
            f"{name!r} will not do as a module's name",
            remedy="Use lower-case letters, digits and _, a letter first.",
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise CourseError(f"{name!r} is a word of Python", remedy="Take another name.")
    if name in sys.stdlib_module_names or name in _TAKEN:
        raise CourseError(
            f"{name!r} is taken: by Python, a library or the course itself",
            remedy="Take another name.",
        )
    if any(name == exercise.name for exercise in course.exercises):
        raise CourseError(
            f"there is an exercise {name!r} already", remedy="Take another name."
        )


def _check_title(title: str) -> None:
    if not title.strip() or not title.isprintable() or '"' in title or "\\" in title:
        raise CourseError(
            f"{title!r} will not do as a title",
            remedy="Write one line of text without quotation marks or backslashes.",
        )


def _make_folder(folder: Path, undo: ExitStack) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir()
        undo.callback(path.rmdir)


def _with_exercise(file: Path, name: str, title: str) -> bytes:
    """Return ``course.yml`` with one more exercise; every other byte is kept."""
    content = file.read_bytes()
    text = content.decode("utf-8-sig")
    entry = dedent(
        f"""\
        - name: {name}
          title: "{title}"
          points: {POINTS}
        """
    )
    by_hand = f"Add by hand, below the exercises: {' '.join(entry.split())}"
    lines = text.splitlines(keepends=True)
    line, column = _end_of_exercises(text, file, by_hand)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    lines.insert(line, indent(entry, " " * column))
    changed = "".join(lines).encode("utf-8")
    if content.startswith(b"\xef\xbb\xbf"):
        changed = b"\xef\xbb\xbf" + changed
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / file.name
        trial.write_bytes(changed)
        try:
            after = [exercise.name for exercise in courses.load(trial).exercises]
        except CourseError:
            after = []
    before = [exercise.name for exercise in courses.load(file).exercises]
    if after != [*before, name]:
        raise CourseError("its layout is not the usual", file=file, remedy=by_hand)
    return changed


def _end_of_exercises(text: str, file: Path, by_hand: str) -> tuple[int, int]:
    """Return the line below the last exercise, counted from 0, and the column."""
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in top.value if isinstance(top, yaml.MappingNode) else ():
        if key.value == "exercises" and not value.flow_style:
            # A block ends where the next token begins: blank lines and comments
            # that follow the last entry belong to what comes next.
            below = _last_line(value) + 1
            lines = text.splitlines()
            while not lines[below - 1].strip():
                below -= 1
            return below, value.start_mark.column
    raise CourseError("its layout is not the usual", file=file, remedy=by_hand)


def _last_line(node: yaml.Node) -> int:
    """Return the line on which the last scalar of a node ends."""
    if isinstance(node, yaml.MappingNode) and node.value:
        return max(_last_line(child) for pair in node.value for child in pair)
    if isinstance(node, yaml.SequenceNode) and node.value:
        if node.flow_style:
            return int(node.end_mark.line)
        return max(map(_last_line, node.value))
    mark = node.end_mark
    # A block scalar (| or >) ends at the start of the line below it.
    return int(mark.line) - (mark.column == 0 and mark.line > node.start_mark.line)
