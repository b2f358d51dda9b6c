"""Put into words why a check was not passed, withholding what must be withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.contestant import is_todo
from grader.reply import Crashed, Raised, TimedOut
from grader.verdict import Finding, StudentText, Verdict

if TYPE_CHECKING:
    from grader.checks.check import Check
    from grader.checks.diagnose import Diagnosis, Evidence
    from grader.checks.suite import ExerciseSuite
    from grader.submission import Submission

MAX_PROBLEM = 400
MAX_SOURCE = 120


def find(
    suite: ExerciseSuite, check: Check, evidence: Evidence
) -> tuple[Verdict, Finding]:
    """Return the verdict that one failing call gives, and what to say of it.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise.
    check : Check
        The check that was not passed.
    evidence : Evidence
        Its smallest failing call.
    """
    mismatch, reply, call = evidence.mismatch, evidence.reply, evidence.case.call
    if mismatch is None:
        raise ValueError("the call did not fail")
    if is_todo(reply):
        return Verdict.TODO, Finding(f"{call.function} is not written yet")
    verdict = _verdict(evidence)
    if isinstance(reply, Raised) and _does_not_fit(reply):
        problem = f"{call.function} must take {suite.signature(call.function)}"
        return verdict, Finding(problem, call=f"{call.function}(...)")
    if check.visibility == "hidden":
        return verdict, Finding(mismatch.withheld)
    student = _said(reply) if isinstance(reply, Raised) else None
    working = suite.working(evidence.case, mismatch)
    from grader.pictures import draw  # noqa: PLC0415  (only when something is wrong)

    return verdict, Finding(
        problem=printable(mismatch.problem, longest=MAX_PROBLEM),
        call=str(call),
        student=student,
        working=() if working is None else working.lines(),
        picture=draw(suite, evidence, working),
    )


def unread(file: str, submission: Submission) -> tuple[Verdict, Finding]:
    """Return the verdict on an exercise whose file is missing or cannot be taken."""
    if file in submission.problems:
        return Verdict.ERROR, Finding(f"{file} {submission.problems[file]}")
    return Verdict.TODO, Finding(f"there is no {file} in {submission.origin}")


def hint_of(diagnosis: Diagnosis) -> str:
    """Return the hint that the evidence supports; empty without evidence."""
    if not diagnosis.misconceptions:
        return diagnosis.anatomy
    from grader.catalogue import misconception  # noqa: PLC0415  (only when needed)

    known = [misconception(id_) for id_ in diagnosis.misconceptions]
    if len(known) == 1:
        return f"Looks like this: {known[0].belief} {known[0].remedy}"
    first, second = (f"{m.belief} {m.remedy}" for m in known)
    return f"Looks like two mistakes at once. First: {first} Second: {second}"


def _verdict(evidence: Evidence) -> Verdict:
    match evidence.reply:
        case TimedOut():
            return Verdict.TIMEOUT
        case Crashed():
            return Verdict.CRASH
        case Raised():
            return Verdict.ERROR
        case _:
            return Verdict.WRONG


def _does_not_fit(reply: Raised) -> bool:
    """Tell whether the call failed before it reached a line of the student's."""
    return reply.type == "TypeError" and not reply.frames


def _said(reply: Raised) -> StudentText:
    text = f"{reply.type}: {reply.message}" if reply.message else reply.type
    said = printable(text, longest=MAX_PROBLEM)
    if not reply.frames:
        return StudentText(said)
    last = reply.frames[-1]
    # A module's line is written as editors take it, a notebook's as it is found.
    module = last.file.endswith(".py")
    line = f"{last.file}:{last.line}" if module else f"{last.file}, line {last.line}"
    place = f"{line}, in {last.function}"
    return StudentText(
        said,
        printable(place, longest=MAX_SOURCE),
        printable(last.text.strip(), longest=MAX_SOURCE),
    )


def printable(text: str, *, longest: int) -> str:
    """Return the text on one line, cut, with what is not printable escaped.

    What a student's code says must not steer a terminal: escape sequences,
    bidirectional overrides and lone surrogates become backslash escapes, so that
    text can neither hide nor move other text, and fits in XML.
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape").decode("ascii")
        for character in cut
    )
