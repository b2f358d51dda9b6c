"""Find the padding, the stride or the kernel from the size of the output."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Math
from grader.quiz.families._layers import a
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.family import Wrong


class Case(NamedTuple):
    """A convolution along both axes of a square image; one number is asked for."""

    unknown: str
    size: int
    kernel: int
    stride: int
    padding: int

    @property
    def steps(self) -> int:
        """How often the window moves on."""
        return (self.size + 2 * self.padding - self.kernel) // self.stride


def cases(level: int) -> Iterator[Case]:
    """Yield every layer of a level whose windows reach the border exactly."""
    if level == 1:
        for size, kernel, padding in product(range(8, 65), range(2, 12), range(6)):
            if padding < kernel < size:
                yield Case("padding", size, kernel, 1, padding)
        return
    strides = (1, 2, 3) if level == 2 else (2, 3, 4, 5)
    for size, stride, padding in product(range(8, 81), strides, range(4)):
        for kernel in range(2, 12):
            layer = (size, kernel, stride, padding)
            span = size + 2 * padding - kernel
            if padding < kernel < size and span % stride == 0 and span > stride:
                if level == 2:
                    yield Case("kernel", *layer)
                else:
                    yield Case("stride", *layer)
                    if padding and stride < 4:
                        yield Case("padding", *layer)


@family(
    title="Solve for padding, stride or kernel",
    type="numeric",
    concept="output shape",
    levels=("the padding, stride 1", "the kernel", "the stride, or the padding"),
    cases=cases,
)
def padding_stride_or_kernel(case: Case) -> Draft:
    """Find the padding, the stride or the kernel from the size of the output."""
    unknown, size, kernel, stride, padding = case
    out = case.steps + 1
    padded = f"padding {padding} on every side" if padding else "no padding"
    known = {
        "padding": f"{a(kernel, kernel)} kernel and stride {stride}",
        "kernel": f"a square kernel, stride {stride} and {padded}",
        "stride": f"{a(kernel, kernel)} kernel and {padded}",
    }[unknown]
    asked = {
        "padding": "How many rows and columns of zeros are there on each side?",
        "kernel": "How many cells wide is the kernel?",
        "stride": "What is the stride?",
    }[unknown]
    answer, wrongs, steps = {"padding": _padding, "kernel": _kernel, "stride": _stride}[
        unknown
    ](case)
    return Draft(
        prompt=(
            f"A convolution with {known} turns {a(size, size)} image into "
            f"{a(out, out)} map. The last window ends exactly at the border of the "
            f"padded image. {asked}",
        ),
        answer=answer,
        wrong=tuple(each for each in wrongs if _possible(each)),
        solution=(
            f"{out} windows: the first one and {case.steps} "
            f"{'step' if case.steps == 1 else 'steps'} of stride cells. Together they "
            "span the padded image:",
            Math("(out - 1)·stride + kernel = size + 2·padding"),
            *steps,
        ),
    )


def _possible(given: Wrong) -> bool:
    """Tell whether somebody would type the number: whole, not below zero."""
    _, value, _ = given
    return isinstance(value, (int, float)) and value >= 0 and value == int(value)


def _padding(case: Case) -> tuple[int, tuple[Wrong, ...], tuple[str | Math, ...]]:
    _, size, kernel, stride, padding = case
    steps = case.steps
    span = steps * stride + kernel
    total = span - size
    wrongs = (
        wrong("solved-padding-not-halved", total),
        wrong("solved-without-plus-one", (total + stride) / 2),
        wrong("stride-left-out-of-size", (steps + kernel - size) / 2),
        wrong("output-size-plus-one-before-division", (total - 1 + stride) / 2),
        wrong("kernel-left-out-of-size", (total - kernel) / 2),
    )
    return (
        padding,
        wrongs,
        (
            Math(f"{steps}·{stride} + {kernel} = {span} = {size} + 2·padding"),
            f"Both sides together have {span} - {size} = {total}, so each side has "
            "half of that:",
            Math(f"padding = {total}/2 = {padding}"),
        ),
    )


def _kernel(case: Case) -> tuple[int, tuple[Wrong, ...], tuple[str | Math, ...]]:
    _, size, kernel, stride, padding = case
    steps = case.steps
    wide = size + 2 * padding
    wrongs = (
        wrong("solved-without-plus-one", wide - (steps + 1) * stride),
        wrong("padding-counted-once", size + padding - steps * stride),
        wrong("padding-left-out-of-size", size - steps * stride),
        wrong("stride-left-out-of-size", wide - steps),
        wrong("padding-subtracted-from-size", size - 2 * padding - steps * stride),
    )
    return (
        kernel,
        wrongs,
        (
            Math(f"{steps}·{stride} + kernel = {size} + 2·{padding} = {wide}"),
            Math(f"kernel = {wide} - {steps * stride} = {kernel}"),
        ),
    )


def _stride(case: Case) -> tuple[int, tuple[Wrong, ...], tuple[str | Math, ...]]:
    _, size, kernel, stride, padding = case
    steps = case.steps
    span = size + 2 * padding - kernel
    wrongs = (
        wrong("solved-without-plus-one", span / (steps + 1)),
        wrong("padding-counted-once", (span - padding) / steps),
        wrong("padding-left-out-of-size", (size - kernel) / steps),
        wrong("kernel-left-out-of-size", (size + 2 * padding) / steps),
        wrong("kernel-size-taken-as-stride", kernel),
    )
    return (
        stride,
        wrongs,
        (
            Math(f"{steps}·stride = {size} + 2·{padding} - {kernel} = {span}"),
            Math(f"stride = {span}/{steps} = {stride}"),
        ),
    )
