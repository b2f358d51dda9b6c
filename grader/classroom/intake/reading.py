"""Read a class: find its layout, then hand in one submission after the other."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.classroom.handin import HandIn
from grader.classroom.intake import modules, names, zipped
from grader.classroom.intake.canvas import CANVAS
from grader.classroom.intake.disk import OnDisk
from grader.classroom.intake.gradescope import GRADESCOPE
from grader.classroom.intake.identity import distinct
from grader.classroom.intake.moodle import MOODLE
from grader.classroom.intake.plain import PLAIN
from grader.classroom.intake.wrapping import unwrap
from grader.errors import GraderError, SubmissionError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from grader.classroom.intake.bundle import Bundle, Layout
    from grader.classroom.intake.node import Node

LAYOUTS: tuple[Layout, ...] = (GRADESCOPE, MOODLE, CANVAS, PLAIN)
"""From the surest mark to the layout that takes whatever is left."""

_HINT = "Name a folder or a zip with a folder per student; see docs/classes.md."


@dataclass(frozen=True, slots=True)
class Intake:
    """A class, sorted; each submission is read when its turn comes, and not kept.

    Parameters
    ----------
    layout : str
        Which layout was recognised, such as ``Moodle``.
    notes : tuple of str
        What belongs to nobody, a line each.
    bundles : tuple of Bundle
        Where each submission lies.
    wanted : frozenset of str
        File names of the exercises.
    """

    layout: str
    notes: tuple[str, ...]
    bundles: tuple[Bundle, ...]
    wanted: frozenset[str]
    _open: ExitStack = field(default_factory=ExitStack, repr=False)

    def __len__(self) -> int:
        """Return how many hand-ins there are: one for each student of a group."""
        return sum(len(bundle.students) for bundle in self.bundles)

    @property
    def students(self) -> tuple[str, ...]:
        """The ids of all who handed in, known before anything is read."""
        return tuple(s.id for bundle in self.bundles for s in bundle.students)

    def __iter__(self) -> Iterator[HandIn]:
        """Read one submission after the other, always in the same order."""
        for bundle in self.bundles:
            yield from _hand_ins(bundle, self.wanted)

    def __enter__(self) -> Intake:
        """Keep the class's zip open."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Close the class's zip."""
        self.close()

    def close(self) -> None:
        """Close the class's zip; submissions that follow cannot be read."""
        self._open.close()


def read(path: Path, wanted: Collection[str] = ()) -> Intake:
    """Find out how a class is laid out, and who handed in.

    Parameters
    ----------
    path : Path
        A folder or a zip.
    wanted : collection of str
        File names of the exercises, such as ``stride.py``; where there are none,
        every module is wanted.

    Raises
    ------
    GraderError
        If it is neither, cannot be read, is empty, or nobody handed in.
    """
    opened = ExitStack()
    with opened:
        root = _root(path, opened)
        top, layout, left_out = _top(path, root, wanted)
        found = layout.sort(top)
        if not found.bundles:
            raise _nobody(path, top, wanted)
        return Intake(
            layout=layout.title,
            notes=names.shortened((*left_out, *found.notes)),
            bundles=distinct(found.bundles),
            wanted=frozenset(wanted),
            _open=opened.pop_all(),
        )


def _root(path: Path, opened: ExitStack) -> Node:
    try:
        if path.is_dir():
            return OnDisk.at(path)
        if not path.exists():
            raise GraderError(f"{path}: there is no such folder or zip. {_HINT}")
        if not path.is_file():
            raise GraderError(f"{path}: is neither a folder nor a zip. {_HINT}")
        return opened.enter_context(zipped.opened(path))
    except SubmissionError as error:
        raise GraderError(f"{path}: {error}. {_HINT}") from None
    except OSError as error:
        raise GraderError(f"{path}: cannot be read: {error.strerror}.") from None


def _top(
    path: Path, root: Node, wanted: Collection[str]
) -> tuple[list[Node], Layout, list[str]]:
    try:
        top, layout, place = unwrap(root, LAYOUTS, wanted)
    except SubmissionError as error:
        raise GraderError(f"{path}: {error}.") from None
    if not top:
        raise GraderError(f"{path}: is empty. {_HINT}")
    tricks = [node for node in top if node.name in {"", ".", ".."}]
    notes = [f"{node.name!r}: leads out of the zip; left out" for node in tricks]
    if place and layout is PLAIN:
        notes.append(f"{names.shown(place)}: taken as the class")
    return [node for node in top if node not in tricks], layout, notes


def _nobody(path: Path, top: list[Node], wanted: Collection[str]) -> GraderError:
    modules = [node.name for node in top if node.name.endswith(".py")]
    if any(name in wanted for name in modules):
        return GraderError(
            f"{path}: holds the modules of one student. Judge them with: grade --in "
            f"{path}; course grade takes a folder that holds a folder per student."
        )
    if modules:
        first = names.shown(modules[0])
        return GraderError(f"{path}: nothing says whose {first} is. {_HINT}")
    return GraderError(f"{path}: holds no submission. {_HINT}")


def _hand_ins(bundle: Bundle, wanted: frozenset[str]) -> Iterator[HandIn]:
    """Read a submission once, for each of its students."""
    if bundle.problem:
        taken = modules.Taken(None, bundle.problem, late=False, notes=())
    else:
        taken = modules.take(bundle.parts, wanted)
    for student in bundle.students:
        yield HandIn(
            student=student,
            submission=taken.submission,
            problem=names.one_line(taken.problem),
            origin=bundle.origin,
            submitted_at=bundle.submitted_at,
            late=taken.late,
            notes=(*bundle.notes, *taken.notes),
        )
