"""How many weights three one-dimensional filters hold instead of one full filter."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator


CHANNELS = (3, 4, 6, 8, 10, 12, 16, 20, 24, 30, 32, 40, 50, 60, 64)
FILTERS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30, 32, 64)


class Case(NamedTuple):
    """Full filters and how many of them are flattened."""

    channels: int
    height: int
    width: int
    filters: int


def cases(level: int) -> Iterator[Case]:
    """Yield every filter of a level."""
    for channels in CHANNELS:
        if level == 1:
            for side in (3, 5, 7, 9, 11):
                yield Case(channels, side, side, 1)
        else:
            for height, width in product(range(2, 10), repeat=2):
                if height != width:
                    for filters in (1,) if level == 2 else FILTERS:
                        yield Case(channels, height, width, filters)


@family(
    title="Weights of flattened filters",
    type="numeric",
    concept="variants of convolution",
    levels=("one square filter", "height and width differ", "several filters"),
    cases=cases,
)
def flattened_weights(case: Case) -> Draft:
    """How many weights three one-dimensional filters hold instead of a full one."""
    channels, height, width, filters = case
    full, each = channels * height * width, channels + height + width
    every = "A filter" if filters == 1 else f"Each of {filters} filters"
    shape = f"{height} × {width} × {channels} (height × width × channels)"
    asked = "do these three" if filters == 1 else "do all these one-dimensional filters"
    total = Math(f"{channels} + {height} + {width} = {each}")
    last = Math(f"{filters}·{each} = {show(filters * each)}") if filters > 1 else total
    return Draft(
        prompt=(
            f"{every} of size {shape} is flattened into three one-dimensional filters: "
            "one along the channels, one down the height, one across the width. How "
            f"many weights {asked} hold, without biases?",
        ),
        answer=filters * each,
        wrong=(
            wrong("flattened-cost-multiplied", filters * full),
            wrong("flattened-channel-filter-missing", filters * (height + width)),
            wrong("flattened-row-filter-missing", filters * (channels + height)),
            wrong("flattened-column-filter-missing", filters * (channels + width)),
            wrong("parameters-without-filters", each),
        ),
        solution=(
            f"The full filter has {channels}·{height}·{width} = {show(full)} weights. "
            "Three filters that follow each other have one weight for each cell of "
            "their own length, and lengths add:",
            total,
            *((f"{filters} such triples:", last) if filters > 1 else ()),
        ),
    )
