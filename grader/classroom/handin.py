"""What travels between intake, grading and the pages: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from grader.verdict import Report

if TYPE_CHECKING:
    from grader.submission import Submission


@dataclass(frozen=True, slots=True, order=True)
class Student:
    """Who handed in.

    Parameters
    ----------
    id : str
        Unique in the class, and stable from one export to the next: the learning
        system's own number or name for the student, or the folder's name.
    name : str
        What people call them; the id where nothing better is known.
    email : str
        Empty where it is not known.
    canvas_id, moodle_id : str
        The number in that system's gradebook; empty where it is not known.
    """

    id: str
    name: str
    email: str = ""
    canvas_id: str = ""
    moodle_id: str = ""


@dataclass(frozen=True, slots=True)
class HandIn:
    """The submission of one student that counts.

    Parameters
    ----------
    student : Student
        Whose it is.
    submission : Submission or None
        Its modules; None where it cannot be taken at all.
    problem : str
        Why it cannot be taken, on one line; empty otherwise.
    origin : str
        Where it was found, below the class's folder or zip.
    submitted_at : datetime, optional
        When, with a time zone; None where nothing says.
    late : bool
        Whether the learning system marked it as late.
    notes : tuple of str
        What the instructor should know, a line each: an older submission that was
        left out, two files of one name, a file that is no module.
    """

    student: Student
    submission: Submission | None
    problem: str = ""
    origin: str = ""
    submitted_at: datetime | None = None
    late: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """The result of one student, as it is stored and shown.

    Parameters
    ----------
    student : Student
        Whose it is.
    report : Report or None
        What the judge said; None where the hand-in could not be taken.
    problem : str
        Why there is no report, on one line; empty otherwise.
    origin : str
        Where the hand-in was found.
    submitted_at : datetime, optional
        When it was handed in.
    late : bool
        Whether the learning system marked it as late.
    notes : tuple of str
        What the instructor should know, a line each.
    files : tuple of str
        Names of the modules that were judged.
    cpu_seconds : float
        What judging cost, all processes.
    """

    student: Student
    report: Report | None
    problem: str = ""
    origin: str = ""
    submitted_at: datetime | None = None
    late: bool = False
    notes: tuple[str, ...] = field(default=())
    files: tuple[str, ...] = ()
    cpu_seconds: float = 0.0

    @classmethod
    def of(cls, hand_in: HandIn) -> Graded:
        """Return what is known of a student before anything is judged."""
        submission = hand_in.submission
        return cls(
            student=hand_in.student,
            report=None,
            problem=hand_in.problem,
            origin=hand_in.origin,
            submitted_at=hand_in.submitted_at,
            late=hand_in.late,
            notes=hand_in.notes,
            files=tuple(submission.files) if submission is not None else (),
        )
