"""The report as GitHub-flavoured markdown: for job summaries and comments.

Nothing that a submission says can become markup. What comes from it, or quotes it,
stands in a fenced block whose fence is longer than any run of backticks within; every
other text is escaped, and may keep only its code spans.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.report.text import MARKS, SAME_CAUSE, points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.verdict import CheckResult, ExerciseResult, Finding, Report

# Everywhere; at the start, where a heading, a list or a rule would begin; and where a
# bare address would become a link.
_MARKUP = re.compile(
    r"[\\`*_\[\]<>&|~$@]|^[#+=-]|:(?=//)|(?<=www)\.",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\d+(?=[.)])")
_BACKTICKS = re.compile(r"`+")
_HIDDEN = "hidden inputs"
_WAITS = (Verdict.SKIP, Verdict.TODO)


def render(report: Report) -> str:
    """Return the report as markdown: a table of exercises, then what is open."""
    blocks = [
        f"# {inline(report.course)}: {_score(report)}",
        _table(report.exercises),
        *(_open(e) for e in report.exercises if e.verdict is not Verdict.PASS),
        _closing(report),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def inline(text: str) -> str:
    r"""Return a text on one line that markdown shows as it is, with its code spans.

    Examples
    --------
    >>> inline("moves by `stride` *cells*")
    'moves by `stride` \\*cells\\*'
    """
    line = _one_line(text).strip()
    parts = line.split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return _escaped(line)  # not every backtick has a partner
    return "".join(
        f"`{part}`" if number % 2 else _escaped(part)
        for number, part in enumerate(parts)
    )


def fenced(lines: Iterable[str]) -> str:
    """Return lines as a block that none of them can end."""
    shown = [_one_line(line) for line in lines]
    longest = max((len(run) for run in _BACKTICKS.findall("\n".join(shown))), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *shown, fence])


def _table(exercises: Iterable[ExerciseResult]) -> str:
    rows = ["| exercise | points | |", "|:--|--:|:--|"]
    for exercise in exercises:
        mark = MARKS[exercise.verdict][0]
        rows.append(
            f"| {_escaped(_one_line(exercise.title))} | {_score(exercise)} | {mark} |"
        )
    return "\n".join(rows)


def _open(exercise: ExerciseResult) -> str:
    blocks = [f"## {inline(exercise.title)}: {_score(exercise)}"]
    told: list[Finding] = []
    for check in exercise.checks:
        blocks.append(_check(check))
        finding = check.finding
        if finding is not None and finding not in told[-1:]:
            blocks += _indented(_finding(check, finding, told))
            told.append(finding)
    return "\n\n".join(blocks)


def _check(check: CheckResult) -> str:
    mark = MARKS[check.verdict][0]
    worth = f"{points(check.score)}/{points(check.max_score)}"
    return f"- **{mark}** {inline(check.claim)} ({worth})"


def _finding(check: CheckResult, finding: Finding, told: list[Finding]) -> list[str]:
    if check.verdict in _WAITS:
        return [inline(finding.problem)]
    lines = [finding.call, finding.problem]
    if check.visibility == "hidden":
        lines.insert(0, _HIDDEN)
    if finding.student is not None:
        lines += [finding.student.place, finding.student.source]
    blocks = [fenced(line for line in (*lines, *finding.working) if line)]
    if finding.hint and any(finding.hint == before.hint for before in told):
        blocks.append(SAME_CAUSE)
    elif finding.hint:
        blocks.append(inline(finding.hint))
    return blocks


def _indented(blocks: Iterable[str]) -> list[str]:
    """Keep blocks within their bullet: by two spaces, since four would be code."""
    return ["\n".join(f"  {line}" for line in block.split("\n")) for block in blocks]


def _closing(report: Report) -> str:
    run = f"{report.mode}, seed {report.seed}, isolation: {report.isolation}"
    said = inline(run)
    if report.exit_code == 3:
        return (
            "**The grader itself failed: this is not your fault. Tell your teacher.**"
            f"\n\n{said}"
        )
    return said


def _score(result: Report | ExerciseResult) -> str:
    return f"{points(result.score)}/{points(result.max_score)}"


def _one_line(text: str) -> str:
    """Return the text with what is not printable as escapes, line ends too."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\g<0>\\", _MARKUP.sub(r"\\\g<0>", text))
