"""What of a student's feedback comes from one exercise alone: made once for a class."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from grader.report import html
from grader.report.json import exercise_as_dict, head_as_dict

if TYPE_CHECKING:
    from grader.report.html_nodes import Node
    from grader.verdict import ExerciseResult, Report

_REMEMBERED = 512


class Part:
    """The feedback on one exercise; of it is made what is asked for.

    Parameters
    ----------
    exercise : ExerciseResult
        What it is made from.
    """

    def __init__(self, exercise: ExerciseResult) -> None:
        self._exercise = exercise

    @cached_property
    def page(self) -> tuple[bytes, bytes]:
        """What stands on the student's page: a line, and a section."""
        made = html.part(self._exercise)
        return _encoded(made.line), _encoded(made.section)

    @cached_property
    def data(self) -> bytes:
        """What stands in the student's JSON, as far indented as there."""
        return _indented(self._exercise)

    @cached_property
    def digest(self) -> bytes:
        """Of the result that both are made from."""
        found = msgspec.json.encode(self._exercise)
        return hashlib.blake2b(found, digest_size=20).digest()


class Parts:
    """Makes parts, and remembers the last of them.

    Results are told apart by being the same object, not by being equal, since to
    compare them costs as much as it spares: `grader.classroom.reports` sees to it that
    students share what is equal.
    """

    def __init__(self) -> None:
        self._made: dict[int, tuple[ExerciseResult, Part]] = {}

    def of(self, exercise: ExerciseResult) -> Part:
        """Return the part of an exercise."""
        known = self._made.get(id(exercise))
        if known is None:
            while len(self._made) >= _REMEMBERED:
                self._made.pop(next(iter(self._made)))
            # It is held here, so that no other result is given its id.
            known = self._made[id(exercise)] = exercise, Part(exercise)
        return known[1]

    def page(self, report: Report, note: Node | None = None) -> bytes:
        """Return what `grade` writes as a page, with a note on the points."""
        before, between, after = map(_encoded, html.frame(report, note=note))
        parts = [self.of(exercise).page for exercise in report.exercises]
        lines = [line for line, _ in parts] if html.has_overview(report) else []
        sections = [section for _, section in parts]
        return b"".join([before, *lines, between, *sections, after])

    def data(self, report: Report) -> bytes:
        """Return what `grade` writes as JSON."""
        exercises = [self.of(exercise).data for exercise in report.exercises]
        head = _formatted({**head_as_dict(report), "exercises": []})
        if not exercises:
            return head + b"\n"
        opened = head.removesuffix(b"]\n}")
        return b"".join([opened, b"\n", b",\n".join(exercises), b"\n  ]\n}\n"])

    def digest(self, report: Report, *more: str) -> str:
        """Return a digest of a report, and of whatever else a file is made from."""
        head = report.course, report.mode, report.seed, report.isolation
        found = hashlib.blake2b(json.dumps((head, more)).encode(), digest_size=20)
        for exercise in report.exercises:
            found.update(self.of(exercise).digest)
        return found.hexdigest()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _indented(exercise: ExerciseResult) -> bytes:
    """Return an exercise as JSON, as far indented as in a report."""
    # No text holds a line break of its own: in JSON it is written as an escape.
    lines = _formatted(exercise_as_dict(exercise))
    return b"    " + lines.replace(b"\n", b"\n    ")


def _formatted(facts: dict[str, Any]) -> bytes:
    """Return what `json` writes with an indent of 2; msgspec indents quicker."""
    text = json.dumps(facts, ensure_ascii=True)
    return msgspec.json.format(text.encode("ascii"), indent=2)
