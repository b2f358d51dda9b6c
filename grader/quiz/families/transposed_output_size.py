"""Height, width and depth of a transposed convolution's output."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.families._layers import a, positions
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Case(NamedTuple):
    """A transposed convolution."""

    height: int
    width: int
    depth: int
    filters: int
    kernel: int
    stride: int
    padding: int


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    for depth, filters in product((3, 8, 16, 64), (1, 6, 10, 12, 32)):
        for size, stride, kernel in product(range(4, 33), (2, 3, 4), (2, 3, 4, 5)):
            if level == 1 and kernel > stride:
                yield Case(size, size, depth, filters, kernel, stride, 0)
            elif level == 2 and kernel > 2:
                yield Case(size, size, depth, filters, kernel, stride, 1)
            elif level == 3 and kernel > 3 and size > 9:
                yield Case(size, size + 3, depth, filters, kernel, stride, 2)


@family(
    title="Output shape of a transposed convolution",
    type="single",
    concept="variants of convolution",
    levels=("no padding", "padding 1", "padding 2, height and width differ"),
    cases=cases,
)
def transposed_output_size(case: Case) -> Draft:
    """Find height, width and depth of a transposed convolution's output."""
    height, width, depth, filters, kernel, stride, padding = case

    def full(size: int) -> int:
        return (size - 1) * stride + kernel

    def instead(count: Callable[[int], int]) -> tuple[int, ...]:
        return (count(height), count(width), filters)

    out = (full(height) - 2 * padding, full(width) - 2 * padding)
    padded = f"padding {padding}" if padding else "no padding"
    shrunk = instead(lambda n: positions(n, kernel, stride, padding))
    cut = (
        (
            f"Padding {padding} cuts {padding} cells off each side: 2·{padding} in "
            "all along each axis.",
        )
        if padding
        else ()
    )
    return Draft(
        prompt=(
            f"{a(height, width, depth).capitalize()} volume "
            f"passes through a transposed "
            f"convolution with {filters} output channels, a {kernel} × {kernel} "
            f"kernel, stride {stride} and {padded} (and no output padding). What is "
            "the shape of the output (height × width × depth)?",
        ),
        answer=(*out, filters),
        wrong=(
            *(
                (wrong("transposed-size-of-convolution", shrunk),)
                if min(shrunk) > 0
                else ()
            ),
            wrong("transposed-size-multiplied", instead(lambda n: n * stride)),
            wrong(
                "transposed-stride-ignored",
                instead(lambda n: n - 1 + kernel - 2 * padding),
            ),
            wrong(
                "transposed-padding-enlarges", instead(lambda n: full(n) + 2 * padding)
            ),
            wrong("transposed-padding-ignored", instead(full)),
            wrong("transposed-padding-cut-once", instead(lambda n: full(n) - padding)),
            wrong(
                "transposed-stride-is-kernel-size",
                instead(lambda n: n * kernel - 2 * padding),
            ),
            wrong("output-depth-equals-input-depth", (*out, depth)),
        ),
        solution=(
            f"Each input cell pastes a copy of the kernel, {stride} cells after the "
            "one before; the last copy adds its full length.",
            *cut,
            Math(
                f"H_out = ({height} - 1)·{stride} + {kernel} - 2·{padding} = {out[0]}"
            ),
            "The width is the same."
            if width == height
            else Math(
                f"W_out = ({width} - 1)·{stride} + {kernel} - 2·{padding} = {out[1]}"
            ),
            f"There are {filters} output channels: the output is "
            f"{show((*out, filters))}.",
        ),
        figure=Volumes(
            (Volume(height, width, depth, "input"), Volume("?", "?", "?", "output")),
            (f"transposed {kernel} × {kernel}, stride {stride}",),
        ),
    )
