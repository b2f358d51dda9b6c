"""What a layout finds: whose it is, and where their files lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from grader.classroom.handin import Student
    from grader.classroom.intake.node import Node


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder of a submission, with what its name in the layout said.

    Parameters
    ----------
    node : Node
        The file or folder.
    name : str
        Its name without what the learning system put around it.
    order : tuple of int
        Of two files of one name, the one with the larger order is newer.
    late : bool
        Whether the learning system marked it as late.
    """

    node: Node
    name: str
    order: tuple[int, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """A submission as a layout found it, not read yet.

    Parameters
    ----------
    students : tuple of Student
        Whose it is: one, or a group.
    parts : tuple of Part
        Its files and folders.
    origin : str
        Where it lies, below the class's folder or zip.
    submitted_at : datetime, optional
        When it was handed in.
    problem : str
        Why it cannot be taken; empty where it may be.
    notes : tuple of str
        What the instructor should know.
    """

    students: tuple[Student, ...]
    parts: tuple[Part, ...]
    origin: str
    submitted_at: datetime | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """A class, sorted into submissions.

    Parameters
    ----------
    bundles : tuple of Bundle
        One a submission.
    notes : tuple of str
        What belongs to nobody.
    """

    bundles: tuple[Bundle, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which learning systems hand out a class.

    Parameters
    ----------
    title : str
        What people call it.
    recognises : callable
        Tells by the topmost names whether a class is laid out like that.
    sort : callable
        Sorts the topmost files and folders into submissions.
    """

    title: str
    recognises: Callable[[list[Node]], bool]
    sort: Callable[[list[Node]], Sorted]
