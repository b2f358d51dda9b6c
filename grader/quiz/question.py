"""A finished question, as every exporter, grader and page receives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from grader.quiz.quick import memo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.quiz.blocks import Block, Figure

QuestionType: TypeAlias = Literal["single", "multiple", "numeric", "cloze"]
Number: TypeAlias = "int | float"
Answer: TypeAlias = "Number | str | tuple[Number, ...] | tuple[str, ...]"


class Choice(NamedTuple):
    """What can be ticked; `feedback` says why it is wrong, or why it is right."""

    text: str
    correct: bool
    misconception: str | None
    feedback: str


class WrongAnswer(NamedTuple):
    """What a misconception would make someone type: a number, or one a blank."""

    answer: Number | tuple[Number, ...]
    misconception: str | None
    feedback: str


class Question(NamedTuple):  # a tuple, since thousands are made
    """One variant of one family.

    Parameters
    ----------
    id : str
        Family and a digest of the content: the same variant has the same id.
    family : str
        The family's name.
    title : str
        Unique in a paper; the item's name in every export.
    prompt : tuple of Block
        What is asked.
    type : {"single", "multiple", "numeric", "cloze"}
        One choice, several choices, a typed number, a number for each blank.
    answer : number, str, tuple of number or tuple of str
        The number; the text of the right choice; the numbers in reading order;
        the texts of the right choices.
    tolerance : float
        How far a typed number may be from the answer.
    choices : tuple of Choice
        In the order shown; empty for typed answers.
    wrong : tuple of WrongAnswer
        Typed answers that name a misconception; empty for choices.
    solution : tuple of Block
        The worked solution, step by step; it ends in the answer.
    figure : Figure or None
        What a person would draw beside the prompt.
    level : int
        The difficulty, from 1.
    concept : str
        The chapter it belongs to.
    points : number
        What a right answer earns.
    parameters : mapping
        The numbers that make this variant.
    pool : str
        The title shared by the variants of one question, of which each student gets
        one; the question's own title when there is no pool.
    """

    id: str
    family: str
    title: str
    prompt: tuple[Block, ...]
    type: QuestionType
    answer: Answer
    tolerance: float
    choices: tuple[Choice, ...]
    wrong: tuple[WrongAnswer, ...]
    solution: tuple[Block, ...]
    figure: Figure | None
    level: int
    concept: str
    points: Number
    parameters: Mapping[str, object]
    pool: str


def show(value: object) -> str:
    """Return an answer as people write it: ``34,944``, ``28 × 28 × 6``, ``2.5``.

    Examples
    --------
    >>> show(34944), show((28, 28, 6)), show(2.50), show("none")
    ('34,944', '28 × 28 × 6', '2.5', 'none')
    """
    # Nearly all are shapes of small whole numbers.
    if isinstance(value, tuple):
        return _shape(value)
    if isinstance(value, int):
        return str(value) if -10_000 < value < 10_000 else f"{value:,}"
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return show(int(value)) if value.is_integer() else f"{round(value, 6):,}"
    return f"{value:,}"


# Numbers that are equal are written the same, 2.0 as 2.
@memo
def _shape(parts: tuple[object, ...]) -> str:
    return " × ".join(map(show, parts))
