"""One output cell of a filter that spans several channels, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, grid, row
from grader.quiz.families._arrays import bracketed, flat, products, turned
from grader.quiz.family import Draft, Wrong, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """The channels, the smallest weight, and whether there is a bias."""

    channels: int
    low: int
    bias: bool


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level; windows are 2 × 2."""
    if level == 1:
        yield Case(2, 0, bias=False)
    elif level == 2:
        yield Case(2, -2, bias=True)
    else:
        yield Case(3, -2, bias=True)


@family(
    title="Several channels by hand",
    type="numeric",
    concept="convolution by hand",
    levels=("two channels", "negative weights and a bias", "three channels"),
    cases=cases,
)
def several_channels_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Compute one output cell of a filter that spans several channels."""
    channels, low, bias = case
    seen = [draw.grid(2, 2, 0, 5) for _ in range(channels)]
    slices = [draw.grid(2, 2, low, 2) for _ in range(channels)]
    extra = draw.choice((-4, -3, -2, 2, 3, 4)) if bias else 0
    parts = [_sum(cells, part) for cells, part in zip(seen, slices, strict=True)]
    if len(set(slices)) < channels or 0 in parts:
        return None
    answer = sum(parts) + extra
    numbers = range(1, channels + 1)
    plus_bias = f" The bias of the filter is {extra}." if bias else " There is no bias."
    return Draft(
        prompt=(
            f"An image has {channels} channels. One window of it, and a filter of size "
            f"2 × 2 × {channels}, are shown channel by channel.{plus_bias} Which "
            "number does the filter give at this position? (It is not flipped.)",
            row(*(grid(c, f"channel {n}") for n, c in zip(numbers, seen, strict=True))),
            row(
                *(grid(w, f"weights {n}") for n, w in zip(numbers, slices, strict=True))
            ),
        ),
        answer=answer,
        wrong=(
            wrong("first-channel-only", parts[0] + extra),
            wrong("last-channel-wins", parts[-1] + extra),
            wrong(
                "first-kernel-slice-for-all-channels",
                sum(_sum(cells, slices[0]) for cells in seen) + extra,
            ),
            *_bias_slips(parts, extra, channels),
            wrong(
                "kernel-flipped",
                _total(seen, [turned(part) for part in slices]) + extra,
            ),
            wrong("kernel-channels-reversed", _total(seen, slices[::-1]) + extra),
            wrong(
                "window-summed-without-kernel",
                sum(sum(flat(cells)) for cells in seen) + extra,
            ),
        ),
        solution=(
            "In each channel, multiply cell by cell with the weights of that channel:",
            *(
                Math(f"{products(flat(cells), flat(part))} = {value}")
                for cells, part, value in zip(seen, slices, parts, strict=True)
            ),
            "Add the channels up" + (", then the bias once:" if bias else ":"),
            Math(
                " + ".join(map(bracketed, [*parts, extra] if bias else parts))
                + f" = {answer}"
            ),
        ),
    )


def _bias_slips(
    parts: Sequence[int | float], extra: int, channels: int
) -> tuple[Wrong, ...]:
    if not extra:
        return ()
    total = sum(parts)
    return (
        wrong("bias-forgotten", total),
        wrong("bias-per-channel", total + channels * extra),
        wrong("bias-per-element", total + 4 * channels * extra),
        wrong("bias-subtracted", total - extra),
    )


def _sum(cells: Cells, weights: Cells) -> int | float:
    return sum(a * b for a, b in zip(flat(cells), flat(weights), strict=True))


def _total(seen: Sequence[Cells], slices: Sequence[Cells]) -> int | float:
    return sum(_sum(cells, part) for cells, part in zip(seen, slices, strict=True))
