"""How deep filters and maps are, layer after layer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, table
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # The depth of the input and the number of filters, to depth of filter and output.
    Layer = Callable[[int, int], tuple[int, int]]

POOLING = 0


class Case(NamedTuple):
    """The depth of the input, and the filters of each layer; 0 for pooling."""

    depth: int
    filters: tuple[int, ...]


def cases(level: int) -> Iterator[Case]:
    """Yield every stack of a level."""
    counts = (4, 6, 8, 10, 12, 16)
    for depth in (3, 2, 4):
        for first, second in product(counts, counts):
            if first != second and depth not in (first, second):
                if level == 1:
                    yield Case(depth, (first, second))
                elif level == 2:
                    yield Case(depth, (first, POOLING, second))
                else:
                    for third in counts:
                        yield Case(depth, (first, second, POOLING, third))


@family(
    title="Filters and channels",
    type="cloze",
    concept="connectivity",
    levels=("two convolutions", "pooling in between", "three convolutions"),
    cases=cases,
)
def filters_and_channels(case: Case) -> Draft:
    """Find the depth of the filters and maps of a stack of layers."""
    answer = _depths(case, lambda depth, filters: (depth, filters))
    names = _names(case)
    blank = [
        (name, *((BLANK, BLANK) if filters else ("no filter", BLANK)))
        for name, filters in zip(names, case.filters, strict=True)
    ]
    numbers = iter(answer)
    filled = [
        (name, next(numbers) if filters else "no filter", next(numbers))
        for name, filters in zip(names, case.filters, strict=True)
    ]
    header = ("layer", "depth of one filter", "depth of the output")
    return Draft(
        prompt=(
            f"An image with {case.depth} channels passes through these layers, one "
            "after the other. How deep is each filter, and how deep is each layer's "
            "output (how many maps does it have)?",
            table(header, blank),
        ),
        answer=answer,
        wrong=(
            wrong(
                "filter-depth-of-the-image",
                _depths(case, lambda _, filters: (case.depth, filters)),
            ),
            wrong(
                "parameters-without-channels",
                _depths(case, lambda _, filters: (1, filters)),
            ),
            wrong(
                "output-depth-filters-times-channels",
                _depths(case, lambda depth, filters: (depth, depth * filters)),
            ),
            wrong(
                "output-depth-equals-input-depth",
                _depths(case, lambda depth, _: (depth, depth)),
            ),
            wrong("output-depth-one", _depths(case, lambda depth, _: (depth, 1))),
            wrong(
                "pooling-depth-divided",
                _depths(case, lambda depth, filters: (depth, filters), halving=2),
            ),
            wrong(
                "filter-depth-is-number-of-filters",
                _depths(case, lambda _, filters: (filters, filters)),
            ),
        ),
        solution=(
            "A filter spans all channels of what it reads, so it is as deep as its "
            "input. It adds everything up into one map, so there are as many maps as "
            "filters. Pooling treats every map alone and keeps their number.",
            table(header, filled),
        ),
    )


def _names(case: Case) -> list[str]:
    return [
        f"convolution, {filters} filters" if filters else "max pooling 2 × 2"
        for filters in case.filters
    ]


def _depths(case: Case, layer: Layer, halving: int = 1) -> tuple[int, ...]:
    """Return the depths of filter and output by layer; pooling has no filter."""
    depth = case.depth
    found: list[int] = []
    for filters in case.filters:
        if filters == POOLING:
            depth //= halving
            found.append(depth)
        else:
            of_filter, depth = layer(depth, filters)
            found += [of_filter, depth]
    return tuple(found)
