"""Transposed convolution in one dimension, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import blank_grid, grid, row
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Number


class Case(NamedTuple):
    """The lengths of input and kernel, the stride, the smallest weight."""

    length: int
    kernel: int
    stride: int
    low: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    if level == 1:
        yield from (Case(3, 2, 2, 1), Case(2, 3, 3, 1), Case(4, 2, 2, 1))
    elif level == 2:
        yield from (Case(2, 3, 2, 1), Case(3, 3, 2, 1), Case(3, 2, 1, 1))
    else:
        yield from (Case(3, 3, 1, -3), Case(3, 4, 2, -3), Case(2, 4, 3, -3))


@family(
    title="Transposed convolution by hand",
    type="cloze",
    concept="variants of convolution",
    levels=("copies side by side", "copies that overlap", "negative weights"),
    cases=cases,
)
def transposed_convolution_by_hand(case: Case, draw: Draw) -> Draft | None:
    """Paste a scaled copy of the kernel for every input, and add."""
    length, size, stride, low = case
    inputs = draw.integers(1, 5, length)
    kernel = draw.integers(low, 4, size)
    if not any(kernel) or kernel == kernel[::-1]:
        return None
    total = (length - 1) * stride + size
    copies = _copies(inputs, kernel, stride, total)
    answer = tuple(map(sum, zip(*copies, strict=True)))
    covered = tuple(
        sum(n * stride <= place < n * stride + size for n in range(length))
        for place in range(total)
    )
    averaged = tuple(
        value if count < 2 else value / count
        for value, count in zip(answer, covered, strict=True)
    )
    return Draft(
        prompt=(
            f"A transposed convolution with stride {stride} and no padding takes this "
            "row of numbers and this kernel. What comes out?",
            row(
                grid([inputs], "input"),
                grid([kernel], "kernel"),
                "→",
                blank_grid(1, total, "output"),
            ),
        ),
        answer=answer,
        wrong=(
            wrong(
                "transposed-overlap-assigned",
                _overwritten(inputs, kernel, stride, total),
            ),
            wrong("transposed-stride-ignored", _added(inputs, kernel, 1, total)),
            wrong(
                "transposed-kernel-flipped", _added(inputs, kernel[::-1], stride, total)
            ),
            wrong("transposed-overlap-averaged", averaged),
            wrong(
                "transposed-stride-is-kernel-size", _added(inputs, kernel, size, total)
            ),
        ),
        solution=(
            f"Every input pastes a copy of the kernel times itself, {stride} "
            f"cell{'s' if stride > 1 else ''} further on; where copies overlap they "
            "are added:",
            grid(
                [
                    tuple(
                        value if 0 <= place - number * stride < size else None
                        for place, value in enumerate(copy)
                    )
                    for number, copy in enumerate(copies)
                ],
                "copies, one for each input",
            ),
            grid([answer], "output"),
        ),
    )


def _copies(
    inputs: tuple[int, ...], kernel: tuple[int, ...], stride: int, total: int
) -> list[tuple[int, ...]]:
    """Return a row for each input: its scaled kernel among zeros, cut at the end."""
    rows = []
    for number, value in enumerate(inputs):
        start = number * stride
        line = [0] * (start + len(kernel))
        line[start:] = [value * weight for weight in kernel]
        rows.append(tuple([*line, *([0] * total)][:total]))
    return rows


def _added(
    inputs: tuple[int, ...], kernel: tuple[int, ...], stride: int, total: int
) -> tuple[Number, ...]:
    return tuple(map(sum, zip(*_copies(inputs, kernel, stride, total), strict=True)))


def _overwritten(
    inputs: tuple[int, ...], kernel: tuple[int, ...], stride: int, total: int
) -> tuple[Number, ...]:
    line = [0] * total
    for number, value in enumerate(inputs):
        start = number * stride
        line[start : start + len(kernel)] = [value * weight for weight in kernel]
    return tuple(line)
