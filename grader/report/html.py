"""The report as a page for a browser: one file, without a script, loading nothing.

`render` gives a whole page, `fragment` a part of one: for a notebook, or for a page
on many reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from grader.report.html_check import badge, checks, earned
from grader.report.html_nodes import node, written
from grader.report.html_style import fragment_style, page_style
from grader.report.text import next_step, points

if TYPE_CHECKING:
    from grader.report.html_nodes import Node
    from grader.verdict import ExerciseResult, Report

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Whatever a submission may have said: nothing runs, and nothing is loaded."""
_SLOT = "<slot></slot>"
"""Where something goes that is written by itself; no text can hold it, since text is
escaped."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a page is made from one exercise alone, as HTML.

    Parameters
    ----------
    line : str
        Its line in the overview.
    section : str
        All that there is to say.
    """

    line: str
    section: str


def part(exercise: ExerciseResult) -> Part:
    """Return an exercise's part of a page."""
    return Part(_line(exercise), _section(exercise, level=2, anchor=True))


def render(report: Report, *, note: Node | None = None) -> str:
    """Return the report as a whole page.

    Parameters
    ----------
    report : Report
        What the judge said.
    note : Node, optional
        What else is to be said of the points.
    """
    before, between, after = frame(report, note=note)
    parts = [part(exercise) for exercise in report.exercises]
    lines = [each.line for each in parts] if has_overview(report) else []
    sections = [each.section for each in parts]
    return "".join([before, *lines, between, *sections, after])


def frame(report: Report, *, note: Node | None = None) -> tuple[str, str, str]:
    """Return a page without its exercises' parts.

    Whoever writes the pages of a class remembers those, since most students share
    most results.

    Parameters
    ----------
    report, note
        As in `render`.

    Returns
    -------
    before : str
        What stands before the lines of the overview.
    between : str
        What stands after them, before the sections.
    after : str
        What ends the page.
    """
    pieces = _pieces(overview=has_overview(report))
    score = f"{points(report.score)} of {points(report.max_score)} points"
    title = written(node("title", f"{report.course}: {score}"))
    summary = _summary(report, node("h1", report.course), next_step(report))
    if note is not None:
        summary.append(note)
    before = "".join([pieces[0], title, pieces[1], written(summary), pieces[2]])
    between = pieces[3] if has_overview(report) else ""
    return before, between, pieces[-1]


@cache
def _pieces(*, overview: bool) -> tuple[str, ...]:
    """Return what is the same on all pages.

    Between the pieces stand the title, the summary, the lines of the overview where
    there is one, and the exercises.
    """
    body = node(
        "div",
        node("slot"),
        _overview() if overview else None,
        node("main", node("slot")),
    )
    body.set("class", "grader-report")
    head = node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=POLICY),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("meta", name="color-scheme", content="light dark"),
        node("slot"),
        _style(page_style()),
    )
    page = node("html", head, node("body", body), lang="en")
    return tuple(f"<!doctype html>\n{written(page)}\n".split(_SLOT))


def has_overview(report: Report) -> bool:
    """Tell whether there are exercises enough for a page to begin with their lines."""
    return len(report.exercises) > 1


def fragment(report: Report, *, level: int = 2) -> str:
    """Return the report as one element, to stand in a notebook or another page.

    It brings its style, which reaches nothing else, and has no ids: any number of
    them may stand in one page.

    Parameters
    ----------
    report : Report
        What the judge said.
    level : int
        The level of the exercises' headings; those of checks are one below.
    """
    made = node(
        "section",
        _style(fragment_style()),
        # What comes next is for the page around it to say, unless it is the end.
        _summary(report, None, "" if report.exit_code == 1 else next_step(report)),
        node("slot"),
        aria_label=f"Results: {report.course}",
    )
    made.set("class", "grader-report")
    exercises = [_section(e, level=level, anchor=False) for e in report.exercises]
    return written(made).replace(_SLOT, "".join(exercises)) + "\n"


def _style(text: str) -> Node:
    made = node("style")
    made.text = text
    return made


def _summary(report: Report, title: Node | None, then: str) -> Node:
    of = f" of {points(report.max_score)} points"
    total = node("p", node("strong", points(report.score)), of, class_="total")
    judged = f"Judged {report.mode}, seed {report.seed}, isolation: {report.isolation}"
    return node(
        "header",
        title,
        total,
        _bar(report),
        node("p", then) if then else None,
        node("p", judged, class_="facts soft"),
        class_="summary",
    )


def _bar(report: Report) -> Node | None:
    """Return the points as a bar; the number above says the same."""
    score, most = report.score, report.max_score
    if score is None or not most:
        return None
    share = 100 * score / most
    filled = node("span", style=f"width: {share:.4g}%")
    return node("div", filled, class_="bar", aria_hidden="true")


def _overview() -> Node:
    return node("nav", node("ul", node("slot")), aria_label="Exercises")


def _line(exercise: ExerciseResult) -> str:
    link = node(
        "a",
        badge(exercise.verdict),
        node("span", exercise.title, class_="title"),
        earned(exercise.score, exercise.max_score),
        href=f"#{_anchor(exercise)}",
    )
    return written(node("li", link))


def _anchor(exercise: ExerciseResult) -> str:
    return f"exercise-{exercise.name}"


def _section(exercise: ExerciseResult, *, level: int, anchor: bool) -> str:
    title = node(
        f"h{level}",
        exercise.title,
        node("span", exercise.source or f"{exercise.name}.py", class_="file"),
    )
    made = node(
        "section",
        node("header", title, earned(exercise.score, exercise.max_score)),
        class_="exercise",
        aria_label=exercise.title,
    )
    if anchor:
        made.set("id", _anchor(exercise))
    made.append(checks(exercise.checks, f"h{level + 1}"))
    return written(made)
