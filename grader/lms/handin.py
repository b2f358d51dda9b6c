"""Find the modules in what a learning system hands over, wherever they lie in it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader import submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course import Course, Exercise
    from grader.submission import Submission

ORIGIN = Path("what you handed in")
MAX_DEPTH = 3
MAX_FOLDERS = 200
_PACKED = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".ipynb")


def collect(folder: Path, course: Course, exercises: Sequence[Exercise]) -> Submission:
    """Return the modules of the folder that holds most of the exercises.

    Students hand in files, or a folder of files, or a folder in a folder. Links are
    not followed, and of two folders the one nearer the top counts.

    Parameters
    ----------
    folder : Path
        What was handed in.
    course : Course
        Its own folder may lie within, and is never what a student handed in.
    exercises : sequence of Exercise
        What is to be judged.

    Raises
    ------
    SubmissionError
        If the folder cannot be read.
    """
    wanted = {f"{exercise.name}.py" for exercise in exercises}
    ours = course.root.resolve()
    held = {place: len(wanted & set(names)) for place, names in _folders(folder, ours)}
    best = max(held, key=held.__getitem__, default=folder)
    found = submission.read(best)
    problems = dict(found.problems)
    packed = _packed(folder)
    if not held.get(best) and packed:
        for name in wanted:
            problems[name] = f"is missing: hand in the .py files, not {packed}"
    return replace(found, origin=ORIGIN, problems=MappingProxyType(problems))


def _folders(top: Path, ours: Path) -> Iterator[tuple[Path, list[str]]]:
    """Return folders and the names of their files, those nearest the top first."""
    level, seen = [top], 0
    for _ in range(MAX_DEPTH):
        deeper: list[Path] = []
        for folder in level:
            seen += 1
            if seen > MAX_FOLDERS:
                return
            if folder.resolve() == ours:
                continue
            names, folders = _listed(folder)
            yield folder, names
            deeper += folders
        level = deeper


def _listed(folder: Path) -> tuple[list[str], list[Path]]:
    names, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith((".", "__")):
                        folders.append(folder / entry.name)
                else:
                    names.append(entry.name)
    except OSError:
        pass  # the reader says why, if this is the folder that counts
    return names, folders


def _packed(folder: Path) -> str:
    """Return what kind of file was handed in instead of modules; empty if none."""
    kinds = {Path(name).suffix.lower() for name in _listed(folder)[0]}
    return " or ".join(sorted(f"a {kind} file" for kind in kinds & set(_PACKED)))
