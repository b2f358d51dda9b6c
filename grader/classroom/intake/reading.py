"""Read a class: find its layout, then hand in one submission after the other."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.classroom.handin import HandIn
from grader.classroom.intake import modules, names, zipped
from grader.classroom.intake.disk import OnDisk
from grader.classroom.intake.identity import distinct
from grader.classroom.intake.litter import without_litter
from grader.classroom.intake.plain import PLAIN
from grader.errors import GraderError, SubmissionError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from types import TracebackType

    from grader.classroom.intake.bundle import Bundle, Layout
    from grader.classroom.intake.node import Node

LAYOUTS: tuple[Layout, ...] = (PLAIN,)
_HINT = "Name a folder or a zip with a folder per student; docs/classes.md shows all."


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

    def __iter__(self) -> Iterator[HandIn]:
        """Read one submission after the other, always in the same order."""
        for bundle in self.bundles:
            yield from _hand_ins(bundle, self.wanted)

    def __enter__(self) -> Intake:
        """Keep the class's zip open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
        top = _top(path, root)
        layout = next(layout for layout in LAYOUTS if layout.recognises(top))
        found = layout.sort(top)
        if not found.bundles:
            raise _nobody(path, top)
        return Intake(
            layout=layout.title,
            notes=found.notes,
            bundles=distinct(found.bundles),
            wanted=frozenset(wanted),
            _open=opened.pop_all(),
        )


def _root(path: Path, opened: ExitStack) -> Node:
    try:
        if path.is_dir():
            return OnDisk(path)
        if not path.exists():
            raise GraderError(f"{path}: there is no such folder or zip. {_HINT}")
        if not path.is_file():
            raise GraderError(f"{path}: is neither a folder nor a zip. {_HINT}")
        archive: zipfile.ZipFile = opened.enter_context(zipped.open_file(path))
        return zipped.root_of(archive)
    except SubmissionError as error:
        raise GraderError(f"{path}: {error}. {_HINT}") from None
    except OSError as error:
        raise GraderError(f"{path}: cannot be read: {error.strerror}.") from None
    except ValueError:  # a NUL in a path
        raise GraderError(f"{path}: is no path. {_HINT}") from None


def _top(path: Path, root: Node) -> list[Node]:
    try:
        top = without_litter(root.children())
    except SubmissionError as error:
        raise GraderError(f"{path}: {error}.") from None
    if not top:
        raise GraderError(f"{path}: is empty. {_HINT}")
    return top


def _nobody(path: Path, top: list[Node]) -> GraderError:
    if any(node.name.endswith(".py") for node in top):
        return GraderError(
            f"{path}: holds the modules of one student. Judge them with: grade --in "
            f"{path}; course grade takes a folder that holds a folder per student."
        )
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
