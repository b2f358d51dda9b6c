"""Count a family's variants, and draw them without repeats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from grader.catalogue import misconception
from grader.errors import QuizError
from grader.quiz.blocks import Text
from grader.quiz.draw import Draw
from grader.quiz.question import Choice, Question, WrongAnswer, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Block
    from grader.quiz.family import Draft, Family, Wrong
    from grader.quiz.question import Answer, Number

MOST_WRONG_CHOICES = 4
FEWEST_WRONG = {"single": 3, "multiple": 2, "numeric": 0, "cloze": 0}
# A family with free numbers may reject or repeat a draw; this many passes over its
# cases without a single new variant mean that there is none left to find.
BARREN_PASSES = 50


@dataclass(frozen=True, slots=True)
class Space:
    """How many variants there are.

    `exact` is false for free numbers in grids: their fillings are multiplied out,
    and the few that make no good question are counted too.
    """

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """A family's draft for one case and its drawn numbers."""

    family: Family[Any]
    level: int
    case: tuple[Any, ...]
    numbers: tuple[int, ...]
    draft: Draft
    wrong: tuple[Wrong, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this variant and no other, at whatever level."""
        return (self.case, self.numbers)


@cache
def cases(family: Family[Any], level: int) -> tuple[tuple[Any, ...], ...]:
    """Return every case of a level, each once, in the family's order."""
    return tuple(dict.fromkeys(family.cases(level)))


def space(family: Family[Any], level: int | None = None) -> Space:
    """Return how many variants a level (or all levels together) has."""
    wanted = levels(family, level)
    every = {case for number in wanted for case in cases(family, number)}
    if not family.draws:
        return Space(len(every), exact=True)
    total = 0
    for case in every:
        draw = Draw("count", family.name)
        family.build(case, draw)
        total += draw.options
    return Space(total, exact=False)


def levels(family: Family[Any], level: int | None) -> tuple[int, ...]:
    """Return the levels meant by `level`: that one, or all for ``None``.

    Raises
    ------
    QuizError
        When the family has no such level.
    """
    known = range(1, len(family.levels) + 1)
    if level is None:
        return tuple(known)
    if level not in known:
        raise QuizError(
            f"{family.name} has no level {level}. Its levels are 1 to {len(known)}."
        )
    return (level,)


def variant(
    family: Family[Any], level: int, case: tuple[Any, ...], draw: Draw
) -> Variant | None:
    """Build one variant; ``None`` when its numbers make no good question."""
    draft = family.build(case, draw)
    if draft is None:
        return None
    kept = different(draft)
    if len(kept) < FEWEST_WRONG[family.type]:
        return None
    numbers = tuple(value for _, value in draw.trail)
    return Variant(family, level, case, numbers, draft, kept)


def different(draft: Draft) -> tuple[Wrong, ...]:
    """Return the wrong answers that differ from the right one and each other."""
    answer = draft.answer
    seen = {show(answer)}
    if isinstance(answer, tuple):
        seen.update(part for part in answer if isinstance(part, str))
    kept = []
    for each in draft.wrong:
        text = show(each.value)
        if text not in seen and not _within(draft, each.value):
            seen.add(text)
            kept.append(each)
    return tuple(kept)


def _within(draft: Draft, value: Answer) -> bool:
    """Tell whether a number would be accepted as the answer."""
    if not isinstance(value, (int, float)):
        return False
    right = draft.answer
    return isinstance(right, (int, float)) and abs(value - right) <= draft.tolerance


def variants(
    family: Family[Any],
    *key: str | int,
    level: int | None = None,
    taken: set[tuple[object, ...]] | None = None,
) -> Iterator[Variant]:
    """Yield the family's variants in the order that `key` decides, none twice.

    Parameters
    ----------
    family : Family
        What to draw from.
    *key : str or int
        What the draw is for; see `Draw`.
    level : int, optional
        The level; without it each variant's level is drawn first.
    taken : set, optional
        Keys of variants not to use; those that are yielded are added.

    Yields
    ------
    Variant
        Until there is none left.
    """
    taken = set() if taken is None else taken
    route = Draw(*key, "level")
    orders = {number: _cases(family, number, key) for number in levels(family, level)}
    while orders:
        number = route.choice(tuple(orders))
        # The case is ready-made or, with free numbers, the next good attempt.
        found = next(
            (each for each in orders[number] if each and each.key not in taken), None
        )
        if found is None:
            del orders[number]
            continue
        taken.add(found.key)
        yield found


def _cases(
    family: Family[Any], level: int, key: tuple[str | int, ...]
) -> Iterator[Variant | None]:
    """Yield attempts: each case once or, with free numbers, again and again."""
    every = cases(family, level)
    if not family.draws:
        unused = Draw()
        for index in Draw(*key, level, "cases").permutation(len(every)):
            yield variant(family, level, every[index], unused)
        return
    seen: set[tuple[object, ...]] = set()
    attempt = barren = 0
    order = Draw(*key, level, "cases")
    while barren < BARREN_PASSES:
        before = len(seen)
        for index in order.permutation(len(every)):
            draw = Draw(*key, level, "numbers", attempt)
            attempt += 1
            made = variant(family, level, every[index], draw)
            if made is not None and made.key not in seen:
                seen.add(made.key)
                yield made
        barren = barren + 1 if len(seen) == before else 0


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
    identity = (family.name, made.key, tuple(choice.text for choice in choices))
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
    elif len(wrongs) > MOST_WRONG_CHOICES:
        wrongs = order.sample(wrongs, MOST_WRONG_CHOICES)
    right = (Choice(text, True, None, made.draft.praise) for text in rights)
    false = (
        Choice(show(each.value), False, each.misconception, feedback(each))
        for each in wrongs
    )
    return (*right, *false)


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
