"""What a 1 × 1 convolution makes of a volume, and how much it learns."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.families._layers import a, biases_words
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A 1 × 1 convolution and its input."""

    height: int
    width: int
    depth: int
    filters: int
    bias: bool


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    if level == 1:
        for size, depth, filters in product(range(7, 65), (3, 4, 8, 10), (2, 5, 6)):
            yield Case(size, size, depth, filters, bias=False)
    elif level == 2:
        channels = product((8, 12, 16, 20, 32, 64), (4, 5, 10, 16, 24, 32))
        for (depth, filters), size in product(channels, range(7, 85)):
            if depth != filters:
                yield Case(size, size, depth, filters, bias=True)
    else:
        channels = product((16, 32, 64, 128, 192, 256), (16, 20, 32, 64, 100))
        for (depth, filters), height in product(channels, range(7, 121)):
            for bias in (True, False):
                yield Case(height, height + 7, depth, filters, bias)


@family(
    title="1 × 1 convolution",
    type="single",
    concept="variants of convolution",
    levels=("few channels, no bias", "with bias", "height and width differ"),
    cases=cases,
)
def pointwise_convolution(case: Case) -> Draft:
    """Find the shape and the parameters of a 1 × 1 convolution."""
    height, width, depth, filters, bias = case
    weights, biases = depth * filters, filters if bias else 0
    total = weights + biases

    def said(shape: tuple[int, int, int], parameters: int) -> str:
        return f"{show(shape)}, {show(parameters)} parameters"

    right = (height, width, filters)
    answer = said(right, total)
    return Draft(
        prompt=(
            f"{a(height, width, depth).capitalize()} volume "
            f"passes through a convolution "
            f"with {filters} filters of size {show((1, 1, depth))}, stride 1 and no "
            f"padding. {biases_words(bias=bias)} What is the shape of the output "
            "(height × width × depth), and how many parameters does the layer learn?",
        ),
        answer=answer,
        wrong=(
            wrong(
                "pointwise-scales-channels",
                said((height, width, depth), depth + (depth if bias else 0)),
            ),
            wrong("pointwise-does-nothing", said((height, width, depth), 0)),
            wrong("pointwise-shrinks-image", said((1, 1, filters), total)),
            wrong("parameters-without-channels", said(right, filters + biases)),
            wrong(
                "output-depth-equals-input-depth", said((height, width, depth), total)
            ),
            wrong(
                "parameters-depend-on-image-size",
                said(right, height * width * weights + biases),
            ),
            wrong("parameters-without-filters", said(right, depth + min(biases, 1))),
            wrong("parameters-without-bias", said(right, weights)),
            wrong("parameters-bias-although-off", said(right, weights + filters)),
        ),
        solution=(
            f"A 1 × 1 window fits on every pixel, so {height} × {width} stays; each "
            f"of the {filters} filters makes one map.",
            f"A filter mixes the {depth} channels of a pixel with {depth} weights"
            + (" and one bias:" if bias else ":"),
            Math(
                f"{filters}·{depth}"
                + (f" + {filters}" if bias else "")
                + f" = {show(total)}"
            ),
            f"So: {answer}.",
        ),
        figure=Volumes(
            (Volume(height, width, depth, "input"), Volume("?", "?", "?", "output")),
            (f"{filters} filters 1 × 1",),
        ),
    )
