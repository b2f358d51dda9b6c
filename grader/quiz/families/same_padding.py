"""The padding that keeps height and width."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math, Volume, Volumes
from grader.quiz.families._layers import a
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.family import Wrong

NONE = "none: no such padding exists"


class Case(NamedTuple):
    """A convolution with stride 1 whose output is as large as its input."""

    size: int
    depth: int
    filters: int
    kernel: int
    dilation: int


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level."""
    kernels = {1: (3, 5, 7, 9, 11), 2: range(2, 12), 3: (2, 3, 4, 5, 7)}[level]
    dilations = (2, 3, 4) if level == 3 else (1,)
    for size, depth, filters in product(range(12, 65), (1, 3, 4, 8), (8, 10, 16, 32)):
        for kernel, dilation in product(kernels, dilations):
            if dilation * (kernel - 1) < size - 1:
                yield Case(size, depth, filters, kernel, dilation)


def _padding(spread: int) -> int | str:
    """Return the padding for a window that reaches `spread` cells past its first."""
    return NONE if spread % 2 else spread // 2


@family(
    title="Padding that keeps the size",
    type="single",
    concept="output shape",
    levels=("odd kernels", "odd and even kernels", "dilated kernels"),
    cases=cases,
)
def same_padding(case: Case) -> Draft:
    """Find the padding that keeps height and width."""
    size, depth, filters, kernel, dilation = case
    spread = dilation * (kernel - 1)
    answer = _padding(spread)
    dilated = f" with dilation {dilation}" if dilation > 1 else ""
    return Draft(
        prompt=(
            f"{a(size, size, depth).capitalize()} input "
            f"passes through a convolution with "
            f"{filters} filters of size {kernel} × {kernel}{dilated} and stride 1. "
            "How many rows and columns of zeros, the same number on all four sides, "
            f"make the output {size} × {size} again?",
        ),
        answer=answer,
        wrong=_wrong(case, spread),
        solution=(
            *_covered(case, spread),
            f"Without padding the output has {spread} fewer cells along each axis "
            "than the input; the zeros of both sides together make up for them:",
            Math(f"2·padding = {spread}"),
            f"Half of {spread} is no whole number, so the answer is {NONE}."
            if spread % 2
            else f"Half of {spread} on each side: {answer}.",
        ),
        figure=Volumes(
            (
                Volume(size, size, depth, "input"),
                Volume(size, size, filters, "output"),
            ),
            (f"{filters} filters {kernel} × {kernel}{dilated}, padding ?",),
        ),
    )


def _covered(case: Case, spread: int) -> tuple[str | Math, ...]:
    if case.dilation == 1:
        return ()
    kernel, dilation = case.kernel, case.dilation
    return (
        "From its first to its last weight the dilated kernel covers",
        Math(f"{dilation}·({kernel} - 1) + 1 = {spread + 1}"),
    )


def _wrong(case: Case, spread: int) -> tuple[Wrong, ...]:
    kernel, dilation = case.kernel, case.dilation
    covers = f"The dilated kernel covers {spread + 1} cells." if dilation > 1 else ""
    wrongs: list[Wrong] = []
    if dilation > 1:
        wrongs += [
            wrong("dilation-missing-from-shape", _padding(kernel - 1)),
            wrong("dilation-size-multiplied", _padding(dilation * kernel - 1)),
            wrong("dilation-size-added", _padding(dilation + kernel - 1)),
        ]
    if spread % 2:
        wrongs += [
            wrong("same-padding-even-rounded-up", (spread + 1) // 2, covers),
            wrong("same-padding-even-rounded-down", spread // 2, covers),
        ]
    else:
        wrongs += [
            wrong("same-padding-rounded-up", spread // 2 + 1, covers),
            wrong("same-padding-half-kernel", (spread + 1) / 2, covers),
        ]
        if dilation == 1:
            wrongs.append(wrong("same-padding-parity-exchanged", NONE))
    return (
        *wrongs,
        wrong("same-padding-not-halved", spread, covers),
        wrong("same-padding-zero", 0, covers),
        wrong("same-padding-kernel-size", spread + 1, covers),
        wrong("same-padding-always-one", 1, covers),
    )
