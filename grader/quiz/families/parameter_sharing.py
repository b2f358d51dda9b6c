"""What it means that the neurons of a map share their weights."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Volume, Volumes
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(NamedTuple):
    """A convolution without padding, and which true statement is offered."""

    size: int
    depth: int
    filters: int
    kernel: int
    truth: int


def cases(level: int) -> Iterator[Case]:
    """Yield every layer with every true statement of a level."""
    layers = product((16, 20, 24, 28, 32), (3, 4, 8), (5, 6, 10, 12), (3, 5))
    for layer in layers:
        for truth in {1: (0,), 2: (1, 2), 3: (3, 4)}[level]:
            yield Case(*layer, truth)


@family(
    title="Parameter sharing",
    type="single",
    concept="why convolutions",
    levels=("who shares", "image size and maps", "sharing and connections"),
    cases=cases,
)
def parameter_sharing(case: Case) -> Draft:
    """Who shares the weights of a map, and what that has to do with connections."""
    size, depth, filters, kernel, truth = case
    out = size - kernel + 1
    one = kernel * kernel * depth
    places = show(out * out)
    answer = (
        f"The {places} neurons of one map use the same {one} weights",
        f"An image twice as high and wide needs no more weights than these "
        f"{show(one * filters)}",
        f"Two of the {filters} maps use two different sets of {one} weights",
        f"Each neuron reads {one} inputs, and sharing would not change that number",
        f"Without sharing, a map would have {places} times as many weights",
    )[truth]
    return Draft(
        prompt=(
            f"{filters} filters of size {kernel} × {kernel} × {depth} slide over a "
            f"{size} × {size} × {depth} image with stride 1 and no padding. Leave the "
            "biases aside. Which statement is true?",
        ),
        answer=answer,
        wrong=(
            wrong(
                "parameters-not-shared",
                f"Each of the {places} positions of a map has its own {one} weights",
            ),
            wrong(
                "sharing-across-filters",
                f"All {filters} maps use the same {one} weights",
            ),
            wrong(
                "sharing-between-channels",
                f"A filter uses the same {kernel * kernel} weights for each of the "
                f"{depth} channels",
            ),
            wrong(
                "parameters-depend-on-image-size",
                "An image twice as high and wide needs four times as many weights",
            ),
            wrong(
                "sharing-makes-connections-dense",
                f"Because weights are shared, each neuron reads all "
                f"{show(size * size * depth)} inputs",
            ),
        ),
        solution=(
            f"A filter has {kernel}·{kernel}·{depth} = {one} weights and stops at "
            f"{out}·{out} = {places} places: as many neurons, one set of weights.",
            "Another filter looks for something else, so it has weights of its own; so "
            "has every channel inside a filter. The size of the image only changes how "
            "often the weights are used, and which inputs a neuron reads is a matter "
            "of local connectivity, not of sharing.",
            f"So this is true: {answer}.",
        ),
        figure=Volumes(
            (Volume(size, size, depth, "image"), Volume(out, out, filters, "maps")),
            (f"{filters} filters {kernel} × {kernel} × {depth}",),
        ),
    )
