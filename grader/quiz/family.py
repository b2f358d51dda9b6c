'''Question families: how to write one.

A family is one file, ``grader/quiz/families/<name>.py``, with one decorated
function named like the file; the family ``max-pooling-by-hand`` lives in
``max_pooling_by_hand.py``. Three good ones to imitate:
`convolution_output_shape` (single choice), `conv_layer_parameters` (a typed
number), `max_pooling_by_hand` (a grid to fill in).

::

    class Case(NamedTuple):
        """The numbers that make a variant."""
        size: int
        kernel: int

    def cases(level: int) -> Iterator[Case]:
        """Yield every variant of a level once."""
        for size in range(5, 65):
            for kernel in (3, 5, 7)[:level]:
                if kernel <= size:
                    yield Case(size, kernel)

    @family(
        title="Output size", type="single", concept="output shape",
        levels=("a 3-wide kernel", "3 or 5 wide", "3, 5 or 7 wide"), cases=cases,
    )
    def output_size(case: Case) -> Draft:
        """How many positions a window has along one axis."""
        size, kernel = case
        return Draft(
            prompt=(f"{size} cells, a kernel {kernel} wide: how many outputs?",),
            answer=size - kernel + 1,
            wrong=(
                wrong("output-size-without-plus-one", size - kernel),
                wrong("...", size, note=f"{size} is the size of the input."),
            ),
            solution=("The first window starts at cell 1.",
                      Math(f"{size} - {kernel} + 1 = {size - kernel + 1}")),
        )

The variant space
    ``cases(level)`` yields *every* case of the level, each once, as plain nested
    loops; put what makes a case unfit for people (a kernel larger than the
    image, numbers too large for two minutes by hand, too few different
    distractors) there as an ``if``. The engine counts the cases: nobody asserts
    a number. Families of the concepts "output shape" and "counting" hold 10,000 to
    60,000 cases over their levels, every other family at least 30. Keep the loops
    quick: all cases of a level are listed whenever one is drawn. Where sizes, depths
    and filters go with one another freely, return their
    `grader.quiz.combinations.Combinations`, which makes only the cases that are drawn.
    A family whose grids hold free numbers takes a second parameter, ``draw`` (see
    `grader.quiz.draw`), lists only its sizes as cases, and draws the numbers:
    ``draw.grid(4, 4, 0, 9)``, ``draw.integers(-3, 3, 5)``, ``draw.choice(...)``,
    ``draw.sample(...)``. Case and draws together identify the variant. When the
    drawn numbers make no good question (no tie where a tie is the point) return
    ``None``: the engine draws again. Use nothing else that is random, no numpy.

    `grader.quiz.families._arrays` computes by hand: correlate, pool, padded,
    turned, window, flat, products (the sum of products as a formula), listed.

Types of answer
    ``single``    answer: a number, a shape ``(28, 28, 6)`` or words. At least three
                  different wrong values must remain; the engine shows four of
                  them at most, in random order. `show` makes the texts.
    ``numeric``   answer: a number; wrong: numbers. `tolerance` for non-integers.
    ``multiple``  answer: a tuple of right texts; wrong: texts, at least two.
    ``cloze``     prompt holds blanks (``BLANK`` cells in a `Table` or `Grid`,
                  `blank_grid`); answer: their numbers in reading order; wrong:
                  tuples of the same length, what that belief would fill in.

Distractors
    ``wrong(id, value, note="")`` is a misconception of `grader.catalogue` applied to
    the same numbers; compute the value, never invent it. The feedback is the
    catalogue's belief and remedy; `note` adds a sentence with the numbers of this
    variant (``"You computed (32 - 5)/1 = 27."``). List the most telling first. The
    engine drops values equal to the answer or to an earlier one, so there is no
    need to test for that. A wrong choice without a misconception is
    ``wrong(None, value, note="why it is wrong")``; at most one in twenty.

Prompt, solution, figure
    Tuples of blocks (`grader.quiz.blocks`); a plain string is a paragraph,
    ``text("the field is ", Math("2 + 3 = 5"))`` a paragraph with a formula in it.
    Every number that matters is seen: no two variants have the same prompt, figure
    and choices. The solution goes step by step with the variant's numbers and its last
    block contains the answer as `show` prints it (for a cloze grid: the filled
    grid). A figure is what a person would draw: it must not give the answer away
    (use ``"?"``); the solution may hold figures that do.

Levels
    ``levels`` describes each difficulty in a few words, easiest first. Level 1 is
    the idea alone, the last level is what trips people up.

Check a family with ``quiz preview <name> --out page.html`` and
`grader.quiz.audit.problems`, which the tests run over many variants.
'''

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.quiz.blocks import Block, Figure
    from grader.quiz.draw import Draw
    from grader.quiz.question import Answer, QuestionType

C = TypeVar("C", bound="tuple[object, ...]")

CONCEPTS = (
    "why convolutions",
    "output shape",
    "counting",
    "convolution by hand",
    "pooling",
    "gradients",
    "connectivity",
    "variants of convolution",
)
"""The chapters, in the order they are taught; practice scores are kept by them."""


Wrong: TypeAlias = "tuple[str | None, Answer, str]"
"""A misconception, what it answers to this variant, and a note; see `wrong`."""


def wrong(misconception: str | None, value: Answer, note: str = "") -> Wrong:
    """Return what a misconception answers to this variant; `note` adds its numbers."""
    return misconception, value, note


class Draft(NamedTuple):
    """What a family returns; the engine makes a `Question` of it.

    Parameters
    ----------
    prompt : tuple of Block
        What is asked; a string is a paragraph.
    answer : number, str or tuple
        The right answer; see "Types of answer" in the module's text.
    wrong : tuple of Wrong
        The misconceptions' answers, the most telling first.
    solution : tuple of Block
        The steps; the last one ends in the answer.
    figure : Figure, optional
        What a person would draw beside the prompt.
    tolerance : float, optional
        How far a typed number may be off.
    praise : str, optional
        What the right choice says when it is chosen.
    """

    prompt: tuple[Block, ...]
    answer: Answer
    wrong: tuple[Wrong, ...]
    solution: tuple[Block, ...]
    figure: Figure | None = None
    tolerance: float = 0.0
    praise: str = ""


@dataclass(frozen=True, slots=True)
class Family(Generic[C]):
    """A family as the engine sees it; made by `family`."""

    name: str
    title: str
    type: QuestionType
    concept: str
    levels: tuple[str, ...]
    cases: Callable[[int], Iterable[C]]
    build: Callable[[C, Draw], Draft | None]
    draws: bool
    summary: str


def family(
    *,
    title: str,
    type: QuestionType,
    concept: str,
    levels: tuple[str, ...],
    cases: Callable[[int], Iterable[C]],
) -> Callable[
    [Callable[[C], Draft | None] | Callable[[C, Draw], Draft | None]], Family[C]
]:
    """Make a family of the function below; see the module's text.

    Parameters
    ----------
    title : str
        What the question is called, such as "Output shape of a convolution".
    type : {"single", "multiple", "numeric", "cloze"}
        How it is answered.
    concept : str
        One of `CONCEPTS`.
    levels : tuple of str
        What each level is about, the easiest first.
    cases : callable
        ``cases(level)`` yields every case of the level (counted from 1) once.
    """
    if concept not in CONCEPTS:
        raise ValueError(f"{concept!r} is not one of {', '.join(CONCEPTS)}")

    def register(
        function: Callable[[C], Draft | None] | Callable[[C, Draw], Draft | None],
    ) -> Family[C]:
        draws = function.__code__.co_argcount == 2
        if draws:
            build = cast("Callable[[C, Draw], Draft | None]", function)
        else:
            of_case = cast("Callable[[C], Draft | None]", function)

            def build(case: C, draw: Draw) -> Draft | None:
                return of_case(case)

        return Family(
            name=function.__name__.replace("_", "-"),
            title=title,
            type=type,
            concept=concept,
            levels=levels,
            cases=cases,
            build=build,
            draws=draws,
            summary=(function.__doc__ or "").strip().partition("\n")[0],
        )

    return register
