"""What a class's responses say about each question and about the class."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from grader.catalogue import CATALOGUE
from grader.quiz.question import show
from grader.quiz.scoring import believed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.scoring import Graded, Item

RIGHT, OTHER, NOTHING = "right", "another answer", "no answer"


@dataclass(frozen=True, slots=True)
class QuestionStats:
    """One question over the class.

    Parameters
    ----------
    title : str
        The question.
    answered : int
        How many students answered it.
    difficulty : float
        The mean share of its points; 1 is easy.
    discrimination : float or None
        The point-biserial correlation between this question and the points of all
        other questions; ``None`` when either does not vary.
    answers : tuple of (str, int)
        How many were right, held which misconception, or answered otherwise; the
        most frequent first.
    """

    title: str
    answered: int
    difficulty: float
    discrimination: float | None
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """A misconception and how many hold it."""

    name: str
    belief: str
    remedy: str
    answers: int
    students: int


@dataclass(frozen=True, slots=True)
class ClassStats:
    """Everything the statistics say."""

    students: int
    most: float
    scores: tuple[float, ...]
    questions: tuple[QuestionStats, ...]
    beliefs: tuple[Belief, ...]


def statistics(graded: tuple[Graded, ...]) -> ClassStats:
    """Return the statistics of a graded class."""
    beliefs = [
        Belief(
            name,
            CATALOGUE[name].belief if name in CATALOGUE else "",
            CATALOGUE[name].remedy if name in CATALOGUE else "",
            answers,
            students,
        )
        for name, answers, students in believed(graded)
    ]
    pools = dict.fromkeys(item.pool for one in graded for item in one.items)
    return ClassStats(
        students=len(graded),
        most=max(one.most for one in graded),
        scores=tuple(one.points for one in graded),
        questions=tuple(_question(pool, graded) for pool in pools),
        beliefs=tuple(beliefs),
    )


def _question(pool: str, graded: tuple[Graded, ...]) -> QuestionStats:
    pairs = [(one, item) for one in graded for item in one.items if item.pool == pool]
    shares = [item.mark.share for _, item in pairs]
    rest = [one.points - item.points for one, item in pairs]
    counts = Counter(_kind(item) for _, item in pairs)
    return QuestionStats(
        title=pool,
        answered=sum(item.mark.answered for _, item in pairs),
        difficulty=sum(shares) / len(shares),
        discrimination=correlation(shares, rest),
        answers=tuple(counts.most_common()),
    )


def _kind(item: Item) -> str:
    mark = item.mark
    if not mark.answered:
        return NOTHING
    if mark.share == 1:
        return RIGHT
    return " + ".join(sorted(mark.misconceptions)) or OTHER


def correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return Pearson's correlation, point-biserial when one side is 0 or 1.

    Examples
    --------
    >>> correlation([0, 0, 1, 1], [1, 2, 3, 4])
    0.8944271909999159
    >>> correlation([1, 1], [0, 1]) is None
    True
    """
    count = len(left)
    mean_left, mean_right = sum(left) / count, sum(right) / count
    varied = [(x - mean_left, y - mean_right) for x, y in zip(left, right, strict=True)]
    spread = sqrt(sum(x * x for x, _ in varied) * sum(y * y for _, y in varied))
    # Rounding leaves constant sides a spread of about 1e-16, not 0.
    if spread < 1e-12:
        return None
    return max(-1.0, min(1.0, sum(x * y for x, y in varied) / spread))


def as_text(stats: ClassStats) -> str:
    """Return the statistics as tables."""
    mean = sum(stats.scores) / stats.students
    lines = [
        f"{stats.students} students, mean {show(round(mean, 2))} of {show(stats.most)}",
        "",
        "answered  difficulty  discrimination  question",
    ]
    for each in stats.questions:
        value = each.discrimination
        shown = "-" if value is None else f"{value:.2f}"
        lines.append(
            f"{each.answered:>8}  {each.difficulty:>10.2f}  {shown:>14}  {each.title}"
        )
        lines += [f"{count:>42}  {kind}" for kind, count in each.answers]
    if stats.beliefs:
        lines += ["", "What the class believes", "students  answers  misconception"]
    for held in stats.beliefs:
        lines.append(f"{held.students:>8}  {held.answers:>7}  {held.name}")
        lines.append(f"{'':19}{held.belief} {held.remedy}")
    return "\n".join(lines)


def as_csv(stats: ClassStats) -> str:
    """Return a row for each kind of answer to each question."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(
        ["question", "answered", "difficulty", "discrimination", "answer", "count"]
    )
    for each in stats.questions:
        value = each.discrimination
        shown = "" if value is None else f"{value:.4f}"
        for kind, count in each.answers:
            writer.writerow(
                [
                    each.title,
                    each.answered,
                    f"{each.difficulty:.4f}",
                    shown,
                    kind,
                    count,
                ]
            )
    return stream.getvalue()
