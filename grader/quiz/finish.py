"""Finish a variant: its choices in order, texts for its wrong answers, an id."""

from __future__ import annotations

import re
from hashlib import blake2b
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.catalogue import misconception
from grader.quiz.question import Choice, Question, WrongAnswer, show
from grader.quiz.quick import maker, memo

if TYPE_CHECKING:
    from grader.quiz.draw import Draw
    from grader.quiz.family import Wrong
    from grader.quiz.question import Answer, Number
    from grader.quiz.variants import Variant

MOST_WRONG_CHOICES = 4
FEWEST_WRONG_CHOICES = 3
_NUMBER = r"\d+(?:\.\d+)?"

_choice, _question = maker(Choice), maker(Question)


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
            WrongAnswer(value, name, _feedback((name, note)))  # type: ignore[arg-type]
            for name, value, note in made.wrong
        )
    else:
        if family.type == "single":
            answer = _shown(answer)
        choices = order.shuffled(_choices(made, order))
    return _question(
        (
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
            _parameters(made.case, made.numbers),
            pool or title,
        )
    )


def _digest(made: Variant, choices: tuple[Choice, ...]) -> str:
    """Return twelve digits that no two questions of a course share."""
    drawn = f"({made.family.name!r}, ({tuple(made.case)}, {made.numbers}), ("
    texts = b", ".join([_quoted(choice[0]) for choice in choices])
    # What `repr` makes of it all; there is never a single choice.
    identity = b"%b%b))" % (drawn.encode(), texts)
    return blake2b(identity, digest_size=6).hexdigest()


@memo
def _quoted(text: str) -> bytes:
    return repr(text).encode()


_shown = memo(show)


def _choices(made: Variant, order: Draw) -> list[Choice]:
    answer, praise = made.draft.answer, made.draft.praise
    wrongs = made.wrong
    rights: tuple[str, ...] = (_shown(answer),)
    if made.family.type == "single":
        wrongs = some(wrongs, answer, order)
    elif isinstance(answer, tuple):
        rights = tuple(map(str, answer))
    choices = [_choice((text, True, None, praise)) for text in rights]
    choices += [
        _choice((_shown(value), False, name, _feedback((name, note))))
        for name, value, note in wrongs
    ]
    return choices


def some(wrongs: tuple[Wrong, ...], answer: Answer, order: Draw) -> tuple[Wrong, ...]:
    """Return three or four wrong answers so that the right one's rank varies.

    Misconceptions err in both directions, so among all of them the right choice is
    mostly the middle one by size, and soon somebody notices. First draw how many of
    the wrong ones are smaller, then which.
    """
    right = _size(answer)
    sizes = [_size(value) for _, value, _ in wrongs]
    if right is None or None in sizes:
        return order.sample(wrongs, min(len(wrongs), MOST_WRONG_CHOICES))
    sides = _sides(tuple([size < right for size in sizes]))  # type: ignore[operator]
    below = order.integer(sides.fewest, sides.most)
    above = min(len(sides.others), MOST_WRONG_CHOICES - below)
    chosen = order.sample(sides.smaller, below) + order.sample(sides.others, above)
    return tuple([wrongs[place] for place in chosen])


class _Sides(NamedTuple):
    """Where the smaller ones stand, and the others; how many smaller ones to show."""

    smaller: tuple[int, ...]
    others: tuple[int, ...]
    fewest: int
    most: int


@memo
def _sides(smaller: tuple[bool, ...]) -> _Sides:
    """Return the sides of the right answer, given whether each wrong one is smaller."""
    below = tuple([place for place, less in enumerate(smaller) if less])
    above = tuple([place for place, less in enumerate(smaller) if not less])
    fewest = max(0, FEWEST_WRONG_CHOICES - len(above))
    return _Sides(below, above, fewest, min(len(below), MOST_WRONG_CHOICES))


@memo
def _size(value: Answer) -> float | None:
    """Return the magnitude of a value as people read it; ``None`` for words."""
    try:
        # Most are shapes, which need not be written down to be read.
        return abs(prod(value))  # type: ignore[arg-type]
    except TypeError:
        return magnitude(show(value))


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
        numbers = re.findall(_NUMBER, text)
    return prod(map(float, numbers)) if numbers else None


@memo
def _feedback(given: tuple[str | None, str]) -> str:
    """Return what to say to someone with this belief, and a note."""
    name, note = given
    if name is None:
        return note
    known = misconception(name)
    said = f"{known.belief} {known.remedy}"
    return f"{said} {note}" if note else said


def _parameters(case: tuple[Any, ...], numbers: tuple[int, ...]) -> dict[str, object]:
    fields = getattr(case, "_fields", None) or map(str, range(len(case)))
    named: dict[str, object] = dict(zip(fields, case))  # noqa: B905  (a name for each)
    if numbers:
        named["numbers"] = numbers
    return named
