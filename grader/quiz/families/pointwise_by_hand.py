"""What a 1 × 1 convolution does to one pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Math, grid, row
from grader.quiz.families._arrays import bracketed, products, transposed
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """Channels in and out, the smallest weight, and whether there are biases."""

    channels: int
    filters: int
    low: int
    bias: bool


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield Case(2, 2, 0, bias=False)
    elif level == 2:
        yield Case(3, 2, -2, bias=False)
        yield Case(3, 3, -2, bias=False)
    else:
        yield Case(3, 2, -3, bias=True)
        yield Case(2, 3, -3, bias=True)


@family(
    title="A 1 × 1 convolution by hand",
    type="cloze",
    concept="variants of convolution",
    levels=("two channels", "three channels, negative weights", "with biases"),
    cases=cases,
)
def pointwise_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Mix the channels of one pixel by hand."""
    channels, filters, low, bias = case
    pixel = draw.integers(1, 9, channels)
    weights = draw.grid(filters, channels, low, 3)
    biases = draw.integers(-5, 5, filters) if bias else (0,) * filters
    answer = _mixed(weights, pixel, biases)
    if any(not any(line) for line in weights) or answer == pixel:
        return None
    wrongs = [
        wrong("bias-forgotten", _mixed(weights, pixel, (0,) * filters)),
        wrong("window-summed-without-kernel", tuple(sum(pixel) + b for b in biases)),
    ]
    if channels == filters:
        diagonal = tuple(weights[c][c] * pixel[c] for c in range(channels))
        wrongs += [
            wrong("pointwise-scales-channels", diagonal),
            wrong("pointwise-does-nothing", pixel),
            wrong(
                "pointwise-weights-transposed",
                _mixed(transposed(weights), pixel, biases),
            ),
        ]
    named = grid([biases], "bias of each filter")
    return Draft(
        prompt=(
            f"A pixel has {channels} channels. A 1 × 1 convolution has {filters} "
            f"filters, one in each row below, {'with' if bias else 'without'} biases. "
            "What does it make of the pixel?",
            row(
                grid([pixel], "pixel"),
                grid(weights, "filters"),
                *((named,) if bias else ()),
                "→",
                grid([(BLANK,) * filters], "new pixel"),
            ),
        ),
        answer=answer,
        wrong=tuple(wrongs),
        solution=(
            "Each filter mixes all channels of the pixel into one number:",
            *(
                Math(
                    f"{products(line, pixel)}"
                    f"{f' + {bracketed(extra)}' if bias else ''} = {value}"
                )
                for line, extra, value in zip(weights, biases, answer, strict=True)
            ),
            grid([answer], "new pixel"),
        ),
    )


def _mixed(
    weights: Cells, pixel: tuple[int, ...], biases: tuple[int, ...]
) -> tuple[int | float, ...]:
    return tuple(
        sum(w * x for w, x in zip(line, pixel, strict=True)) + extra
        for line, extra in zip(weights, biases, strict=True)
    )
