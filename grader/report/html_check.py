"""The checks of an exercise in the HTML report: verdicts, and why not passed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from grader.report.html_nodes import node, prose, unseen
from grader.report.html_picture import figures
from grader.report.text import SAME_CAUSE, points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.report.html_nodes import Node
    from grader.verdict import CheckResult, Finding

WORDS = {
    Verdict.PASS: ("✓", "right"),
    Verdict.WRONG: ("✗", "wrong"),
    Verdict.ERROR: ("!", "error"),
    Verdict.TODO: ("○", "to do"),
    Verdict.TIMEOUT: ("✗", "timed out"),
    Verdict.CRASH: ("!", "crashed"),
    Verdict.SKIP: ("–", "waits"),
    Verdict.INTERNAL: ("?", "our fault"),
}
LONG = 3
"""So many checks in a row that are right, wait or are not begun are folded."""

_HIDES = (Verdict.WRONG, Verdict.ERROR)
_QUIET = (Verdict.PASS, Verdict.TODO, Verdict.SKIP)


def badge(verdict: Verdict) -> Node:
    """Return the verdict as a mark and a word."""
    mark, word = WORDS[verdict]
    return node(
        "span",
        node("b", mark, aria_hidden="true"),
        word,
        class_=f"badge {verdict.value.lower()}",
    )


def earned(score: float | None, of: float) -> Node:
    """Return points, such as ``3 of 4``."""
    return node(
        "span",
        f"{points(score)} of {points(of)}",
        unseen(" points"),
        class_="points",
    )


def checks(results: Sequence[CheckResult], heading: str) -> Node:
    """Return the checks of an exercise as a list, in their order.

    Parameters
    ----------
    results : sequence of CheckResult
        The checks.
    heading : str
        The tag of a heading, such as ``h3``.
    """
    made = node("ol")
    told: list[Finding] = []
    for _, group in groupby(results, key=_kind):
        run = list(group)
        items = []
        for result in run:
            items.append(_check(result, told, heading))
            told += [result.finding] if result.finding is not None else []
        if len(run) >= LONG and run[0].verdict in _QUIET:
            items = [_folded(run, items)]
        made.extend(items)
    return made


def _kind(result: CheckResult) -> tuple[Verdict, Finding | None]:
    return result.verdict, result.finding


def _folded(run: Sequence[CheckResult], items: Iterable[Node]) -> Node:
    """Return checks of which all is said in one line, folded."""
    finding, said = run[0].finding, f"{len(run)} checks"
    if finding is not None and finding.problem.startswith("waits for"):
        said += finding.problem.replace("waits", " wait", 1)
    elif finding is not None:
        said += f": {finding.problem}"
    summary = node(
        "summary",
        badge(run[0].verdict),
        node("span", *prose(said), class_="claim count"),
        earned(
            sum(result.score or 0 for result in run),
            sum(result.max_score for result in run),
        ),
        class_="line",
    )
    return node("li", node("details", summary, node("ol", *items)), class_="check run")


def _check(result: CheckResult, told: Sequence[Finding], heading: str) -> Node:
    """Return a check as an item of a list; `told` is what was said above it."""
    finding = result.finding
    if finding in told[-1:]:
        finding = None  # the same news for every check is told once
    tag = "p" if result.verdict in _QUIET else heading
    line = node(
        "div",
        badge(result.verdict),
        node(tag, *prose(result.claim), class_="claim"),
        earned(result.score, result.max_score),
        class_="line",
    )
    if finding is None:
        return node("li", line, class_="check")
    known = bool(finding.hint) and any(finding.hint == f.hint for f in told)
    return node("li", line, _finding(result, finding, known=known), class_="check told")


def _finding(result: CheckResult, finding: Finding, *, known: bool) -> Node:
    problem = node("p", class_="problem")
    if result.visibility == "hidden" and result.verdict in _HIDES:
        problem.append(node("span", "Hidden inputs: ", class_="soft"))
    problem.append(node("span", *prose(finding.problem)))
    if known:
        problem.append(node("span", f" · {SAME_CAUSE}", class_="soft"))
    made = node("div", problem, class_="finding")
    if finding.hint and not known:
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
        lines = [node("span", line) for line in finding.working]
        for line in lines:
            line.tail = "\n"
        made.append(node("pre", *lines, class_="aligned"))
    return made
