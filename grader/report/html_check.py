"""One check in the HTML report: its verdict, and why it was not passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.html_nodes import node, prose, unseen
from grader.report.html_picture import figures
from grader.report.text import SAME_CAUSE, points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.report.html_nodes import Node
    from grader.verdict import CheckResult, Finding

WORDS = {
    Verdict.PASS: ("✓", "right"),
    Verdict.WRONG: ("✗", "wrong"),
    Verdict.ERROR: ("!", "error"),
    Verdict.TODO: ("○", "to do"),
    Verdict.TIMEOUT: ("✗", "too slow"),
    Verdict.CRASH: ("!", "crashed"),
    Verdict.SKIP: ("–", "waits"),
    Verdict.INTERNAL: ("?", "our fault"),
}
_HIDES = (Verdict.WRONG, Verdict.ERROR)


def badge(verdict: Verdict) -> Node:
    """Return the verdict as a mark and a word."""
    mark, word = WORDS[verdict]
    return node(
        "span",
        node("b", mark, aria_hidden="true"),
        word,
        class_=f"badge {verdict.value.lower()}",
    )


def check(result: CheckResult, told: Sequence[Finding], heading: str) -> Node:
    """Return a check as an item of a list.

    Parameters
    ----------
    result : CheckResult
        The check.
    told : sequence of Finding
        What the checks above it said: the same news is told once.
    heading : str
        The tag of a heading, such as ``h3``.
    """
    finding = result.finding
    if finding in told[-1:]:
        finding = None
    passed = result.verdict is Verdict.PASS
    claim = node("p" if passed else heading, *prose(result.claim), class_="claim")
    line = node("div", badge(result.verdict), claim, _points(result), class_="line")
    if finding is None:
        return node("li", line, class_="check")
    known = bool(finding.hint) and any(finding.hint == f.hint for f in told)
    return node("li", line, _finding(result, finding, known=known), class_="check told")


def _points(result: CheckResult) -> Node:
    earned = f"{points(result.score)} of {points(result.max_score)}"
    return node("span", earned, unseen(" points"), class_="points")


def _finding(result: CheckResult, finding: Finding, *, known: bool) -> Node:
    problem = finding.problem
    if result.visibility == "hidden" and result.verdict in _HIDES:
        problem = f"hidden inputs: {problem}"
    made = node("div", node("p", *prose(problem), class_="problem"), class_="finding")
    if known:
        made.append(node("p", SAME_CAUSE, class_="soft"))
    elif finding.hint:
        made.append(node("p", *prose(finding.hint), class_="hint"))
    closer = _closer(finding)
    if closer:
        summary = node("summary", "The call and its numbers")
        folded = node("details", summary, *closer)
        if not known:
            folded.set("open", "")
        made.append(folded)
    return made


def _closer(finding: Finding) -> list[Node]:
    """Return what there is to see: the call, their line, the picture."""
    made = []
    if finding.call:
        made.append(node("pre", node("code", finding.call)))
    said = finding.student
    if said is not None and (said.place or said.source):
        made.append(node("p", f"Your code, {said.place}:", class_="label"))
        if said.source:
            made.append(node("pre", node("code", said.source)))
    if finding.picture is not None:
        made += figures(finding.picture)
    elif finding.working:
        lines = "\n".join(finding.working)
        made.append(node("pre", class_="aligned"))
        made[-1].text = lines
    return made
