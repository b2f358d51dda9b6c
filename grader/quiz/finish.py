"""Finish a variant: its choices in order, texts for its wrong answers, an id."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from math import prod
from typing import TYPE_CHECKING

from grader.catalogue import misconception
from grader.quiz.blocks import Text
from grader.quiz.question import Choice, Question, WrongAnswer, show

if TYPE_CHECKING:
    from grader.quiz.blocks import Block
    from grader.quiz.draw import Draw
    from grader.quiz.family import Wrong
    from grader.quiz.question import Number
    from grader.quiz.variants import Variant

MOST_WRONG_CHOICES = 4
FEWEST_WRONG_CHOICES = 3
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def question(
    made: Variant, title: str, order: Draw, *, points: Number = 1, pool: str = ""
) -> Question:
    """Finish a variant: texts for its wrong answers, its choices in `order`."""
    family, draft = made.family, made.draft
    choices: tuple[Choice, ...] = ()
    typed: tuple[WrongAnswer, ...] = ()
    answer = draft.answer
    if family.type in ("numeric", "cloze"):
        typed = tuple(
            WrongAnswer(each.value, each.misconception, feedback(each))  # type: ignore[arg-type]
            for each in made.wrong
        )
    else:
        if family.type == "single":
            answer = show(answer)
        choices = order.shuffled(_choices(made, order))
    drawn = (made.case, made.numbers)
    identity = (family.name, drawn, tuple(choice.text for choice in choices))
    return Question(
        id=f"{family.name}-{sha256(repr(identity).encode()).hexdigest()[:12]}",
        family=family.name,
        title=title,
        prompt=blocks(draft.prompt),
        type=family.type,
        answer=answer,
        tolerance=draft.tolerance,
        choices=choices,
        wrong=typed,
        solution=blocks(draft.solution),
        figure=draft.figure,
        level=made.level,
        concept=family.concept,
        points=points,
        parameters=_parameters(made),
        pool=pool or title,
    )


def _choices(made: Variant, order: Draw) -> tuple[Choice, ...]:
    answer = made.draft.answer
    rights: tuple[str, ...] = (show(answer),)
    wrongs = made.wrong
    if made.family.type == "multiple":
        rights = tuple(map(str, answer)) if isinstance(answer, tuple) else rights
    else:
        wrongs = some(wrongs, show(answer), order)
    right = (Choice(text, True, None, made.draft.praise) for text in rights)
    false = (
        Choice(show(each.value), False, each.misconception, feedback(each))
        for each in wrongs
    )
    return (*right, *false)


def some(wrongs: tuple[Wrong, ...], answer: str, order: Draw) -> tuple[Wrong, ...]:
    """Return three or four wrong answers so that the right one's rank varies.

    Misconceptions err in both directions, so among all of them the right choice is
    mostly the middle one by size, and soon somebody notices. First draw how many of
    the wrong ones are smaller, then which.
    """
    right = magnitude(answer)
    sizes = [magnitude(show(each.value)) for each in wrongs]
    if right is None or None in sizes:
        count = min(len(wrongs), MOST_WRONG_CHOICES)
        return order.sample(wrongs, count)
    pairs = [(s, w) for s, w in zip(sizes, wrongs, strict=True) if s is not None]
    smaller = tuple(wrong for size, wrong in pairs if size < right)
    others = tuple(wrong for size, wrong in pairs if size >= right)
    fewest = max(0, FEWEST_WRONG_CHOICES - len(others))
    below = order.integer(fewest, min(len(smaller), MOST_WRONG_CHOICES))
    above = min(len(others), MOST_WRONG_CHOICES - below)
    return order.sample(smaller, below) + order.sample(others, above)


@lru_cache(maxsize=4096)
def magnitude(text: str) -> float | None:
    """Return a number as it is, a shape as its product; ``None`` for words.

    Examples
    --------
    >>> magnitude("-1,024"), magnitude("2 × 3 × 4"), magnitude("only one")
    (-1024.0, 24.0, None)
    """
    text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        numbers = _NUMBER.findall(text)
    return prod(map(float, numbers)) if numbers else None


def feedback(answer: Wrong) -> str:
    """Return what to say to someone who gave this wrong answer."""
    if answer.misconception is None:
        return answer.note
    known = misconception(answer.misconception)
    said = f"{known.belief} {known.remedy}"
    return f"{said} {answer.note}" if answer.note else said


def blocks(given: tuple[Block | str, ...]) -> tuple[Block, ...]:
    """Return blocks; a plain string is a paragraph."""
    return tuple(Text((each,)) if isinstance(each, str) else each for each in given)


def _parameters(made: Variant) -> dict[str, object]:
    fields = getattr(made.case, "_fields", None) or range(len(made.case))
    named = {str(name): value for name, value in zip(fields, made.case, strict=True)}
    return {**named, "numbers": made.numbers} if made.numbers else named
