"""Choose the modules of one submission, wherever they lie in it.

The folder that holds most of the exercises counts; of two that hold as many, the one
nearer the top, then the one written last. Exercises that it lacks are taken from the
next folder that has them; what no folder has, from a notebook. What was left out is
noted, a line a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader import notebook, submission
from grader.classroom.intake import names, notebooks
from grader.classroom.intake.node import Kind
from grader.classroom.intake.walk import Walk
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from grader.classroom.intake.bundle import Part
    from grader.classroom.intake.walk import Found
    from grader.submission import Submission

ORIGIN = Path("what you handed in")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of a submission.

    Parameters
    ----------
    submission : Submission or None
        The modules; None where there is none.
    problem : str
        Why there is none; empty otherwise.
    late : bool
        Whether a module that counts was marked as late.
    notes : tuple of str
        What was left out or refused, and why.
    """

    submission: Submission | None
    problem: str
    late: bool
    notes: tuple[str, ...]


def take(parts: Sequence[Part], wanted: Collection[str]) -> Taken:
    """Read the modules of one submission.

    Parameters
    ----------
    parts : sequence of Part
        Its files and folders.
    wanted : collection of str
        File names of the exercises; where there are none, every module is wanted.
    """
    walk = Walk(wanted)
    walk.through(parts)
    modules = _choose(walk, wanted)
    books, sources, unclear = notebooks.choose(walk, modules, wanted)
    chosen = [*modules, *books]
    readers = ((found.module, partial(_read, found)) for found in chosen)
    taken = submission.collect(ORIGIN, readers)
    taken = replace(
        taken,
        problems=MappingProxyType({**taken.problems, **unclear}),
        taken_from=MappingProxyType(sources),
    )
    notes = names.shortened(walk.notes)
    expected = [*wanted, *sources.values()] or taken.files
    if any(name in taken.files for name in expected):
        late = any(found.late for found in chosen if found.module in taken.files)
        return Taken(taken, "", late, notes)
    problem = _why(taken, walk.notes)
    late = any(part.late for part in parts)
    rest = tuple(note for note in notes if not problem.endswith(note))
    return Taken(None, problem, late, rest)


def _choose(walk: Walk, wanted: Collection[str]) -> list[Found]:
    """Return one file for each module, those of exercises first."""
    chosen: dict[str, Found] = {}
    for place in _ranked(walk.folders, wanted):
        newest = _newest(walk, walk.folders[place])
        missing = [n for n in _good(newest.values(), wanted) if n not in chosen]
        for name, found in newest.items():
            if name not in chosen and (missing or not chosen):
                chosen[name] = found
            elif name in wanted and found.node.kind is Kind.FILE:
                walk.note(found.place, f"left out; {_named(chosen[name])} counts")
    return sorted(chosen.values(), key=lambda found: found.module not in wanted)


def _ranked(folders: dict[str, list[Found]], wanted: Collection[str]) -> list[str]:
    def rank(place: str) -> tuple[int, int, float, str]:
        files = folders[place]
        held = len(set(_good(files, wanted)))
        stamps = [f.node.modified.timestamp() for f in files if f.node.modified]
        return -held, files[0].depth, -max(stamps, default=0.0), place

    return sorted(folders, key=rank)


def _good(files: Iterable[Found], wanted: Collection[str]) -> list[str]:
    return [
        found.module
        for found in files
        if found.node.kind is Kind.FILE and (not wanted or found.module in wanted)
    ]


def _newest(walk: Walk, files: list[Found]) -> dict[str, Found]:
    """Return of each module the newest file in a folder; note the older ones."""
    newest: dict[str, Found] = {}
    for found in sorted(files, key=lambda found: found.order, reverse=True):
        kept = newest.setdefault(found.module, found)
        if kept is not found:
            why = "is newer" if _is_newer(kept, found) else "counts"
            left, right = found.place, kept.place
            if left == right:  # only the learning system's names tell them apart
                left, right = found.node.name, kept.node.name
            walk.note(left, f"left out; {names.shown(right)} {why}")
    return newest


def _is_newer(kept: Found, found: Found) -> bool:
    """Tell whether a learning system says so, and not only that it is named better."""
    return found.order[0] >= 0 and kept.order[:-1] > found.order[:-1]


def _named(found: Found) -> str:
    return names.shown(found.place)


def _read(found: Found) -> bytes:
    if names.reserved(found.module):
        raise SubmissionError("has a name that Windows keeps for a device; rename it")
    if found.node.kind is Kind.LINK:
        raise SubmissionError("is a link; hand in the file itself")
    if found.node.kind is not Kind.FILE:
        raise SubmissionError("is not a regular file")
    if not found.module.endswith(notebook.SUFFIX):
        return found.node.read(submission.MAX_FILE_BYTES)
    return notebook.read(found.node.read(notebook.MAX_BYTES), found.module)


def _why(taken: Submission, notes: list[str]) -> str:
    """Return why nothing can be judged: a line for the student to read, too."""
    for name, problem in taken.problems.items():
        return f"{name} {problem}"
    if taken.files:
        found = names.shown(", ".join(sorted(taken.files)[:5]))
        return f"holds none of the course's modules, only {found}; keep their names"
    if notes:
        return f"holds no module; {notes[0]}"
    return "there is no .py file in it"
