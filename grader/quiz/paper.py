"""Papers: which questions a quiz asks whom, and with which numbers.

A blueprint stands in ``course.yml``::

    quizzes:
      shapes:
        title: Shapes and sizes
        questions:
          - family: convolution-output-shape
            level: 2
            count: 3
            points: 2
          - family: max-pooling-by-hand

Every question draws from a stream of its own, named by course key, seed, quiz,
student and question: adding a question changes no other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from grader.errors import QuizError, did_you_mean
from grader.quiz import registry
from grader.quiz.draw import Draw
from grader.quiz.finish import question
from grader.quiz.variants import cases, holds, levels, space, variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.quiz.question import Number, Question
    from grader.yamlfile import Entry

AD_HOC = "families"
"""The name of a quiz made of ``--family`` options; part of its seeds."""

SURELY_ENOUGH = 20
"""Variants that every family has, at every level."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a blueprint; `count` asks it that often, differently."""

    id: str
    family: str
    title: str
    level: int | None = None
    count: int = 1
    points: Number = 1


class Blueprint(NamedTuple):
    """What a quiz asks."""

    name: str
    title: str
    items: tuple[Item, ...]


class Draws(NamedTuple):
    """What all draws of a run depend on, and how many variants each question gets.

    Parameters
    ----------
    key : str
        The course's key.
    seed : int
        The seed; it stands on the paper.
    student : str or None
        Whose paper it is.
    variants : int or None
        The size of the pool of each question; ``None`` for one variant, no pool.
    """

    key: str = ""
    seed: int = 0
    student: str | None = None
    variants: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A quiz with its questions drawn, for one student or for everyone.

    `questions` may be an iterator that draws as it goes: use it once. `families` tells
    quizzes apart that have no name: what was asked for, and at which level.
    """

    quiz: str
    title: str
    seed: int
    student: str | None
    questions: Iterator[Question] | tuple[Question, ...]
    families: tuple[tuple[str, int | None], ...] = ()

    def kept(self) -> Paper:
        """Return the same paper with its questions held in a tuple."""
        return replace(self, questions=tuple(self.questions))


def find(quizzes: Mapping[str, Entry], name: str) -> Blueprint:
    """Return the blueprint of that name.

    Raises
    ------
    QuizError
        When there is none.
    CourseError
        When it is malformed, with its line.
    """
    if name not in quizzes:
        known = ", ".join(quizzes) or "none"
        if name in registry.names():
            raise QuizError(
                f"{name} is a family of questions, not a quiz: ask it with "
                f"`--family {name}`. Quizzes in course.yml: {known}."
            )
        raise QuizError(
            f"there is no quiz {name!r}{did_you_mean(name, quizzes)}. "
            f"Quizzes in course.yml: {known}."
        )
    return read(name, quizzes[name])


def read(name: str, entry: Entry) -> Blueprint:
    """Return the blueprint that stands at `entry`.

    Raises
    ------
    CourseError
        When it is malformed, with its line.
    """
    keys = entry.mapping(required=("questions",), optional=("title",))
    title = keys["title"].text() if "title" in keys else name
    rows = keys["questions"].items()
    if not rows:
        keys["questions"].fail("there are no questions", "Add at least one.")
    items: list[Item] = []
    for row in rows:
        item = _item(row, {item.id for item in items})
        items.append(item)
    return Blueprint(name, title, tuple(items))


def _item(entry: Entry, used: set[str]) -> Item:
    known = ("id", "title", "level", "count", "points")
    keys = entry.mapping(required=("family",), optional=known)
    name = keys["family"].text()
    if name not in registry.names():
        keys["family"].fail(
            f"there is no question family {name!r}"
            f"{did_you_mean(name, registry.names())}",
            "`quiz families` lists them all.",
        )
    family = registry.load(name)
    level = keys["level"].integer(at_least=1) if "level" in keys else None
    if level is not None and level > len(family.levels):
        keys["level"].fail(f"{name} has {len(family.levels)} levels")
    points = keys["points"].number() if "points" in keys else 1
    if points <= 0:
        keys["points"].fail("a question is worth more than 0 points")
    if "id" in keys and keys["id"].text() in used:
        keys["id"].fail(f"the id {keys['id'].value!r} stands twice", "Rename one.")
    return Item(
        id=keys["id"].text() if "id" in keys else _numbered(name, used, "-{}"),
        family=name,
        title=keys["title"].text() if "title" in keys else family.title,
        level=level,
        count=keys["count"].integer(at_least=1) if "count" in keys else 1,
        points=points,
    )


def of_families(names: tuple[str, ...], level: int | None = None) -> Blueprint:
    """Return a blueprint that asks each of the named families once.

    Raises
    ------
    QuizError
        When a family or its level is unknown.
    """
    items: list[Item] = []
    for name in names:
        family = registry.load(name)
        levels(family, level)
        used = {item.id for item in items}
        items.append(Item(_numbered(name, used, "-{}"), name, family.title, level))
    title = items[0].title if len(items) == 1 else "Questions"
    return Blueprint(AD_HOC, title, tuple(items))


def _numbered(name: str, used: set[str], pattern: str) -> str:
    """Return the name, with a number from 2 on when it is used already."""
    number, numbered = 1, name
    while numbered in used:
        number += 1
        numbered = name + pattern.format(number)
    return numbered


def paper(blueprint: Blueprint, draws: Draws) -> Paper:
    """Return a paper whose questions are drawn as they are asked for."""
    unnamed = blueprint.items if blueprint.name == AD_HOC else ()
    return Paper(
        quiz=blueprint.name,
        title=blueprint.title,
        seed=draws.seed,
        student=draws.student,
        questions=_questions(blueprint, draws),
        families=tuple([(item.family, item.level) for item in unnamed]),
    )


def _questions(blueprint: Blueprint, draws: Draws) -> Iterator[Question]:
    taken: dict[str, set[object]] = {}
    titles: set[str] = set()
    for number, item in enumerate(blueprint.items):
        if draws.student is None and item.family != blueprint.items[number - 1].family:
            # Some families have tens of thousands, and only papers for a class come
            # back to each of them again and again.
            cases.cache_clear()
        _refuse_too_many(item, draws.variants or 1)
        used = taken.setdefault(item.family, set())
        for turn in range(1, item.count + 1):
            title = _numbered(item.title, titles, " ({})")
            titles.add(title)
            yield from _pool(blueprint.name, item, turn, title, used, draws)


def _pool(
    quiz: str,
    item: Item,
    number: int,
    title: str,
    taken: set[object],
    draws: Draws,
) -> Iterator[Question]:
    """Yield the variants of one question; without a pool that is one."""
    family = registry.load(item.family)
    key = (draws.key, draws.seed, quiz, draws.student or "", item.id, number)
    wanted = draws.variants or 1
    order = Draw(*key, "order")
    drawn = 0
    for made in islice(variants(family, *key, level=item.level, taken=taken), wanted):
        drawn += 1
        name = title if draws.variants is None else f"{title}, variant {drawn:03d}"
        yield question(made, name, order, points=item.points, pool=title)
    if drawn < wanted:
        raise QuizError(_exhausted(item, wanted))


def _refuse_too_many(item: Item, variants_each: int) -> None:
    """Refuse more questions than the family has, before any of them is drawn."""
    wanted = item.count * variants_each
    # Counting lists every case; every family has more than a few.
    if wanted > SURELY_ENOUGH:
        family = registry.load(item.family)
        if not holds(family, item.level, wanted):
            raise QuizError(_exhausted(item, wanted))


def _exhausted(item: Item, wanted: int) -> str:
    size = space(registry.load(item.family), item.level)
    where = "" if item.level is None else f" at level {item.level}"
    return (
        f"{item.family} has {size.count:,} variants{where}, too few for {wanted:,} "
        "different ones here. Ask for fewer, or leave the level open."
    )


def scarce(blueprint: Blueprint, students: int) -> list[str]:
    """Return a warning for each question with fewer variants than students."""
    warnings = []
    for item in blueprint.items:
        size = space(registry.load(item.family), item.level)
        if size.count < students * item.count:
            warnings.append(
                f"{item.family} has {size.count:,} variants for {students:,} "
                "students: some will get the same numbers"
            )
    return warnings
