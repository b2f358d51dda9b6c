"""All variants of a family on one page, with what a pattern hunter would see.

Students find patterns in generated answers: the right choice always in one place,
always the middle size, always the same number. The statistics show them first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import islice
from statistics import median
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from grader.quiz.draw import Draw
from grader.quiz.export.html import article
from grader.quiz.finish import magnitude, question
from grader.quiz.pages import asset, page
from grader.quiz.question import show
from grader.quiz.stats_page import bars
from grader.quiz.variants import levels, space, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.quiz.family import Family
    from grader.quiz.question import Question

MOST = 300


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the answers of many variants have in common.

    Parameters
    ----------
    shown : int
        How many variants were looked at.
    distinct : int
        How many different answers they have.
    smallest, middle, largest : float or None
        The range of the answers' sizes: a number, or the product of a shape.
    places : tuple of (str, int)
        How often the right choice stands at each letter.
    ranks : tuple of (str, int)
        How often the right choice is the smallest, the second smallest, ….
    beliefs : tuple of (str, int)
        How often each misconception makes a wrong answer.
    """

    shown: int
    distinct: int
    smallest: float | None
    middle: float | None
    largest: float | None
    places: tuple[tuple[str, int], ...]
    ranks: tuple[tuple[str, int], ...]
    beliefs: tuple[tuple[str, int], ...]


def patterns(questions: Sequence[Question]) -> Patterns:
    """Return the patterns in the answers of `questions`."""
    sizes = [value for each in questions for value in _sizes(each)]
    single = [each for each in questions if each.type == "single"]
    places = Counter(_place(each) for each in single)
    ranks = Counter(rank for each in single if (rank := _rank(each)) is not None)
    beliefs: Counter[str] = Counter()
    for each in questions:
        beliefs.update(w.misconception or "no name" for w in each.wrong)
        beliefs.update(
            c.misconception or "no name" for c in each.choices if not c.correct
        )
    return Patterns(
        shown=len(questions),
        distinct=len({repr(each.answer) for each in questions}),
        smallest=min(sizes, default=None),
        middle=median(sizes) if sizes else None,
        largest=max(sizes, default=None),
        places=tuple((ascii_lowercase[n], places[n]) for n in sorted(places)),
        ranks=tuple((f"number {n + 1} by size", ranks[n]) for n in sorted(ranks)),
        beliefs=tuple(beliefs.most_common()),
    )


def _sizes(each: Question) -> list[float]:
    answer = each.answer
    if isinstance(answer, (int, float)):
        return [answer]
    if isinstance(answer, str):
        value = magnitude(answer)
        return [] if value is None else [value]
    return [value for value in answer if isinstance(value, (int, float))]


def _place(each: Question) -> int:
    return [choice.correct for choice in each.choices].index(True)


def _rank(each: Question) -> int | None:
    sizes = [magnitude(choice.text) for choice in each.choices]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return None
    return sorted(known).index(known[_place(each)])


def preview_page(
    family: Family[Any], level: int | None, seed: int = 0, most: int = MOST
) -> str:
    """Return the page: statistics, then every variant or `most` drawn ones."""
    size = space(family, level)
    questions = [
        question(made, f"{family.title} {number}", Draw("preview", seed, number))
        for number, made in enumerate(
            islice(variants(family, "preview", seed, level=level), most), 1
        )
    ]
    about = "all of them" if len(questions) == size.count else "drawn at random"
    count = f"{size.count:,}" if size.exact else f"about {size.count:.1g}"
    shown = levels(family, level)
    steps = "".join(
        f"<li>Level {number}: {escape(family.levels[number - 1])}</li>"
        for number in shown
    )
    parts = [
        f"<header><h1>{escape(family.title)}</h1><p>{escape(family.summary)}</p>"
        f"<ul>{steps}</ul><p>{count} variants; below are {len(questions)}, "
        f"{about}.</p></header>\n<main>",
        _statistics(patterns(questions)),
        "<h2>Variants</h2>",
        *(_variant(each, number) for number, each in enumerate(questions, 1)),
        "</main>",
    ]
    title = f"Preview: {family.title}"
    return page(title, "\n".join(parts), asset("paper.css") + asset("stats.css"))


def _statistics(found: Patterns) -> str:
    parts = [f"<h2>Patterns</h2><p>{found.distinct} different answers."]
    if found.smallest is not None:
        least, middle, most = found.smallest, found.middle, found.largest
        parts.append(
            f" Sizes from {show(least)} to {show(most)}, half of them up to "
            f"{show(middle)}."
        )
    parts.append("</p>")
    for heading, rows in (
        ("Place of the right choice", found.places),
        ("Size of the right choice among the choices", found.ranks),
        ("Misconceptions behind the wrong answers", found.beliefs),
    ):
        parts.append(_chart(heading, rows))
    return "".join(parts)


def _chart(heading: str, rows: Iterable[tuple[str, int]]) -> str:
    held = tuple(rows)
    if not held:
        return ""
    total = max(count for _, count in held)
    return f"<h3>{heading}</h3>{bars(held, total, heading)}"


def _variant(each: Question, number: int) -> str:
    named = ", ".join(f"{k} {v}" for k, v in each.parameters.items() if k != "numbers")
    shown = article(each, number, solutions=True)
    return (
        f"<details><summary>{number}. level {each.level}: {escape(named)}</summary>"
        f"{shown}</details>"
    )
