"""Reports as they are stored, and back: what is equal in a class is read once.

Most students of a class share most results: what is right, what is missing, and what a
common misconception answers. So each result of an exercise is known by its JSON, and
students whose JSON is the same share one value.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from grader.verdict import ExerciseResult, Mode, Report

_SHARED = 512
"""So many different results are held for those who follow."""


class _Envelope(msgspec.Struct):
    """A report whose exercises have not been read yet."""

    course: str
    mode: Mode
    seed: int
    isolation: str
    exercises: tuple[msgspec.Raw, ...]


_known: dict[tuple[str, str, str, int], tuple[ExerciseResult, msgspec.Raw]] = {}
_envelope = msgspec.json.Decoder(_Envelope)
_result = msgspec.json.Decoder(ExerciseResult)


def encode(report: Report) -> bytes:
    """Return a report as JSON."""
    exercises = tuple(map(_written, report.exercises))
    head = report.course, report.mode, report.seed, report.isolation
    return msgspec.json.encode(_Envelope(*head, exercises))


def decode(content: bytes) -> Report:
    """Return a report from its JSON.

    Raises
    ------
    msgspec.DecodeError
        If it is none.
    """
    read = _envelope.decode(content)
    exercises = tuple(_exercise(bytes(raw)) for raw in read.exercises)
    return Report(read.course, read.mode, read.seed, read.isolation, exercises)


def _written(exercise: ExerciseResult) -> msgspec.Raw:
    """Return an exercise as JSON: once for all who share its checks.

    A judge gives the same tuple of checks to all whose answers are the same. It is held
    here, so that no other is given its id.
    """
    key = exercise.name, exercise.title, exercise.source, id(exercise.checks)
    known = _known.get(key)
    if known is None:
        while len(_known) >= _SHARED:
            _known.pop(next(iter(_known)))
        written = msgspec.Raw(msgspec.json.encode(exercise))
        known = _known[key] = exercise, written
    return known[1]


@lru_cache(maxsize=_SHARED)
def _exercise(content: bytes) -> ExerciseResult:
    return _result.decode(content)
