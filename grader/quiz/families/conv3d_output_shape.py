"""The shape of a 3D convolution's output."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Case(NamedTuple):
    """A 3D convolution over a clip; height and width are alike."""

    frames: int
    size: int
    channels: int
    filters: int
    time: int
    kernel: int
    padding: int
    stride: int


def cases(level: int) -> Iterator[Case]:
    """Yield every convolution of a level."""
    frames = (8, 10, 12, 16, 20, 24, 30)
    sizes = (14, 16, 18, 20, 24, 28, 30, 32, 40, 48, 56, 64)
    for f, s, c, k in product(frames, sizes, (1, 3), (4, 8, 16, 32)):
        for time, kernel in product((3, 5, 7), (3, 5, 7)):
            if level == 1 and time == kernel:
                yield Case(f, s, c, k, time, kernel, 0, 1)
            elif level == 2 and time != kernel:
                yield Case(f, s, c, k, time, kernel, 1, 1)
            elif level == 3 and (s + 2 - kernel) % 2:
                yield Case(f, s, c, k, time, kernel, 1, 2)


@family(
    title="Output shape of a 3D convolution",
    type="single",
    concept="variants of convolution",
    levels=("a cube without padding", "padding", "stride 2"),
    cases=cases,
)
def conv3d_output_shape(case: Case) -> Draft:
    """Frames, height, width and maps of a 3D convolution."""
    frames, size, channels, filters, time, kernel, padding, stride = case

    def shape(positions: Callable[[int, int], int]) -> tuple[int, ...]:
        side = positions(size, kernel)
        return (positions(frames, time), side, side, filters)

    answer = shape(lambda n, k: (n + 2 * padding - k) // stride + 1)
    deep, side = answer[:2]
    padded = f"padding {padding} on every side" if padding else "no padding"
    return Draft(
        prompt=(
            f"A clip of {frames} frames, each {size} × {size} with {channels} "
            f"channel{'s' if channels > 1 else ''}, passes through a 3D convolution: "
            f"{filters} filters of {time} frames × {kernel} × {kernel} that span all "
            f"channels, stride {stride} and {padded} along all three axes. What is the "
            "shape of the output (frames × height × width × maps)?",
        ),
        answer=answer,
        wrong=(
            wrong("depth-not-slid", (1, side, side, filters)),
            wrong("depth-window-missing", (frames, side, side, filters)),
            wrong("output-size-equals-input-size", (frames, size, size, filters)),
            wrong(
                "output-depth-filters-times-channels",
                (deep, side, side, filters * channels),
            ),
            wrong(
                "output-size-without-plus-one",
                shape(lambda n, k: (n + 2 * padding - k) // stride),
            ),
            wrong(
                "padding-counted-once",
                shape(lambda n, k: (n + padding - k) // stride + 1),
            ),
            wrong(
                "output-size-rounded-up",
                shape(lambda n, k: -((k - n - 2 * padding) // stride) + 1),
            ),
            wrong("output-depth-equals-input-depth", (deep, side, side, channels)),
            wrong(
                "stride-left-out-of-size",
                shape(lambda n, k: n + 2 * padding - k + 1),
            ),
        ),
        solution=(
            "A 3D filter slides along frames, height and width alike. Frames:",
            Math(f"floor(({frames} + 2·{padding} - {time})/{stride}) + 1 = {deep}"),
            "Height and width:",
            Math(f"floor(({size} + 2·{padding} - {kernel})/{stride}) + 1 = {side}"),
            f"Each filter sums over the channels and makes one map of frames, so there "
            f"are {filters}. The output is {show(answer)}.",
        ),
    )
