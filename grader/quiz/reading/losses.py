"""What a learning system would lose of a file, as far as the file itself shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.reading import Contents, Item

SYSTEMS = {
    "Moodle": ("moodle", "gift"),
    "Canvas": ("canvas",),
    "Canvas New Quizzes": ("canvas",),
    "Brightspace": ("brightspace",),
    "PrairieLearn, Sakai, ILIAS": ("canvas",),
    "OpenOlat, Blackboard, TAO": ("qti21",),
    "QTI 3.0 platforms": ("qti30",),
    "quiz grade": ("json",),
}
"""Which formats each system takes."""

IN_PART = {
    "qti21": {
        "Canvas": (
            "every question counts one point, typed numbers are compared as text, "
            "where one of several statements is right only one can be ticked, and "
            "what is said to an answer is lost"
        ),
        "Canvas New Quizzes": (
            "all variants of a pool are asked, questions with several blanks are "
            "refused, and feedback is lost"
        ),
    }
}
"""Which systems take a format that is not meant for them, and what they make of it."""

FRACTIONS = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20,
    16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0,
)  # fmt: skip
"""The percentages that Moodle lists, deductions likewise."""

OURS = ("single", "multiple", "numeric", "cloze")
ALMOST = 0.999  # shares are rounded to a few decimals
CANVAS_POOL = 100
NEW_QUIZZES = 1000


@dataclass(frozen=True, slots=True)
class Loss:
    """What happens to a question, or to the whole file when `title` is empty."""

    title: str
    what: str


def takers(form: str) -> list[str]:
    """Return the systems that take a format."""
    return [name for name, forms in SYSTEMS.items() if form in forms]


def losses(contents: Contents, system: str) -> tuple[Loss, ...]:
    """Return what a system that takes the file would lose of it."""
    return tuple(_all(contents, system))


def remarks(contents: Contents) -> Iterator[str]:
    """Yield what else to know: nothing that a better file could change."""
    for system, what in IN_PART.get(contents.format, {}).items():
        yield f"{system} reads {contents.format} in part: {what}"
    if contents.format != "canvas":
        return
    if any(item.type == "cloze" for item in contents.items):
        yield (
            "Canvas compares blanks as text: a number that is written in a way that "
            "the file does not list, such as 6.250, is wrong. PrairieLearn takes the "
            "first way alone, and no response with an empty blank"
        )
    if any(item.figures for item in contents.items):
        yield (
            "PrairieLearn shows the figures of a question, not those that its worked "
            "solution may hold"
        )
    if any(map(_is_a_fraction, contents.items)):
        yield (
            "PrairieLearn takes a number with decimals or a tolerance as right within "
            "1 % more than the file allows"
        )


def _is_a_fraction(item: Item) -> bool:
    """Tell whether a number is asked for that has decimals or a tolerance."""
    return item.type == "numeric" and any(
        answer.tolerance or "." in answer.text for answer in item.answers
    )


def _all(contents: Contents, system: str) -> Iterator[Loss]:
    if not contents.items:
        yield Loss("", "the file has no questions")
    titles = Counter(item.title for item in contents.items)
    for item in contents.items:
        if not item.title:
            yield Loss(item.prompt[:60], "it has no title")
        elif titles[item.title] > 1:
            yield Loss(item.title, "another question has the same title")
        if not _full_marks(item):
            yield Loss(item.title, "no answer earns full marks")
        if system == "Moodle":
            yield from _moodle(item)
    if system.startswith("Canvas"):
        yield from _canvas(contents, system)


def _full_marks(item: Item) -> bool:
    """Tell whether somebody who knows everything earns everything."""
    if item.unscored:
        return item.type == "essay"
    if item.type == "multiple":
        return sum(max(a.fraction, 0) for a in item.answers) > ALMOST
    if item.type in OURS:
        best: dict[int, float] = {}
        for answer in item.answers:
            best[answer.blank] = max(answer.fraction, best.get(answer.blank, 0.0))
        # Moodle counts a blank as a whole, QTI as its share of the question.
        return min(best.values()) > 0 and sum(best.values()) > ALMOST
    return True


def _canvas(contents: Contents, system: str) -> Iterator[Loss]:
    for item in contents.items:
        if item.type not in (*OURS, "essay"):
            yield Loss(item.title, f"the type {item.type} may not be understood")
    pools = Counter(item.pool for item in contents.items if item.pool)
    for pool, count in pools.items():
        if count > CANVAS_POOL and system == "Canvas":
            yield Loss(pool, f"a group of {count:,} variants imports very slowly")
    count = len(contents.items)
    if count > NEW_QUIZZES and system == "Canvas New Quizzes":
        yield Loss("", f"{count:,} questions may be more than one import takes")


def _moodle(item: Item) -> Iterator[Loss]:
    for answer in item.answers:
        percent = abs(answer.fraction) * 100
        if not any(abs(percent - listed) < 0.001 for listed in FRACTIONS):
            shown = f"{answer.fraction * 100:.5g}"
            yield Loss(item.title, f"it is dropped: {shown} % is no fraction of Moodle")
            return
