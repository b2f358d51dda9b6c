"""What a pooling layer is for, and what it does not have."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Volume, Volumes
from grader.quiz.family import Draft, Wrong, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUTHS = 5
FALSEHOODS = {"max": 8, "average": 7}


class Case(NamedTuple):
    """A layer whose windows lie side by side, and which statements are offered."""

    kind: str
    size: int
    depth: int
    window: int
    truths: tuple[int, ...]
    falsehoods: tuple[int, ...]


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level with two or three true statements of five."""
    kind = "average" if level == 2 else "max"
    for window in (3, 4) if level == 3 else (2,):
        for outputs, depth in product((4, 8, 12), (12, 24, 36)):
            layer = (kind, outputs * window, depth, window)
            for count in (2, 3):
                wrongs = tuple(combinations(range(FALSEHOODS[kind]), 5 - count))
                for truths in combinations(range(TRUTHS), count):
                    # Every third choice of wrong statements is variety enough.
                    for falsehoods in wrongs[sum(truths) % 3 :: 3]:
                        yield Case(*layer, truths, falsehoods)


@family(
    title="What pooling does",
    type="multiple",
    concept="pooling",
    levels=("max pooling", "average pooling", "larger windows"),
    cases=cases,
)
def what_pooling_does(case: Case) -> Draft:
    """Tell what a pooling layer is for, and what it does not have."""
    kind, size, depth, window, truths, falsehoods = case
    out = size // window
    true = _true(case)
    right = tuple(true[number] for number in truths)
    false = _false(case)
    return Draft(
        prompt=(
            f"A {size} × {size} × {depth} volume passes through {kind} pooling with a "
            f"{window} × {window} window and stride {window}. Tick every true "
            "statement.",
        ),
        answer=right,
        wrong=tuple(false[number] for number in falsehoods),
        solution=(
            f"Each window of {window * window} numbers becomes one number, in every "
            f"channel on its own: {size}/{window} = {out} rows and columns remain, "
            f"and the depth stays {depth}. Nothing is learned. What happens inside a "
            "window is condensed, so small changes of place disappear, large ones do "
            "not.",
            f"True: {'; '.join(right)}.",
        ),
        figure=Volumes(
            (Volume(size, size, depth, "input"), Volume("?", "?", "?", "output")),
            (f"{kind} pooling {window} × {window}",),
        ),
    )


def _true(case: Case) -> tuple[str, ...]:
    out, cells = case.size // case.window, case.window**2
    fate = (
        f"which of the {cells} cells held the largest one"
        if case.kind == "max"
        else f"which of the {cells} cells held which number"
    )
    return (
        f"Later layers have less to compute, for only one number in {cells} is left",
        "It has no parameters, so training does not change it",
        f"If the {cells} numbers of a window change places inside it, the output "
        "stays the same",
        f"The output has {out} × {out} numbers for each of its {case.depth} channels",
        f"The output does not tell {fate}",
    )


def _false(case: Case) -> tuple[Wrong, ...]:
    kind, size, depth, window, _, _ = case
    cells = window**2
    per_window = f"Each output is the sum of the {cells} numbers of its window"
    shared = (
        wrong(
            "pooling-has-weights",
            f"It learns {cells}·{depth} = {show(cells * depth)} weights, one for each "
            "cell of the window in each channel",
        ),
        wrong(
            "pooling-stops-shifts-altogether",
            "However far an object moves in the input, the output stays the same",
        ),
        wrong(
            "pooling-depth-one",
            f"It merges the {depth} channels, so the output has depth 1",
        ),
        wrong(
            "pooling-depth-divided",
            f"It shrinks the depth as well, from {depth} to {depth // window}",
        ),
        wrong(
            "stride-ignored",
            f"Neighbouring windows overlap, and the output has {size - window + 1} "
            "rows",
        ),
        wrong(
            "pooling-whole-map",
            f"Each channel is reduced to a single number, {depth} numbers in all",
        ),
    )
    if kind == "average":
        other = "Each output is the largest number of its window"
        return (*shared, wrong("pooling-maximum-instead-of-mean", other))
    return (
        *shared,
        wrong("pooling-mean-instead-of-maximum", f"{per_window}, divided by {cells}"),
        wrong(
            "max-pool-not-differentiable",
            "No gradient passes through it, so the layers before it cannot be trained",
        ),
    )
