"""Score a class: points per student, misconceptions per question."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.errors import QuizError, did_you_mean
from grader.quiz.response import Mark, score
from grader.quiz.roster import COLUMN, rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from grader.quiz.key import Key, KeyQuestion

UNANSWERED = Mark(0.0, answered=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One question as one student answered it."""

    pool: str
    question: KeyQuestion
    mark: Mark

    @property
    def points(self) -> float:
        """What it earned."""
        return self.mark.share * self.question.points


@dataclass(frozen=True, slots=True)
class Graded:
    """One student's result."""

    student: str
    items: tuple[Item, ...]

    @property
    def points(self) -> float:
        """What the student earned."""
        return sum(item.points for item in self.items)

    @property
    def most(self) -> float:
        """What could be earned."""
        return sum(item.question.points for item in self.items)

    @property
    def misconceptions(self) -> Counter[str]:
        """How often each belief showed."""
        return Counter(name for i in self.items for name in i.mark.misconceptions)


def grade(key: Key, path: Path) -> tuple[Graded, ...]:
    """Score the responses in a CSV file against a key.

    Raises
    ------
    QuizError
        When the file is not sound, or holds the responses to another quiz.
    """
    table = rows(path)
    columns = tuple(name for name in table[0] if name != COLUMN)
    graded = []
    for row in table:
        questions = key.of(row[COLUMN])
        _check(path, columns, questions)
        graded.append(Graded(row[COLUMN], _items(questions, row)))
    _check_choices(path, key, graded)
    return tuple(graded)


def _check_choices(path: Path, key: Key, graded: list[Graded]) -> None:
    """Complain when most ticked answers are no choices: a key of another seed."""
    ticked = [
        item
        for one in graded
        for item in one.items
        if item.mark.answered and item.question.type == "single"
    ]
    strange = [item for item in ticked if not _is_choice(item)]
    if len(strange) * 2 > len(ticked) and len(strange) > 2:
        example = strange[0]
        raise QuizError(
            f"{path}: {len(strange)} of {len(ticked)} answers are none of the choices, "
            f"such as {example.mark.chosen[0]!r} to {example.question.title!r}. Is the "
            f"key, drawn with seed {key.seed}, the key of these papers?"
        )


def _is_choice(item: Item) -> bool:
    texts = {choice.text for choice in item.question.choices}
    return item.mark.chosen[0] in texts


def _check(path: Path, columns: tuple[str, ...], asked: Iterable[KeyQuestion]) -> None:
    """Complain unless the columns are the questions of the key."""
    titles: dict[str, str] = {question.title: question.pool for question in asked}
    strange = next((name for name in columns if name not in titles), None)
    if strange is not None:
        raise QuizError(
            f"{path}: the key has no question {strange!r}"
            f"{did_you_mean(strange, titles)}. Are these responses to another quiz?"
        )
    found = {titles[name] for name in columns}
    missing = next((pool for pool in titles.values() if pool not in found), None)
    if missing is not None:
        raise QuizError(
            f"{path} has no column for the question {missing!r}. "
            "Are these responses to another quiz?"
        )


def _items(questions: tuple[KeyQuestion, ...], row: dict[str, str]) -> tuple[Item, ...]:
    """Return one item for each pool: the variant that was answered."""
    items: dict[str, Item] = {}
    for question in questions:
        written = row.get(question.title, "")
        known = items.get(question.pool)
        if known is None or (not known.mark.answered and written.strip()):
            mark = score(question, written)
            items[question.pool] = Item(question.pool, question, mark)
    return tuple(items.values())


def believed(graded: Iterable[Graded]) -> list[tuple[str, int, int]]:
    """Return each misconception with its answers and its students, the most first."""
    answers: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for one in graded:
        answers.update(one.misconceptions)
        students.update(set(one.misconceptions))
    order = sorted(answers, key=lambda name: (-students[name], -answers[name], name))
    return [(name, answers[name], students[name]) for name in order]


def short(points: float) -> str:
    """Return points without needless digits."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def as_text(graded: tuple[Graded, ...]) -> str:
    """Return points per student, then misconceptions, as a table."""
    wide = max(len("student"), *(len(one.student) for one in graded))
    lines = [f"{'student':<{wide}}  points"]
    for one in graded:
        unanswered = sum(not item.mark.answered for item in one.items)
        note = f"   ({unanswered} unanswered)" if unanswered else ""
        lines.append(
            f"{one.student:<{wide}}  {short(one.points):>6} / {short(one.most)}{note}"
        )
    rows = believed(graded)
    if rows:
        lines += ["", "students  answers  misconception"]
        lines += [f"{held:>8}  {count:>7}  {name}" for name, count, held in rows]
    return "\n".join(lines)


def as_csv(graded: tuple[Graded, ...]) -> str:
    """Return a row per student: points, one column per question, misconceptions."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    pools = [item.pool for item in graded[0].items]
    writer.writerow(["student", "points", "max_points", *pools, "misconceptions"])
    for one in graded:
        earned = {item.pool: short(item.points) for item in one.items}
        names = "; ".join(
            f"{name} {count}" for name, count in sorted(one.misconceptions.items())
        )
        cells = [earned.get(pool, "") for pool in pools]
        writer.writerow(
            [one.student, short(one.points), short(one.most), *cells, names]
        )
    return stream.getvalue()


def as_json(graded: tuple[Graded, ...]) -> str:
    """Return points per student and counts per misconception as JSON."""
    students = [
        {
            "student": one.student,
            "points": round(one.points, 6),
            "max_points": one.most,
            "questions": [
                {
                    "title": item.pool,
                    "points": round(item.points, 6),
                    "max_points": item.question.points,
                    "misconceptions": list(item.mark.misconceptions),
                }
                for item in one.items
            ],
        }
        for one in graded
    ]
    beliefs = [
        {"id": name, "answers": count, "students": held}
        for name, count, held in believed(graded)
    ]
    whole = {"format_version": 1, "students": students, "misconceptions": beliefs}
    return json.dumps(whole, ensure_ascii=False, indent=1)
