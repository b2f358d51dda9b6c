"""Typed answers as learning systems want them: one number, or one for each blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.quiz.response import near

if TYPE_CHECKING:
    from grader.quiz.question import Number, Question


def right_numbers(question: Question) -> tuple[Number, ...]:
    """Return the right number of each place where one is typed."""
    answer = question.answer
    given = answer if isinstance(answer, tuple) else (answer,)
    return tuple(number for number in given if isinstance(number, (int, float)))


def wrong_numbers(question: Question) -> tuple[dict[Number, str], ...]:
    """Return, for each place, the wrong numbers that we know and what to say to them.

    A belief that gives the right number in a place says nothing there; beliefs that
    give the same wrong number share one feedback.
    """
    places: tuple[dict[Number, list[str]], ...] = tuple(
        {} for _ in right_numbers(question)
    )
    for wrong in question.wrong:
        given = wrong.answer if isinstance(wrong.answer, tuple) else (wrong.answer,)
        for known, number, right in zip(  # noqa: B905  (a belief may stop early)
            places, given, right_numbers(question)
        ):
            if not near(number, right, question.tolerance):
                said = known.setdefault(number, [])
                if wrong.feedback not in said:
                    said.append(wrong.feedback)
    return tuple(
        {number: " Or: ".join(said) for number, said in known.items()}
        for known in places
    )
