"""Prove that submissions whose verdict is known get it, and the cause that is theirs.

``tests/submissions/<exercise>/<verdict>/<name>.py`` is handed in as ``<exercise>.py``.
Its header says which beliefs must be named, over all its checks::

    # names: stride-ignored, bias-forgotten
    # names: nothing

In ``tests/submissions/hostile/`` the header says for which exercise it is handed in,
and which verdicts are allowed. PASS is one only for what answers rightly and attacks
besides::

    # exercise: stride
    # verdict: WRONG, TIMEOUT

``@GRADER@`` in it stands for the grader's process, ``@COURSE@`` for the course's
folder.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.catalogue import CATALOGUE
from grader.doctor.files import handed_in
from grader.doctor.files import submissions as folder_of
from grader.doctor.result import Result, report
from grader.errors import did_you_mean
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.course import Exercise
    from grader.doctor.bench import Bench

NAME = "submissions"
HOSTILE = "hostile"
NOTHING = "nothing"

VERDICTS = {
    verdict.value.lower(): verdict
    for verdict in Verdict
    if verdict is not Verdict.INTERNAL
}
_HEADER = re.compile(r"#\s*(names|exercise|verdict)\s*:\s*(.*)")

Problem = tuple[str, str]


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Judge the submissions to one exercise."""
    files = handed_in(bench.course, exercise.name)
    problems: list[Problem] = []
    for file in files:
        bench.tell(f"{exercise.name}: {file.parent.name}/{file.name}")
        problems += _examine(bench, exercise, file)
    met = sorted({file.parent.name for file in files})
    facts = f"{len(files)} get their verdict: {', '.join(met) or 'none'}"
    return report(NAME, exercise.name, facts, problems)


def examine_course(bench: Bench) -> Result:
    """Judge the submissions that attack the grader."""
    files = sorted((folder_of(bench.course) / HOSTILE).glob("*.py"))
    isolation = bench.sandbox.isolation
    sealed = isolation.level == "sealed"
    problems: list[Problem] = []
    for file in files:
        bench.tell(f"hostile: {file.name}")
        problems += _examine_hostile(bench, file, sealed=sealed)
    if files and not sealed:
        note = f"{len(files)} hostile ones are not judged: isolation is {isolation}"
        return report(NAME, "", "headers only", problems, notes=(note,))
    facts = f"{len(files)} hostile ones get an allowed verdict"
    return report(NAME, "", facts, problems)


def header(source: bytes) -> dict[str, list[str]]:
    """Return what the comments of a submission say of it, by their first word."""
    said: dict[str, list[str]] = {}
    for line in source.decode("utf-8", "replace").splitlines():
        match = _HEADER.match(line)
        if match is not None:
            values = [value.strip() for value in match[2].split(",")]
            said.setdefault(match[1], [value for value in values if value])
    return said


def _examine(bench: Bench, exercise: Exercise, file: Path) -> Iterator[Problem]:
    where = f"{file.relative_to(bench.course.root)}"
    if file.parent.name not in VERDICTS:
        near = did_you_mean(file.parent.name, VERDICTS)
        known = ", ".join(VERDICTS)
        yield (
            f"{where}: {file.parent.name!r} is no verdict{near}",
            f"Rename the folder. Known: {known}.",
        )
        return
    expected = VERDICTS[file.parent.name]
    source = file.read_bytes()
    result = bench.judge_fairly(exercise, source, bench.seeds[0], {expected})
    if result.verdict is not expected:
        messages = (c.message for c in result.checks if c.verdict is result.verdict)
        yield (
            f"{where} gets {result.verdict.value}: "
            f"{next(messages, '') or 'every check is passed'}",
            "Mend the submission or the suite, or move the file.",
        )
        return
    named = {id_ for check in result.checks for id_ in check.misconceptions}
    yield from _named(where, header(source).get("names"), named)


def _named(
    where: str, names: Sequence[str] | None, named: set[str]
) -> Iterator[Problem]:
    if names is None:
        if named:
            yield (
                f"{where} does not say what is named: {', '.join(sorted(named))}",
                "Begin it with `# names: …`.",
            )
        return
    wanted = set(names) - {NOTHING}
    for id_ in sorted(wanted - set(CATALOGUE)):
        near = did_you_mean(id_, CATALOGUE)
        yield f"{where}: unknown misconception {id_!r}{near}", "Mend the header."
        return
    if wanted != named:
        yield (
            f"{where}: named is {', '.join(sorted(named)) or NOTHING}, "
            f"not {', '.join(sorted(wanted)) or NOTHING}",
            "Mend the suite's misconceptions, or the header.",
        )


def _examine_hostile(bench: Bench, file: Path, *, sealed: bool) -> Iterator[Problem]:
    where = f"{file.relative_to(bench.course.root)}"
    source = file.read_bytes()
    said = header(source)
    names = {exercise.name: exercise for exercise in bench.course.exercises}
    allowed = [VERDICTS.get(name.lower()) for name in said.get("verdict", [])]
    if not allowed or None in allowed:
        yield (
            f"{where} does not say which verdicts are allowed",
            "Begin it with `# verdict: WRONG` or several, separated by commas.",
        )
        return
    exercise = names.get(said.get("exercise", [""])[0])
    if exercise is None:
        yield (
            f"{where} does not say for which exercise it is handed in",
            "Begin it with `# exercise: …`.",
        )
        return
    if not sealed:
        return  # nothing would hold it
    source = source.replace(b"@GRADER@", str(os.getpid()).encode())
    source = source.replace(b"@COURSE@", os.fsencode(bench.course.root))
    limits = replace(
        bench.course.limits, import_seconds=1, call_seconds=0.5, submission_seconds=2
    )
    result = bench.judge_fairly(
        exercise, source, bench.seeds[0], allowed, limits=limits
    )
    if result.verdict not in allowed:
        yield (
            f"{where} gets {result.verdict.value}, allowed is "
            f"{', '.join(said['verdict'])}",
            "The sandbox or the judge lets it through: mend that.",
        )
