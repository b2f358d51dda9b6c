"""Finish a variant: its choices in order, texts for its wrong answers, an id."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import compress
from math import prod
from operator import not_
from typing import TYPE_CHECKING

from grader.catalogue import misconception
from grader.quiz.question import Question, WrongAnswer, choice, show

if TYPE_CHECKING:
    from grader.quiz.draw import Draw
    from grader.quiz.family import Wrong
    from grader.quiz.question import Answer, Choice, Number
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
    return Question(
        f"{family.name}-{_digest(made, choices)}",
        family.name,
        title,
        draft.prompt,
        family.type,
        answer,
        draft.tolerance,
        choices,
        typed,
        draft.solution,
        draft.figure,
        made.level,
        family.concept,
        points,
        _parameters(made),
        pool or title,
    )


def _digest(made: Variant, choices: tuple[Choice, ...]) -> str:
    """Return twelve digits that no two questions of a course share."""
    drawn = f"({tuple(made.case)}, {made.numbers})"
    texts = ", ".join([_quoted(each.text) for each in choices])
    # What `repr` makes of it all; there is never a single choice.
    identity = f"({made.family.name!r}, {drawn}, ({texts}))"
    return blake2b(identity.encode(), digest_size=6).hexdigest()


_quoted = lru_cache(maxsize=4096)(repr)


def _choices(made: Variant, order: Draw) -> list[Choice]:
    answer, praise = made.draft.answer, made.draft.praise
    wrongs = made.wrong
    rights: tuple[str, ...] = (show(answer),)
    if made.family.type == "multiple":
        if isinstance(answer, tuple):
            rights = tuple(map(str, answer))
    else:
        wrongs = some(wrongs, answer, order)
    choices = [choice(text, True, None, praise) for text in rights]
    choices += [
        choice(show(each.value), False, each.misconception, feedback(each))
        for each in wrongs
    ]
    return choices


def some(wrongs: tuple[Wrong, ...], answer: Answer, order: Draw) -> tuple[Wrong, ...]:
    """Return three or four wrong answers so that the right one's rank varies.

    Misconceptions err in both directions, so among all of them the right choice is
    mostly the middle one by size, and soon somebody notices. First draw how many of
    the wrong ones are smaller, then which.
    """
    right, *sizes = _sizes([answer, *[each.value for each in wrongs]])
    if right is None or None in sizes:
        return order.sample(wrongs, min(len(wrongs), MOST_WRONG_CHOICES))
    are_smaller = [size < right for size in sizes]  # type: ignore[operator]
    smaller = tuple(compress(wrongs, are_smaller))
    others = tuple(compress(wrongs, map(not_, are_smaller)))
    fewest = max(0, FEWEST_WRONG_CHOICES - len(others))
    below = order.integer(fewest, min(len(smaller), MOST_WRONG_CHOICES))
    above = min(len(others), MOST_WRONG_CHOICES - below)
    return order.sample(smaller, below) + order.sample(others, above)


def _sizes(values: list[Answer]) -> list[float | None]:
    """Return the magnitudes of values as people read them."""
    try:
        # Most are shapes, which need not be written down to be read.
        return list(map(abs, map(prod, values)))  # type: ignore[arg-type]
    except TypeError:
        return [magnitude(show(value)) for value in values]


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
    said = _said(answer.misconception)
    return f"{said} {answer.note}" if answer.note else said


@cache
def _said(name: str) -> str:
    known = misconception(name)
    return f"{known.belief} {known.remedy}"


def _parameters(made: Variant) -> dict[str, object]:
    fields = getattr(made.case, "_fields", None) or map(str, range(len(made.case)))
    named = dict(zip(fields, made.case, strict=True))
    return {**named, "numbers": made.numbers} if made.numbers else named
