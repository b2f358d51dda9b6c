"""The points of one student as they read them: a text, and a part of their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.marks import show
from grader.report.html_nodes import node

if TYPE_CHECKING:
    from grader.classroom.marks import Mark, Marks
    from grader.report.html_nodes import Node

_LEFT_OUT = "What is left out does not count; the rest stands for it."


def marks_text(each: Marks) -> str:
    """Return the points of one student as they read them."""
    graded = each.graded
    lines = [" ".join(graded.student.name.split()), ""]
    if each.status == "refused":
        problem = graded.problem or "no reason is known"
        lines.append(f"Your hand-in could not be taken: {problem}.")
        lines.append("It has no points yet. Please ask your instructor.")
        return "\n".join(lines) + "\n"
    if each.status == "failed":
        lines += ["The grader itself failed on a part of your hand-in.", ""]
    width = max(len(mark.exercise) for mark in each.marks)
    for mark in each.marks:
        points = "no points yet" if mark.points is None else show(mark.points)
        line = f"{mark.exercise:{width}}  {points} of {show(mark.max_points)}"
        if mark.days_late and mark.earned:
            line += f"  ({show(mark.earned)} before being late by {_days(mark)} begun)"
        lines.append(line + ("  (left out)" if mark.left_out else ""))
    total = "no total yet" if each.total is None else show(each.total)
    lines += ["", f"{'total':{width}}  {total} of {show(each.max_points)}"]
    if any(mark.left_out for mark in each.marks):
        lines.append(_LEFT_OUT)
    return "\n".join(lines) + "\n"


def after_rules(each: Marks) -> Node | None:
    """Return what counts, with the reasons, for a page that shows what was earned.

    None where nothing was taken off and nothing left out: there the page says it all.
    """
    changed = [mark for mark in each.marks if mark.left_out or _lost(mark)]
    if not changed or each.graded.report is None:
        return None
    titles = {result.name: result.title for result in each.graded.report.exercises}
    lines = [
        node("li", f"{titles.get(mark.exercise, mark.exercise)}: {_counted(mark)}")
        for mark in changed
    ]
    said = "What counts, after the rules of the course: "
    total = "no total yet" if each.total is None else show(each.total)
    return node(
        "section",
        node("p", said, node("strong", total), f" of {show(each.max_points)} points"),
        node("ul", *lines),
        node("p", _LEFT_OUT) if any(mark.left_out for mark in changed) else None,
        node("p", "Below are the points of your answers themselves.", class_="soft"),
        aria_label="What counts",
        class_="hint",
    )


def _lost(mark: Mark) -> bool:
    return bool(mark.earned) and mark.points != mark.earned


def _counted(mark: Mark) -> str:
    """Return what is left of the points of an exercise, and why."""
    text = f"{show(mark.points)} of {show(mark.max_points)}"
    if mark.earned and mark.points is not None and _lost(mark):
        share = 100 * (1 - mark.points / mark.earned)
        text += f", which is {show(mark.earned)} less {show(share)} percent"
        text += f" for being late by {_days(mark)} begun"
    return f"{text} (left out)" if mark.left_out else text


def _days(mark: Mark) -> str:
    return "1 day" if mark.days_late == 1 else f"{mark.days_late} days"
