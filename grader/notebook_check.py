"""``check(conv2d)``: judge functions of a live session, and show the report there."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader import course as courses
from grader import notebook_session, suites
from grader.errors import CourseError, GraderError, SubmissionError, did_you_mean
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission
from grader.verdict import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from grader.course import Course
    from grader.judge import Suite
    from grader.notebook_session import Place
    from grader.verdict import CheckResult

    Functions = Mapping[str, Mapping[str, frozenset[str]]]
    """Exercise → check → the functions that it calls."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One function that is to be judged."""

    exercise: str
    function: str
    place: Place


def show(
    functions: Sequence[Callable[..., Any]],
    *,
    exercise: str | None = None,
    course: str | os.PathLike[str] | None = None,
) -> None:
    """Judge functions of this session, and show the report.

    A user's mistake is one line, not a traceback through our code.

    Parameters
    ----------
    functions : sequence of callable
        What to judge; all that are defined where there are none.
    exercise : str, optional
        The exercise that they belong to.
    course : path, optional
        The course's folder.
    """
    try:
        for report in judge(functions, exercise=exercise, course=_course(course)):
            _display(report)
    except GraderError as error:
        _say(f"check: {error}")
    except Exception as error:
        if os.environ.get("GRADER_TRACEBACK"):
            raise
        _say(
            f"check: the grader itself failed: {type(error).__name__}: {error}. "
            "Please report it; GRADER_TRACEBACK=1 shows where."
        )


def judge(
    functions: Sequence[Callable[..., Any]],
    *,
    exercise: str | None = None,
    course: Course,
) -> list[Report]:
    """Return a report for each place that the functions are taken from.

    Raises
    ------
    GraderError
        If a function cannot be taken, or is none of the course's.
    """
    chosen = course.select(() if exercise is None else (exercise,))
    # Nothing is waited for here: what is asked is what is judged.
    course = replace(course, exercises=tuple(replace(e, needs=()) for e in chosen))
    suite = suites.of(course)
    known = _functions(course, suite)
    asked = [_asked(function, known) for function in functions or _defined(known)]
    places = list(dict.fromkeys(one.place for one in asked))
    with Sandbox(course.limits) as sandbox:
        judges = Judge(course, suite, sandbox)
        return [
            _judge([one for one in asked if one.place == place], judges, known)
            for place in places
        ]


def _judge(asked: Sequence[Asked], judge_: Judge, known: Functions) -> Report:
    place = asked[0].place
    exercises = judge_.course.select(one.exercise for one in asked)
    handed_in = Submission(
        origin=place.folder,
        files=MappingProxyType(place.files()),
        taken_from=MappingProxyType({e.name: place.file for e in exercises}),
    )
    report = judge_.judge(handed_in, exercises)
    results = []
    for result in report.exercises:
        wanted = {one.function for one in asked if one.exercise == result.name}
        checks = _of(wanted, result.checks, known[result.name])
        own = place.shown == f"{result.name}.py"
        source = "" if own else place.shown
        results.append(replace(result, checks=checks, source=source))
    return replace(report, exercises=tuple(results))


def _of(
    wanted: set[str], checks: Sequence[CheckResult], calls: Mapping[str, frozenset[str]]
) -> tuple[CheckResult, ...]:
    """Return the checks that call nothing else; those that call it where none do."""
    alone = tuple(c for c in checks if calls[c.name] <= wanted)
    seen = frozenset[str]().union(*(calls[c.name] for c in alone))
    mixed = wanted - seen
    return tuple(c for c in checks if c in alone or calls[c.name] & mixed)


def _course(folder: str | os.PathLike[str] | None) -> Course:
    if folder is not None:
        return courses.find(Path(folder).expanduser())
    try:
        return courses.find()
    except CourseError:
        here = Path.cwd()
        below = sorted(file.parent for file in here.glob(f"*/{courses.FILE_NAME}"))
        if len(below) == 1:
            return courses.find(below[0])
        raise CourseError(
            f"there is no {courses.FILE_NAME} in {here} or above",
            remedy="Start in the course's folder, or say where it is: "
            "check(..., course='path/to/the/course').",
        ) from None


def _functions(course: Course, suite: Suite) -> Functions:
    known = {}
    for exercise in course.exercises:
        content = suite.exercise(exercise.name)
        known[exercise.name] = {
            check.name: frozenset(c.call.function for c in content.cases(check))
            for check in content.checks
        }
    return known


def _exercises(name: str, known: Functions) -> list[str]:
    return [e for e, checks in known.items() if any(name in f for f in checks.values())]


def _defined(known: Functions) -> list[Callable[..., Any]]:
    """Return what is defined by now of all that the course asks for."""
    session = notebook_session.names()
    every = {name for checks in known.values() for f in checks.values() for name in f}
    found = [session[name] for name in sorted(every) if callable(session.get(name))]
    if not found:
        raise SubmissionError(
            "there is nothing to check yet. Define a function of the course, such as "
            f"{sorted(every)[0]}, and run its cell"
        )
    return found


def _asked(function: object, known: Functions) -> Asked:
    if isinstance(function, str):
        raise SubmissionError(f"pass the function, not its name: check({function})")
    if not callable(function):
        raise SubmissionError(
            f"a function is wanted, not {_a(function)}: check(conv2d), not "
            "check(conv2d(...))"
        )
    name = _name(function, known)
    found = _exercises(name, known)
    if len(found) > 1:
        raise SubmissionError(
            f"{name} belongs to {' and '.join(found)}. Say which one is meant: "
            f"check({name}, exercise={found[0]!r})"
        )
    return Asked(found[0], name, notebook_session.place_of(function, name))


def _name(function: Callable[..., Any], known: Functions) -> str:
    """Return what the course calls a function, which may be a lambda with a name."""
    own = str(getattr(function, "__name__", "it"))
    bound = [n for n, v in notebook_session.names().items() if v is function]
    for name in (own, *bound):
        if _exercises(name, known):
            return name
    every = sorted({n for checks in known.values() for f in checks.values() for n in f})
    if own == "<lambda>":
        raise SubmissionError("a lambda has no name: define it with def, as the course")
    near = did_you_mean(own, every)
    few = every if len(every) <= 8 else [*every[:8], "…"]
    raise SubmissionError(
        f"the course asks for no function {own!r}"
        + (near or f". It asks for {', '.join(few)}")
    )


def _a(value: object) -> str:
    kind = type(value).__name__
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def _display(report: Report) -> None:
    from grader.report import text  # noqa: PLC0415

    plain = text.render(report)
    if notebook_session.shell() is None:
        sys.stdout.write(plain)
        return
    from grader.report import html  # noqa: PLC0415

    # A terminal shows the one, a notebook the other.
    show_both = importlib.import_module("IPython.display").display
    show_both({"text/html": html.fragment(report), "text/plain": plain}, raw=True)


def _say(line: str) -> None:
    sys.stderr.write("".join(c if c.isprintable() else repr(c)[1:-1] for c in line))
    sys.stderr.write("\n")
