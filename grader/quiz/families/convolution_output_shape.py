"""Height, width and depth of a convolution's output."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.combinations import Combinations
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTHS = (1, 3, 4, 6, 16)
SAME = ("The width is the same.",)
OUTPUT = Volume("?", "?", "?", "output")
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


class Axis(NamedTuple):
    """How large the output is along an axis, and what misconceptions make of it."""

    right: int
    padding_once: int
    rounded_up: int
    without_plus_one: int
    without_padding: int
    without_stride: int


def cases(level: int) -> Combinations[Case]:
    """Return every convolution of a level."""
    windows = [
        (kernel, *window) for kernel in KERNELS for window in _sizes(level, kernel)
    ]
    return Combinations(_case, DEPTHS, FILTERS, windows)


def _case(depth: int, filters: int, window: tuple[int, int, int, int, int]) -> Case:
    kernel, height, width, stride, padding = window
    return Case(height, width, depth, filters, kernel, stride, padding)


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
    down = _along(height, kernel, stride, padding)
    across = _along(width, kernel, stride, padding)
    out = (down.right, across.right)
    padded = "no padding" if padding == 0 else f"padding {padding} on every side"
    both = f"{kernel} × {kernel} × {depth}"
    return Draft(
        prompt=(
            f"A {height} × {width} × {depth} volume passes through a convolution "
            f"with {filters} filters of size {both}, stride {stride} and {padded}. "
            "What is the shape of the output (height × width × depth)?",
        ),
        answer=(*out, filters),
        wrong=(
            wrong(
                "padding-counted-once",
                (down.padding_once, across.padding_once, filters),
            ),
            wrong(
                "output-size-rounded-up",
                (down.rounded_up, across.rounded_up, filters),
            ),
            wrong(
                "output-size-without-plus-one",
                (down.without_plus_one, across.without_plus_one, filters),
            ),
            wrong("output-depth-equals-input-depth", (*out, depth)),
            wrong(
                "padding-left-out-of-size",
                (down.without_padding, across.without_padding, filters),
            ),
            wrong(
                "stride-left-out-of-size",
                (down.without_stride, across.without_stride, filters),
            ),
            wrong("output-size-equals-input-size", (height, width, filters)),
            wrong("output-depth-filters-times-channels", (*out, filters * depth)),
        ),
        solution=(
            *_steps("H", height, kernel, stride, padding),
            *(_steps("W", width, kernel, stride, padding) if width != height else SAME),
            f"Every filter spans the whole depth of {depth} and makes one map, so "
            f"{filters} filters make a depth of {filters}.",
            f"The output is {show((*out, filters))}.",
        ),
        figure=Volumes(
            (Volume(height, width, depth, "input"), OUTPUT),
            (f"{filters} filters {both}",),
        ),
    )


# Variants differ in their depths far more than in their axes.
@lru_cache(maxsize=4096)
def _along(size: int, kernel: int, stride: int, padding: int) -> Axis:
    """Reckon along an axis of `size` cells."""
    room = size + 2 * padding - kernel  # how far the window moves
    return Axis(
        right=room // stride + 1,
        padding_once=(room - padding) // stride + 1,
        rounded_up=-(-room // stride) + 1,
        without_plus_one=room // stride,
        without_padding=(size - kernel) // stride + 1,
        without_stride=room + 1,
    )


@lru_cache(maxsize=4096)
def _steps(
    letter: str, size: int, kernel: int, stride: int, padding: int
) -> tuple[str | Math, ...]:
    axis = "height" if letter == "H" else "width"
    out = _along(size, kernel, stride, padding).right
    return (
        f"Along the {axis}, the first window and one more for every full stride:",
        Math(
            f"{letter}_out = floor(({size} + 2·{padding} - {kernel})/{stride}) + 1"
            f" = {out}"
        ),
    )
