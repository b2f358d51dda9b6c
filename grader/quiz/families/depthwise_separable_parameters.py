"""What a depthwise separable convolution learns, and what it saves."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """Channels in and out and a square kernel; `saving` asks for the difference."""

    size: int
    channels: int
    filters: int
    kernel: int
    saving: bool


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    sizes = range(14, 57, 2)
    small, large = (2, 3, 4, 5, 6, 8, 10), (8, 10, 12, 16, 20, 32, 64)
    counts = product(small, small) if level == 1 else product(large, large)
    for channels, filters in counts:
        for size, kernel in product(sizes, (3, 5, 7, 9)):
            if channels != filters or level > 1:
                yield Case(size, channels, filters, kernel, saving=level == 3)


@family(
    title="Parameters of a depthwise separable convolution",
    type="numeric",
    concept="counting",
    levels=("few channels", "many channels", "what it saves"),
    cases=cases,
)
def depthwise_separable_parameters(case: Case) -> Draft:
    """Count the weights of both steps, or what they save."""
    size, channels, filters, kernel, saving = case
    square = kernel * kernel
    depthwise, pointwise = square * channels, channels * filters
    total, full = depthwise + pointwise, square * channels * filters

    def asked(weights: int) -> int:
        return full - weights if saving else weights

    question = (
        "How many weights fewer is that than in one full convolution with the same "
        "channels and kernel?"
        if saving
        else "How many weights do both steps have?"
    )
    return Draft(
        prompt=(
            f"A {show((size, size, channels))} volume passes through a depthwise "
            f"separable convolution: one {kernel} × {kernel} filter for each channel, "
            f"then {filters} filters of size 1 × 1 over all channels, without biases. "
            f"{question}",
        ),
        answer=asked(total),
        wrong=(
            wrong("pointwise-step-not-counted", asked(depthwise)),
            wrong("depthwise-step-not-counted", asked(pointwise)),
            wrong("depthwise-and-pointwise-multiplied", asked(depthwise * pointwise)),
            wrong("depthwise-counted-as-full", asked(full + pointwise)),
            wrong(
                "parameters-kernel-not-squared", asked(kernel * channels + pointwise)
            ),
            wrong("parameters-bias-although-off", asked(total + filters + channels)),
        ),
        solution=(
            "Depthwise, one small filter for each channel:",
            Math(f"{kernel}·{kernel}·{channels} = {show(depthwise)}"),
            "Pointwise, one weight for each pair of channels:",
            Math(f"{channels}·{filters} = {show(pointwise)}"),
            Math(f"{show(depthwise)} + {show(pointwise)} = {show(total)}"),
            *(
                (
                    "The full convolution would have",
                    Math(f"{kernel}·{kernel}·{channels}·{filters} = {show(full)}"),
                    "so the difference is",
                    Math(f"{show(full)} - {show(total)} = {show(full - total)}"),
                )
                if saving
                else ()
            ),
        ),
    )
