"""Checks of the border of zeros, and the wrong borders."""

import numpy as np

from grader.author import (
    Working,
    call,
    cells,
    check,
    ints,
    misconception,
    misconceptions,
    solution,
    working,
)

GRID = np.array(
    [
        [2.0, 0, 1, 2, 2],
        [1, 0, 1, 0, 2],
        [1, 1, 0, 1, 1],
        [1, 2, 2, 2, 2],
        [2, 0, 2, 1, 1],
    ]
)


def bordered(rng, shape, pad):
    """Return a call with an array of this shape."""
    return call("zero_pad", x=ints(rng, shape), pad=pad)


@check(points=3, public=True)
def border_on_all_sides(rng):
    """A border of `pad` zeros lies on all four sides."""
    yield bordered(rng, (1, 1), 1)
    yield bordered(rng, (2, 2), 1)
    yield bordered(rng, (2, 2), 2)


@check(points=2, public=True)
def grid_of_the_lecture(rng):
    """The lecture's 5×5 grid becomes 7×7."""
    yield call("zero_pad", GRID, 1)
    yield bordered(rng, (5, 5), 1)


@check(points=5)
def wider_borders(rng):
    """The border is `pad` cells wide, whatever the number."""
    yield bordered(rng, (3, 3), 2)
    yield bordered(rng, (3, 3), 4)


@check(points=5)
def images_that_are_not_square(rng):
    """Images may be wider than high, or higher than wide."""
    yield bordered(rng, (2, 3), 1)
    yield bordered(rng, (3, 2), 1)
    yield bordered(rng, (1, 4), 2)
    yield bordered(rng, (4, 1), 2)


@check(points=2, public=True)
def no_border(rng):
    """With pad = 0 the image stays as it is."""
    yield bordered(rng, (2, 3), 0)
    yield bordered(rng, (2, 2, 3), 0)


@check(points=3, public=True)
def channels_are_not_padded(rng):
    """Of a stack of channels only height and width are padded."""
    yield bordered(rng, (2, 2, 2), 1)
    yield bordered(rng, (3, 2, 4), 2)


@check(points=5)
def batches_are_not_padded(rng):
    """Of a batch of images only height and width are padded."""
    yield bordered(rng, (2, 1, 3, 2), 1)
    yield bordered(rng, (2, 3, 2, 4), 2)


@check(points=1)
def longer_stacks(rng):
    """Any number of axes may stand before height and width."""
    yield bordered(rng, (2, 1, 3, 2, 3), 1)


@check(points=2, after=border_on_all_sides)
def inputs_stay_as_they_were(rng):
    """The image itself is left as it was."""
    yield bordered(rng, (3, 4), 1).keeping_inputs()


@check(points=2, public=True)
def padding_of_small_kernels(rng):
    """A kernel of 3 needs one cell on each side, a kernel of 1 none."""
    yield call("same_padding", 3)
    yield call("same_padding", 1)
    yield call("same_padding", 2 * rng.integer(6, 20) + 1)


@check(points=6)
def padding_of_odd_kernels(rng):
    """An odd kernel loses kernel_size - 1 cells: half of them on each side."""
    yield call("same_padding", 5)
    yield call("same_padding", 7)
    yield call("same_padding", 2 * rng.integer(5, 60) + 1)


@check(points=4, public=True)
def even_kernels(rng):
    """An even kernel is refused with a ValueError."""
    yield call("same_padding", 2)
    yield call("same_padding", 4)
    yield call("same_padding", 2 * rng.integer(3, 20))


@working("zero_pad")
def border_working(index, x, pad):
    *stack, i, j = index
    H, W = x.shape[-2:]
    row, col = i - pad, j - pad
    inside = 0 <= row < H and 0 <= col < W
    place = ", ".join(map(str, (*stack, row, col)))
    result = f"this cell is x[{place}]" if inside else "this cell lies in the border: 0"
    source = f"x[{', '.join(map(str, stack))}]" if stack else "x"
    places = (cells("x", *stack, row, col, border=pad),)
    return Working(x[tuple(stack)], result, source=source, places=places)


MODES = {
    "padding-repeats-edge": "edge",
    "padding-reflects": "reflect",
    "padding-wraps-around": "wrap",
}


@misconceptions(
    "padding-top-left-only",
    "padding-bottom-right-only",
    "padding-rows-only",
    "padding-columns-only",
    "padding-all-axes",
    "padding-channel-axis",
    "padding-first-axes",
    "channel-axis-last",
    "padding-fixed-at-one",
    "padding-doubled",
    "padding-split-between-sides",
    "padding-zero-breaks",
    "padding-ignored",
    *MODES,
    "padding-with-ones",
    "padding-filled-with-width",
    "height-and-width-exchanged",
)
def zero_pad(x, pad, *, wrong):
    if "padding-ignored" in wrong:
        return x
    if "padding-zero-breaks" in wrong and pad == 0:
        raise NameError("out")
    before, after = widths(pad, wrong)
    axes = padded_axes(x.ndim, wrong)
    border = [(before, after) if axis in axes else (0, 0) for axis in range(x.ndim)]
    for belief, mode in MODES.items():
        if belief in wrong:
            return np.pad(x, border, mode)
    value = 1 if "padding-with-ones" in wrong else 0
    if "padding-filled-with-width" in wrong:
        value = pad
    out = np.pad(x, border, constant_values=value)
    if "height-and-width-exchanged" in wrong:
        exchanged = np.full((*out.shape[:-2], *out.shape[:-3:-1]), float(value))
        rows, cols = (slice(before, before + size) for size in x.shape[-2:])
        exchanged[..., rows, cols] = x
        return exchanged
    return out


def widths(pad, wrong):
    if "padding-fixed-at-one" in wrong:
        pad = 1
    if "padding-doubled" in wrong:
        pad = 2 * pad
    before = after = pad
    if "padding-split-between-sides" in wrong:
        before, after = pad // 2, pad - pad // 2
    if "padding-top-left-only" in wrong:
        after = 0
    if "padding-bottom-right-only" in wrong:
        before = 0
    return before, after


def padded_axes(ndim, wrong):
    if "padding-all-axes" in wrong:
        return range(ndim)
    if "padding-first-axes" in wrong:
        return (0, 1)
    if "channel-axis-last" in wrong:
        if ndim != 4:
            raise ValueError("N, H, W, C = x.shape")
        return (1, 2)
    axes = {ndim - 2, ndim - 1}
    if "padding-channel-axis" in wrong:
        axes.add(ndim - 3)
    if "padding-rows-only" in wrong:
        axes.discard(ndim - 1)
    if "padding-columns-only" in wrong:
        axes.discard(ndim - 2)
    return axes


@misconception("padding-split-between-sides")
def zero_pad(x, pad):
    return around(x, pad - pad // 2, pad // 2)


@misconception("padding-split-between-sides")
def zero_pad(x, pad):
    return around(x, pad // 2, pad // 2)


@misconception("padding-reflects")
def zero_pad(x, pad):
    return around(x, pad, pad, mode="symmetric")


@misconception("padding-zero-breaks")
def zero_pad(x, pad):
    out = np.zeros_like(around(x, pad, pad))
    out[..., pad:-pad, pad:-pad] = x
    return out


@misconception("unfinished")
def zero_pad(x, pad):
    return np.zeros_like(around(x, pad, pad))


def around(x, before, after, mode="constant"):
    last_two = [(before, after), (before, after)]
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + last_two, mode)


@misconception("padding-overwrites-border")
def zero_pad(x, pad):
    H, W = x.shape[-2:]
    out = np.zeros_like(x)
    inner = (..., slice(pad, max(H - pad, 0)), slice(pad, max(W - pad, 0)))
    out[inner] = x[inner]
    return out


@misconception("padding-between-cells")
def zero_pad(x, pad):
    *stack, H, W = x.shape
    step = pad + 1
    out = np.zeros((*stack, step * (H - 1) + 1, step * (W - 1) + 1))
    out[..., ::step, ::step] = x
    return out


# The number of axes is a size of the example, too.
@misconception("example-size-hard-coded")
def zero_pad(x, pad):
    _H, _W = x.shape
    return solution.zero_pad(x, pad)


@misconception("example-size-hard-coded")
def zero_pad(x, pad):
    _C, _H, _W = x.shape
    return solution.zero_pad(x, pad)


@misconception("example-size-hard-coded")
def zero_pad(x, pad):
    _N, _C, _H, _W = x.shape
    return solution.zero_pad(x, pad)


WRONG_AMOUNTS = {
    "same-padding-not-halved": lambda size: size - 1,
    "same-padding-rounded-up": lambda size: (size + 1) // 2,
    "same-padding-half-kernel": lambda size: size / 2,
    "same-padding-as-float": lambda size: (size - 1) / 2,
    "same-padding-always-one": lambda _: 1,
    "same-padding-zero": lambda _: 0,
    "same-padding-kernel-size": lambda size: size,
}


@misconceptions(
    *WRONG_AMOUNTS,
    "same-padding-even-rounded-up",
    "same-padding-even-rounded-down",
    "same-padding-parity-exchanged",
)
def same_padding(kernel_size, *, wrong):
    refused = 1 if "same-padding-parity-exchanged" in wrong else 0
    even = {"same-padding-even-rounded-up", "same-padding-even-rounded-down"}
    if kernel_size % 2 == refused and not wrong & even:
        raise ValueError("no equal padding keeps the size")
    for belief, amount in WRONG_AMOUNTS.items():
        if belief in wrong:
            return amount(kernel_size)
    if "same-padding-even-rounded-down" in wrong:
        return (kernel_size - 1) // 2
    return kernel_size // 2


# A wrong amount is most often returned for every kernel, without a refusal.
@misconceptions(*WRONG_AMOUNTS)
def same_padding(kernel_size, *, wrong):
    for belief, amount in WRONG_AMOUNTS.items():
        if belief in wrong:
            return amount(kernel_size)
    if kernel_size % 2 == 0:
        raise ValueError("no equal padding keeps the size")
    return kernel_size // 2


@misconception("same-padding-parity-exchanged")
def same_padding(kernel_size):
    if kernel_size % 2:
        raise ValueError("no equal padding keeps the size")
    return (kernel_size - 1) // 2
