"""The page of a class: one file, self-contained, first of all what it believes."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from grader.classroom import page_charts as charts
from grader.classroom.beliefs import beliefs, results_of
from grader.classroom.marks import show
from grader.classroom.page_facts import facts
from grader.errors import GraderError
from grader.quiz import pages
from grader.report.html_nodes import node, written
from grader.report.html_picture import figures
from grader.report.html_style import fragment_style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.classroom.handin import Student
    from grader.classroom.marks import Mark, Marks
    from grader.classroom.page_facts import CheckFacts, Facts
    from grader.classroom.similar import Similar
    from grader.course import Course
    from grader.grading import Grading
    from grader.picture import Picture

TOP = 8
_MOST = {"most_concerns": 30, "most_failures": 40, "most_alike": 12}


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark in the table: its text, and the class that gives its tone."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One student in the table."""

    student: Student
    kinds: str
    total: str
    marks: tuple[Cell, ...]
    days: int
    beliefs: int
    cpu: str
    notes: str


def need() -> None:
    """Load what the page needs; complain kindly where a package is missing.

    Raises
    ------
    GraderError
        With the command that installs it.
    """
    _jinja()
    _template()
    charts.need()


def render(
    course: Course,
    found: Sequence[Marks],
    *,
    links: Mapping[str, str],
    similar: Similar | None = None,
    notes: Sequence[str] = (),
) -> str:
    """Return the page.

    Parameters
    ----------
    course : Course
        The course.
    found : sequence of Marks
        The class.
    links : mapping of str to str
        By the student's id, where their report lies as seen from the page.
    similar : Similar, optional
        What is alike; None where nothing was compared.
    notes : sequence of str
        What the instructor should know first.

    Raises
    ------
    GraderError
        If jinja2 or matplotlib is missing.
    """
    counted = facts(found)
    titles = {exercise.name: exercise.title for exercise in course.exercises}
    names = [mark.exercise for mark in found[0].marks] if found else []
    script = _text("class.js")
    ordered = sorted(found, key=lambda each: _by_name(each.graded.student))
    safe = import_module("markupsafe").Markup  # ours, and not escaped twice
    return str(
        _template().render(
            title=course.title,
            styles=safe(
                pages.asset("common.css") + fragment_style() + _text("class.css")
            ),
            script=safe(script),
            script_digest=_digest(script),
            facts=counted,
            beliefs=beliefs(each.graded for each in found),
            charts={k: safe(v) for k, v in _charts(course, found, counted).items()},
            hardest=_hardest(counted),
            exercises=names,
            titles=titles,
            names=names,
            rows=[_row(each) for each in ordered],
            unnumbered=counted.students - len(counted.totals),
            by_id={each.graded.student.id: each.graded.student for each in found},
            links=links,
            similar=similar,
            notes=notes,
            rules=_rules(course.grading),
            cpu_total=sum(seconds for _, seconds in counted.cpu),
            top=TOP,
            **_MOST,
        )
    )


def _jinja() -> Any:
    try:
        return import_module("jinja2")
    except ImportError:
        raise GraderError(
            "the page of the class needs jinja2. Run: pip install jinja2 matplotlib"
        ) from None


@cache
def _template() -> Any:
    jinja = _jinja()
    made = jinja.Environment(
        loader=jinja.FunctionLoader(_text),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        keep_trailing_newline=True,
    )
    made.filters["points"] = show
    made.filters["percent"] = _percent
    made.filters["code"] = _code
    made.filters["drawn"] = _drawn
    return made.get_template("class.html")


def _code(claim: str) -> Any:
    """Return a text whose `names` are set as code."""
    markup = import_module("markupsafe")
    safe = str(markup.escape(claim))
    return markup.Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", safe))


def _drawn(picture: Picture) -> Any:
    """Return the drawing of a report, which escapes what it is made of itself."""
    drawn = written(node("div", *figures(picture)))
    return import_module("markupsafe").Markup(drawn)


def _text(name: str) -> str:
    folder = files("grader.classroom.templates")
    return folder.joinpath(name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    """Return what lets this script run on the page, and no other one."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _by_name(student: Student) -> tuple[str, str]:
    """Return a key that sorts É beside E, as people do."""
    parts = unicodedata.normalize("NFKD", student.name.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)), student.id


def _percent(points: float, most: float) -> str:
    return f"{100 * points / most:.0f} %" if most else show(points)


def _charts(course: Course, found: Sequence[Marks], counted: Facts) -> dict[str, str]:
    made = dict.fromkeys(("distribution", "exercises", "times", "arrivals"), "")
    if counted.totals:
        made["distribution"] = charts.distribution(counted.totals, counted.most)
    if counted.exercises:
        made["exercises"] = charts.exercises(counted.exercises, counted.students)
    if any(seconds for _, seconds in counted.cpu):
        made["times"] = charts.times([seconds for _, seconds in counted.cpu])
    moments = [e.graded.submitted_at for e in found if e.graded.submitted_at]
    known = [m for m in moments if m.tzinfo is not None]
    due = set(course.grading.due.values())
    if known and len(due) == 1:
        made["arrivals"] = charts.arrivals(known, due.pop())
    return made


def _hardest(counted: Facts) -> list[CheckFacts]:
    """Return the checks that most of those who tried did not pass."""
    checks = [
        c for e in counted.exercises for c in e.checks if c.tried and c.passed < 1
    ]
    return sorted(checks, key=lambda c: (c.passed, c.exercise, c.name))[:TOP]


def _row(each: Marks) -> Row:
    graded = each.graded
    days = max((mark.days_late for mark in each.marks), default=0)
    held = {name for result in results_of(graded) for name in result.misconceptions}
    notes = ([graded.problem] if graded.problem else []) + list(each.notes)
    return Row(
        student=graded.student,
        kinds=each.status + (" late" if days or graded.late else ""),
        total=show(each.total),
        marks=tuple(_cell(mark) for mark in each.marks),
        days=days,
        beliefs=len(held),
        cpu=f"{graded.cpu_seconds:.1f}",
        notes="; ".join(notes),
    )


def _cell(mark: Mark) -> Cell:
    if mark.points is None:
        return Cell("–", " p")
    tone = " z" if not mark.points else "" if mark.points < mark.max_points else " f"
    text = show(mark.points)
    return Cell(f"({text})" if mark.left_out else text, tone)


def _rules(rules: Grading) -> str:
    said = []
    if rules.due and rules.late.percent_per_day:
        said.append(
            f"Late: {rules.late.percent_per_day:g} percent of the points less for each "
            "day begun."
        )
    if rules.drop_lowest:
        said.append(
            f"Up to {rules.drop_lowest} of the lowest exercises are left out where "
            "that helps; the others then stand for them."
        )
    return " ".join(said)
