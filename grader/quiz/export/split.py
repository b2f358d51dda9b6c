"""A cloze as single questions, for formats that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.quiz.blocks import text
from grader.quiz.export.typed import right_numbers, wrong_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.question import Question


def split(question: Question) -> Iterator[Question]:
    """Yield a numeric question for each blank; its points are its share.

    Each has the whole prompt, in which the blanks stand with their numbers.
    """
    rights = right_numbers(question)
    points = float(question.points) / len(rights)
    for place, right in enumerate(rights, 1):
        asked = text(f"Which number belongs in blank {place}?")
        yield question._replace(
            id=f"{question.id}-{place}",
            title=f"{question.title}, blank {place}",
            pool=f"{question.pool}, blank {place}",
            type="numeric",
            prompt=(*question.prompt, asked),
            answer=right,
            points=int(points) if points.is_integer() else points,
            wrong=tuple(
                wrong._replace(answer=number)
                for number, wrong in wrong_in(question, place - 1)
            ),
        )
