"""Height, width and depth of a convolution's output."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTHS = (1, 3, 4, 6, 16)
SAME = ("The width is the same.",)
KERNELS = (3, 5, 7)
FILTERS = (2, 5, 8, 10, 12, 20, 32, 64)


class Case(NamedTuple):
    """A convolution."""

    height: int
    width: int
    depth: int
    filters: int
    kernel: int
    stride: int
    padding: int

    def positions(self, size: int) -> int:
        """How many positions the window has along an axis of `size` cells."""
        return (size + 2 * self.padding - self.kernel) // self.stride + 1


def cases(level: int) -> Iterator[Case]:
    """Yield every convolution of a level."""
    sizes = {kernel: tuple(_sizes(level, kernel)) for kernel in KERNELS}
    for depth, filters, kernel in product(DEPTHS, FILTERS, KERNELS):
        for height, width, stride, padding in sizes[kernel]:
            yield Case(height, width, depth, filters, kernel, stride, padding)


def _sizes(level: int, kernel: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each height, width, stride and padding of a level."""
    if level == 1:
        for size in range(8, 65):
            yield size, size, 1, 0
    elif level == 2:
        for size, padding in product(range(8, 65), range(1, kernel // 2 + 1)):
            yield size, size, 1, padding
    else:
        for height, stride, padding in product(range(11, 41), (2, 3, 4), (0, 1)):
            width = height + 2 * stride + 1
            left_over = [
                (side + 2 * padding - kernel) % stride for side in (height, width)
            ]
            # The stride leaves cells over on at least one axis.
            if stride < kernel and any(left_over):
                yield height, width, stride, padding


@family(
    title="Output shape of a convolution",
    type="single",
    concept="output shape",
    levels=("stride 1, no padding", "padding", "a stride that leaves cells over"),
    cases=cases,
)
def convolution_output_shape(case: Case) -> Draft:
    """Height, width and depth of a convolution's output."""
    height, width, depth, filters, kernel, stride, padding = case
    # How far the window moves down, and to the right.
    down, right = height + 2 * padding - kernel, width + 2 * padding - kernel
    out = (down // stride + 1, right // stride + 1)
    padded = "no padding" if padding == 0 else f"padding {padding} on every side"
    both = f"{kernel} × {kernel} × {depth}"
    return Draft(
        prompt=(
            f"A {show((height, width, depth))} volume passes through a convolution "
            f"with {filters} filters of size {both}, stride {stride} and {padded}. "
            "What is the shape of the output (height × width × depth)?",
        ),
        answer=(*out, filters),
        wrong=(
            wrong(
                "padding-counted-once",
                (
                    (down - padding) // stride + 1,
                    (right - padding) // stride + 1,
                    filters,
                ),
            ),
            wrong(
                "output-size-rounded-up",
                (-(-down // stride) + 1, -(-right // stride) + 1, filters),
            ),
            wrong(
                "output-size-without-plus-one",
                (down // stride, right // stride, filters),
            ),
            wrong("output-depth-equals-input-depth", (*out, depth)),
            wrong(
                "padding-left-out-of-size",
                (
                    (height - kernel) // stride + 1,
                    (width - kernel) // stride + 1,
                    filters,
                ),
            ),
            wrong("stride-left-out-of-size", (down + 1, right + 1, filters)),
            wrong("output-size-equals-input-size", (height, width, filters)),
            wrong("output-depth-filters-times-channels", (*out, filters * depth)),
        ),
        solution=(
            *_steps(case, "H", height),
            *(_steps(case, "W", width) if width != height else SAME),
            f"Every filter spans the whole depth of {depth} and makes one map, so "
            f"{filters} filters make a depth of {filters}.",
            f"The output is {show((*out, filters))}.",
        ),
        figure=Volumes(
            (Volume(height, width, depth, "input"), Volume("?", "?", "?", "output")),
            (f"{filters} filters {both}",),
        ),
    )


def _steps(case: Case, letter: str, size: int) -> tuple[str | Math, ...]:
    axis = "height" if letter == "H" else "width"
    span = f"{size} + 2·{case.padding} - {case.kernel}"
    return (
        f"Along the {axis}, the first window and one more for every full stride:",
        Math(
            f"{letter}_out = floor(({span})/{case.stride}) + 1 = {case.positions(size)}"
        ),
    )
