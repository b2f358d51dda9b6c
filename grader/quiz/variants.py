"""Count a family's variants, and draw them without repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.errors import QuizError
from grader.quiz.draw import Branch, Draw
from grader.quiz.question import show
from grader.quiz.quick import maker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.quiz.family import Draft, Family, Wrong
    from grader.quiz.question import Answer

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


class Variant(NamedTuple):
    """A family's draft for one case and its drawn numbers.

    `wrong` holds its wrong answers that differ; `key` makes it this variant and no
    other, at whatever level.
    """

    family: Family[Any]
    level: int
    case: tuple[Any, ...]
    numbers: tuple[int, ...]
    draft: Draft
    wrong: tuple[Wrong, ...]
    key: object


_variant = maker(Variant)


@cache
def cases(family: Family[Any], level: int) -> Sequence[tuple[Any, ...]]:
    """Return every case of a level in order; `audit` finds repeated ones."""
    every = family.cases(level)
    return every if isinstance(every, Sequence) else tuple(every)


def holds(family: Family[Any], level: int | None, wanted: int) -> bool:
    """Tell whether there are so many variants; mostly one level alone has them."""
    cased = (len(cases(family, number)) for number in levels(family, level))
    return max(cased) >= wanted or space(family, level).count >= wanted


@cache
def space(family: Family[Any], level: int | None = None) -> Space:
    """Return how many variants a level (or all levels together) has."""
    wanted = levels(family, level)
    every = {case for number in wanted for case in cases(family, number)}
    if not family.draws:
        return Space(len(every), exact=True)
    total = 0
    for case in every:
        total += _fillings(family, case)
    return Space(total, exact=False)


def _fillings(family: Family[Any], case: tuple[Any, ...]) -> int:
    """Return in how many ways a case's free numbers can fall."""
    options = 1
    for attempt in range(50):
        draw = Draw("count", family.name, attempt)
        made = family.build(case, draw)
        options = draw.options
        if made is not None:
            break  # a draw that is given up may not have drawn everything
    return options


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
    numbers, key = (draw.taken, _seen(draft, kept)) if family.draws else ((), case)
    return _variant((family, level, case, numbers, draft, kept, key))


def _seen(draft: Draft, wrong: Iterable[Wrong]) -> bytes:
    """Return a digest of what people see of a variant.

    Cases differ by themselves. Free numbers may fall differently and still make the
    same question (2·1 is 1·2).
    """
    values = [value for _, value, _ in wrong]
    seen = (draft.prompt, draft.figure, draft.answer, values)
    return sha256(repr(seen).encode()).digest()


def different(draft: Draft) -> tuple[Wrong, ...]:
    """Return the wrong answers that read differently from the right one and each other.

    Of two that read the same the more telling one, which stands first, is kept.
    """
    answer = draft.answer
    values = [value for _, value, _ in draft.wrong]
    kept: dict[object, Wrong]
    if isinstance(answer, tuple) and _are_whole(values):
        # Shapes of whole numbers read differently if they are different.
        kept = dict(zip(values[::-1], draft.wrong[::-1]))  # noqa: B905
        kept.pop(answer, None)
        return tuple(kept.values())[::-1]
    kept = {}
    for value, each in zip(values, draft.wrong):  # noqa: B905
        # Without a tolerance, numbers that differ are written differently.
        if not (draft.tolerance and _within(draft, value)):
            kept.setdefault(show(value), each)
    kept.pop(show(answer), None)
    if isinstance(answer, tuple):
        for part in answer:
            if isinstance(part, str):
                kept.pop(part, None)
    return tuple(kept.values())


def _are_whole(values: list[Answer]) -> bool:
    """Tell whether all values are tuples of whole numbers."""
    try:
        # One number that is not whole makes the sum another type.
        return type(sum(chain.from_iterable(values))) is int  # type: ignore[arg-type]
    except TypeError:  # words, or numbers by themselves
        return False


def _within(draft: Draft, value: Answer) -> bool:
    """Tell whether a number would be accepted as the answer."""
    right = draft.answer
    if not isinstance(value, (int, float)) or not isinstance(right, (int, float)):
        return False
    return abs(value - right) <= draft.tolerance


def variants(
    family: Family[Any],
    *key: str | int,
    level: int | None = None,
    taken: set[object] | None = None,
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
    orders = {
        number: _attempts(family, number, key, taken)
        for number in levels(family, level)
    }
    while orders:
        number = route.choice(tuple(orders))
        # The case is ready-made or, with free numbers, the next good attempt.
        for found in orders[number]:
            if found is not None and found.key not in taken:
                taken.add(found.key)
                yield found
                break
        else:
            del orders[number]


def _attempts(
    family: Family[Any], level: int, key: tuple[str | int, ...], taken: set[object]
) -> Iterator[Variant | None]:
    """Yield attempts: each case once or, with free numbers, again and again.

    A case that is `taken` is not built once more.
    """
    every = cases(family, level)
    if not family.draws:
        unused = Draw()
        for index in Draw(*key, level, "cases").permutation(len(every)):
            case = every[index]
            if case not in taken:
                yield variant(family, level, case, unused)
        return
    seen: set[object] = set()
    attempt = barren = 0
    order = Draw(*key, level, "cases")
    numbers = Branch(*key, level, "numbers")
    while barren < BARREN_PASSES:
        before = len(seen)
        for index in order.permutation(len(every)):
            made = variant(family, level, every[index], numbers.draw(attempt))
            attempt += 1
            if made is not None and made.key not in seen:
                seen.add(made.key)
                yield made
        barren = barren + 1 if len(seen) == before else 0
