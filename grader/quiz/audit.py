"""Prove that a family is sound: what every question of every family must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.errors import GraderError, QuizError
from grader.quiz.blocks import Grid, Row, Table, blanks, cells, formulas
from grader.quiz.draw import Draw
from grader.quiz.finish import question
from grader.quiz.formula import parse
from grader.quiz.plain import plain
from grader.quiz.question import show
from grader.quiz.variants import FEWEST_WRONG, variant, variants
from grader.quiz.variants import cases as all_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.family import Family
    from grader.quiz.question import Question


def sample(family: Family[Any], count: int, seed: int = 0) -> list[Question]:
    """Return up to `count` different questions of a family."""
    drawn = variants(family, "audit", family.name, seed)
    return [
        question(made, f"{family.title} {n}", Draw("audit", seed, n))
        for n, made in zip(range(count), drawn, strict=False)
    ]


def problems(family: Family[Any], count: int = 500, seed: int = 0) -> list[str]:
    """Return what is wrong with a family, over `count` of its variants.

    Parameters
    ----------
    family : Family
        What to examine.
    count : int
        How many variants to draw.
    seed : int
        Where to draw them from.

    Returns
    -------
    list of str
        One line each; empty when nothing is wrong.
    """
    found = list(_unfit_cases(family))
    try:
        questions = sample(family, count, seed)
    except GraderError as error:
        return [*found, str(error)]
    seen: dict[str, str] = {}
    for each in questions:
        found += [f"{each.parameters}: {line}" for line in _in_question(each)]
        shown = plain([*each.prompt, *([each.figure] if each.figure else [])])
        text = "\n".join([shown, *sorted(choice.text for choice in each.choices)])
        if text in seen:
            found.append(f"{each.parameters}: reads like {seen[text]}")
        seen[text] = str(each.parameters)
    return [*found, *_unnamed(questions)]


def _unnamed(questions: list[Question]) -> Iterator[str]:
    """Yield a complaint when more than one wrong answer in twenty has no name."""
    names = [w.misconception for each in questions for w in each.wrong]
    names += [c.misconception for q in questions for c in q.choices if not c.correct]
    unnamed = names.count(None)
    if unnamed * 20 > len(names):
        yield f"{unnamed} of {len(names)} wrong answers name no misconception"


def _unfit_cases(family: Family[Any], most: int = 300) -> Iterator[str]:
    """Yield what is wrong with the space itself, looking at `most` cases a level."""
    for level in range(1, len(family.levels) + 1):
        every = all_cases(family, level)
        alike = len(set(every))
        if alike != len(every):
            yield f"level {level} lists {len(every)} cases, {alike} are different"
        if not every:
            yield f"level {level} has no cases"
        for case in every[:: len(every) // most + 1]:
            if not family.draws and variant(family, level, case, Draw()) is None:
                yield (
                    f"level {level}, {case}: fewer than "
                    f"{FEWEST_WRONG[family.type]} different wrong answers"
                )


def _in_question(each: Question) -> Iterator[str]:
    """Yield what is wrong with one question."""
    if not _ends_in_answer(each):
        yield "the last step of the solution does not hold the answer"
    for formula in formulas((*each.prompt, *each.solution)):
        try:
            parse(formula.source)
        except QuizError as error:
            yield str(error)
    if any(not w.feedback for w in each.wrong):
        yield "a wrong answer has no feedback"
    if any(not c.feedback for c in each.choices if not c.correct):
        yield "a wrong choice has no feedback"
    if each.type == "cloze":
        wanted = blanks(each.prompt)
        given = [each.answer, *(w.answer for w in each.wrong)]
        lengths = {len(a) if isinstance(a, tuple) else -1 for a in given}
        if lengths != {wanted}:
            yield f"{wanted} blanks, but answers of length {sorted(lengths)}"
    elif each.type == "numeric" and not isinstance(each.answer, (int, float)):
        yield f"the answer {each.answer!r} is not a number"
    elif each.type == "multiple" and not isinstance(each.answer, tuple):
        yield f"the answer {each.answer!r} is not a tuple of texts"


def _ends_in_answer(each: Question) -> bool:
    if not each.solution:
        return False
    last = each.solution[-1]
    if each.type == "cloze" and isinstance(each.answer, tuple):
        texts = [show(value) for value in each.answer]
        if isinstance(last, (Grid, Row, Table)):
            shown = [
                show(value)
                for value in cells(last)
                if isinstance(value, (int, float, str))
            ]
            return _in_order(texts, shown)
        return _in_order(texts, plain([last]).replace(",", " ").split())
    text = plain([last])
    wanted = each.answer if isinstance(each.answer, tuple) else (each.answer,)
    return all(show(part).rstrip(".").lower() in text.lower() for part in wanted)


def _in_order(wanted: list[str], shown: list[str]) -> bool:
    """Tell whether `wanted` is a subsequence of `shown`."""
    rest = iter(shown)
    return all(each in rest for each in wanted)
