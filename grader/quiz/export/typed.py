"""Typed answers as learning systems want them: one number, or one for each blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.quiz.response import near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.question import Number, Question, WrongAnswer


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
    found = []
    for place in range(len(right_numbers(question))):
        known: dict[Number, list[str]] = {}
        for number, wrong in wrong_in(question, place):
            said = known.setdefault(number, [])
            if wrong.feedback not in said:
                said.append(wrong.feedback)
        found.append({number: " Or: ".join(said) for number, said in known.items()})
    return tuple(found)


def wrong_in(question: Question, place: int) -> Iterator[tuple[Number, WrongAnswer]]:
    """Yield what beliefs give in one place, but for those that are right there."""
    right = right_numbers(question)[place]
    for wrong in question.wrong:
        given = wrong.answer if isinstance(wrong.answer, tuple) else (wrong.answer,)
        for number in given[place : place + 1]:  # a belief may stop early
            if not near(number, right, question.tolerance):
                yield number, wrong
