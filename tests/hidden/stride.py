"""Checks of the output size and the convolutional layer, and the wrong ways."""

from itertools import product

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
        [3.0, 5, 2, 8, 1],
        [9, 7, 5, 4, 3],
        [2, 0, 6, 1, 6],
        [6, 3, 7, 9, 2],
        [1, 4, 9, 5, 1],
    ]
).reshape(1, 1, 5, 5)
FILTER = np.array([[1.0, 0, 0], [1, 1, 0], [0, 0, 1]]).reshape(1, 1, 3, 3)


def layer(rng, x, w, **options):
    """Return a call of the layer with arrays of these shapes."""
    return call(
        "conv2d", x=ints(rng, x), w=ints(rng, w), b=ints(rng, (w[0],)), **options
    )


@check(points=1, public=True)
def positions_one_cell_apart(rng):
    """At stride 1 there are size - kernel_size + 1 positions."""
    yield call("output_size", 5, 3)
    kernel = rng.integer(3, 6)
    yield call("output_size", kernel + rng.integer(10, 20), kernel)


@check(points=2, public=True)
def positions_a_stride_apart(rng):
    """Windows `stride` cells apart are fewer."""
    yield call("output_size", 7, 3, stride=2)
    yield call("output_size", 227, 11, stride=4)
    kernel = rng.integer(4, 6)
    yield call("output_size", kernel + 2 * rng.integer(5, 9), kernel, stride=2)


@check(points=2, public=True)
def positions_with_padding(rng):
    """Padding adds room on both sides."""
    yield call("output_size", 5, 3, padding=1)
    yield call("output_size", 7, 3, stride=2, padding=1)
    kernel = rng.integer(4, 6)
    yield call("output_size", kernel + rng.integer(4, 9), kernel, padding=3)


@check(points=2)
def leftovers_are_not_counted(rng):
    """A window that would leave the image is not counted: round down."""
    # Halves are left out: they are rounded to nearest in two ways.
    # So many that sealed answers stay unguessable, also those of who is mostly right.
    for _ in range(14):
        kernel = rng.integer(4, 9)
        steps = rng.integer(5, 25)
        yield call("output_size", kernel + 3 * steps + 1, kernel, stride=3)
        yield call("output_size", kernel + 3 * steps, kernel, stride=3, padding=1)


@check(points=1, public=True)
def exact_fits(rng):
    """A kernel as large as the padded image has exactly one position."""
    size = rng.integer(3, 9)
    yield call("output_size", size, size, stride=2)
    yield call("output_size", size, size + 4, padding=2)


@check(points=2, public=True, after=positions_one_cell_apart)
def oversized_kernels(rng):
    """A kernel larger than the padded image is refused with a ValueError."""
    yield call("output_size", 3, 5)
    yield call("output_size", 3, 4, stride=2)
    yield call("output_size", 2, rng.integer(9, 10), padding=2)


@check(points=2, public=True)
def layer_of_the_lectures(rng):
    """The lecture's grid and filter give the lecture's maps."""
    for options in ({}, {"stride": 2}, {"stride": 2, "padding": 1}):
        yield call("conv2d", x=GRID, w=FILTER, b=np.zeros(1), **options)
    yield layer(rng, (1, 1, 5, 5), (1, 1, 3, 3))


@check(points=2, public=True)
def moves_by_the_stride(rng):
    """The window moves `stride` cells at a time, down and to the right."""
    yield layer(rng, (1, 1, 3, 3), (1, 1, 2, 2))
    yield layer(rng, (1, 1, 4, 4), (1, 1, 2, 2), stride=2)
    yield layer(rng, (1, 1, 5, 5), (1, 1, 2, 2), stride=3)


@check(points=2)
def leftover_rows_and_columns(rng):
    """Rows and columns that are left over are not used."""
    yield layer(rng, (1, 1, 5, 4), (1, 1, 2, 2), stride=2)
    yield layer(rng, (1, 1, 4, 5), (1, 1, 2, 2), stride=2)
    yield layer(rng, (1, 1, 6, 6), (1, 1, 1, 1), stride=3)


@check(points=3)
def images_that_are_not_square(rng):
    """Images may be wider than high and higher than wide."""
    yield layer(rng, (1, 1, 5, 3), (1, 1, 2, 2))
    yield layer(rng, (1, 1, 3, 5), (1, 1, 2, 2))


@check(points=3)
def kernels_that_are_not_square(rng):
    """Kernels may be wider than high and higher than wide."""
    yield layer(rng, (1, 1, 4, 4), (1, 1, 2, 3))
    yield layer(rng, (1, 1, 4, 4), (1, 1, 3, 2))


@check(points=3, public=True)
def channels_are_summed(rng):
    """A filter sums over all channels of the image."""
    yield layer(rng, (1, 2, 2, 2), (1, 2, 2, 2))
    yield layer(rng, (1, 3, 3, 3), (1, 3, 2, 2))


@check(points=3)
def filters_have_their_own_maps(rng):
    """Each filter gives a map, with its own weights and its own bias."""
    yield layer(rng, (1, 1, 3, 3), (3, 1, 2, 2))
    yield layer(rng, (1, 2, 4, 5), (4, 2, 2, 2))


@check(points=3)
def images_of_a_batch(rng):
    """Each image of the batch has its own maps."""
    yield layer(rng, (2, 2, 3, 3), (3, 2, 2, 2))


@check(points=3)
def border_of_zeros(rng):
    """Padding surrounds each image with zeros, on all four sides."""
    yield layer(rng, (1, 1, 3, 3), (1, 1, 2, 2), padding=1)
    yield layer(rng, (1, 1, 2, 2), (1, 1, 3, 3), padding=1)
    yield layer(rng, (2, 2, 3, 4), (3, 2, 3, 3), padding=2)


@check(points=2)
def stride_and_padding_together(rng):
    """Stride and padding act together."""
    yield layer(rng, (1, 1, 5, 5), (1, 1, 3, 3), stride=2, padding=1)
    yield layer(rng, (1, 1, 4, 4), (1, 1, 3, 3), stride=3, padding=1)
    yield layer(rng, (2, 3, 5, 4), (4, 3, 3, 2), stride=2, padding=2)


@check(points=2)
def stride_with_everything_else(rng):
    """The stride acts alike for every shape, filter and image."""
    yield layer(rng, (1, 1, 5, 5), (1, 1, 1, 3), stride=2)
    yield layer(rng, (1, 1, 5, 5), (1, 1, 3, 1), stride=2)
    yield layer(rng, (1, 1, 4, 8), (1, 1, 2, 2), stride=2)
    yield layer(rng, (1, 2, 5, 5), (2, 2, 3, 3), stride=2)
    yield layer(rng, (3, 2, 4, 4), (4, 2, 2, 2), stride=2)


@check(points=1)
def integers_give_fractions(rng):
    """Images of integers and weights with fractions keep the fractions."""
    # An odd number of odd halves never sums to a whole number.
    x = 2 * ints(rng, (1, 1, 3, 4)).astype(np.int64) + 1
    w = ints(rng, (1, 1, 1, 3)) + 0.5
    yield call("conv2d", x=x, w=w, b=ints(rng, (1,)))


@check(points=1, after=moves_by_the_stride)
def inputs_stay_as_they_were(rng):
    """The layer leaves x, w and b as they were."""
    yield layer(rng, (2, 2, 4, 4), (3, 2, 2, 2), stride=2, padding=1).keeping_inputs()


@working("conv2d")
def conv2d_working(index, x, w, b, stride=1, padding=0):
    n, k, i, j = index
    KH, KW = w.shape[2:]
    border = (padding, padding)
    xp = np.pad(x, ((0, 0), (0, 0), border, border))
    top, left = i * stride, j * stride
    name = "the padded x" if padding else "x"
    rows = range(top - padding, top - padding + KH)
    columns = range(left - padding, left - padding + KW)
    return Working.of_products(
        xp[n, :, top : top + KH, left : left + KW],
        w[k],
        bias=float(b[k]),
        source=f"{name}[{n}, :, {top}:{top + KH}, {left}:{left + KW}]",
        places=(cells("x", n, range(x.shape[1]), rows, columns, border=padding),),
    )


def positions(size, kernel, stride, padding, wrong):
    """Return how many positions there are along one axis, as floor division gives."""
    added = 2 * padding
    if "padding-counted-once" in wrong:
        added = padding
    if "padding-left-out-of-size" in wrong:
        added = 0
    if "padding-subtracted-from-size" in wrong:
        added = -2 * padding
    if "kernel-left-out-of-size" in wrong:
        kernel = 1
    if "stride-left-out-of-size" in wrong:
        stride = 1
    if "stride-counts-skipped-cells" in wrong:
        stride += 1
    room = size - kernel + added
    if "output-size-plus-one-before-division" in wrong:
        return (room + 1) // stride
    one = 0 if "output-size-without-plus-one" in wrong else 1
    if "output-size-rounded-up" in wrong:
        return -(-room // stride) + one
    if "output-size-rounded-to-nearest" in wrong:
        return round(room / stride) + one
    if "output-size-not-rounded" in wrong:
        return room / stride + one
    return room // stride + one


@misconceptions(
    "output-size-without-plus-one",
    "output-size-plus-one-before-division",
    "padding-counted-once",
    "padding-left-out-of-size",
    "padding-subtracted-from-size",
    "kernel-left-out-of-size",
    "stride-left-out-of-size",
    "stride-counts-skipped-cells",
    "output-size-rounded-up",
    "output-size-rounded-to-nearest",
    "output-size-not-rounded",
    "oversized-kernel-accepted",
    "oversized-kernel-clamped-to-zero",
    "kernel-fit-checked-without-padding",
    "exact-fit-refused",
    "stride-required-to-divide",
)
def output_size(size, kernel_size, stride=1, padding=0, *, wrong):
    seen = 0 if "kernel-fit-checked-without-padding" in wrong else 2 * padding
    room = size + seen - kernel_size
    if room < 0 or (room == 0 and "exact-fit-refused" in wrong):
        if "oversized-kernel-clamped-to-zero" in wrong:
            return 0
        if "oversized-kernel-accepted" not in wrong:
            raise ValueError("does not fit")
    if "stride-required-to-divide" in wrong and room % stride:
        raise ValueError("does not divide")
    return positions(size, kernel_size, stride, padding, wrong)


@misconceptions(
    "stride-ignored",
    "stride-on-output",
    "stride-rows-only",
    "stride-columns-only",
    "kernel-size-taken-as-stride",
    "output-size-without-plus-one",
    "padding-counted-once",
    "padding-left-out-of-size",
    "width-computed-from-height",
    "height-computed-from-width",
    "output-transposed",
    "padding-fixed-at-one",
    "padding-bottom-right-only",
    "last-channel-wins",
    "first-channel-only",
    "first-kernel-slice-for-all-channels",
    "all-samples-in-window",
    "sample-index-fixed",
    "filter-chosen-by-sample",
    "first-filter-only",
    "kernel-flipped",
    "bias-forgotten",
    "bias-per-element",
    "bias-per-channel",
    "bias-of-first-filter",
)
def conv2d(x, w, b, stride=1, padding=0, *, wrong):
    return wrong_layer(x, w, b, stride, padding, wrong)


# Rarer slips, most of which raise for some shapes: they combine among themselves only.
@misconceptions(
    "stride-added-to-index",
    "stride-taken-as-dilation",
    "output-size-rounded-up",
    "kernel-subtracted-twice",
    "loop-bound-from-input",
    "height-and-width-exchanged",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "kernel-height-used-for-width",
    "kernel-width-used-for-height",
    "filter-count-used-as-kernel-size",
    "padding-dropped",
    "padding-all-axes",
    "padding-zero-breaks",
    "bias-along-columns",
    "first-sample-only",
    "return-inside-loop",
    "unfinished",
)
def conv2d(x, w, b, stride=1, padding=0, *, wrong):
    return wrong_layer(x, w, b, stride, padding, wrong)


@misconception("stride-ignored")
def conv2d(x, w, b, stride=1, padding=0):
    return solution.conv2d(x, w, b, 1, padding)


@misconception("stride-counts-skipped-cells")
def conv2d(x, w, b, stride=1, padding=0):
    return solution.conv2d(x, w, b, stride + 1, padding)


@misconception("stride-applied-twice")
def conv2d(x, w, b, stride=1, padding=0):
    return solution.conv2d(x, w, b, stride * stride, padding)


@misconception("stride-on-output")
def conv2d(x, w, b, stride=1, padding=0):
    out = solution.conv2d(x, w, b, stride, padding)
    holes = np.zeros(out.shape)
    holes[:, :, ::stride, ::stride] = out[:, :, ::stride, ::stride]
    return holes


@misconception("stride-on-output")
def conv2d(x, w, b, stride=1, padding=0):
    out = solution.conv2d(x, w, b, stride, padding)
    last = [(size - 1) * stride for size in out.shape[2:]]
    out[:, :, last[0], last[1]]  # where it would store the last cell
    return out


@misconception("padding-ignored")
def conv2d(x, w, b, stride=1, padding=0):
    return solution.conv2d(x, w, b, stride)


@misconception("padding-fixed-at-one")
def conv2d(x, w, b, stride=1, padding=0):
    return solution.conv2d(x, w, b, stride, 1)


@misconception("padding-zero-breaks")
def conv2d(x, w, b, stride=1, padding=0):
    xp = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))
    xp[:, :, padding:-padding, padding:-padding] = x
    return solution.conv2d(xp, w, b, stride)


def wrong_layer(x, w, b, stride, padding, wrong):
    H, W = x.shape[2:]
    KH, KW = w.shape[2:]
    if "kernel-height-used-for-width" in wrong:
        KW = KH
    if "kernel-width-used-for-height" in wrong:
        KH = KW
    if "filter-count-used-as-kernel-size" in wrong:
        KH = KW = len(w)
    xp = padded(x, padding, wrong)
    rows, cols = map_size((H, W), (KH, KW), stride, padding, wrong)
    out = np.zeros((len(xp), len(w), rows, cols))

    i_range, j_range = range(rows), range(cols)
    down = right = stride
    step = 1
    if "stride-on-output" in wrong:
        i_range, j_range = i_range[::stride], j_range[::stride]
        down = right = 1
    if "kernel-subtracted-twice" in wrong:
        i_range, j_range = range(rows - KH + 1), range(cols - KW + 1)
    if "loop-bound-from-input" in wrong:
        i_range, j_range = range(-(-H // stride)), range(-(-W // stride))
    if "stride-taken-as-dilation" in wrong:
        down, right, step = 1, 1, stride
    if wrong & {"stride-ignored", "stride-columns-only"}:
        down = 1
    if wrong & {"stride-ignored", "stride-rows-only"}:
        right = 1
    if "kernel-size-taken-as-stride" in wrong:
        down, right = KH, KW
    for i, j in product(i_range, j_range):
        top = down * (j if "column-index-used-for-rows" in wrong else i)
        left = right * (i if "row-index-used-for-columns" in wrong else j)
        if "stride-added-to-index" in wrong:
            top, left = i + stride, j + stride
        bottom, end = top + step * (KH - 1) + 1, left + step * (KW - 1) + 1
        # (N, C, KH, KW)
        window = xp[:, :, top:bottom:step, left:end:step]
        out[:, :, i, j] = response(window, w, b, wrong)

    if "bias-along-columns" in wrong:
        out = out + b
    if "return-inside-loop" in wrong:
        out.flat[1:] = 0
    if "first-sample-only" in wrong:
        out[1:] = 0
    if "unfinished" in wrong:
        out[:] = 0
    return out.swapaxes(2, 3) if "output-transposed" in wrong else out


def padded(x, padding, wrong):
    if "padding-all-axes" in wrong:
        return np.pad(x, padding)
    if "padding-zero-breaks" in wrong and padding == 0:
        raise NameError("xp")
    before = after = padding
    if "padding-bottom-right-only" in wrong:
        before = 0
    if "padding-fixed-at-one" in wrong:
        before = after = 1
    if "padding-dropped" in wrong:
        before = after = 0
    N, C, H, W = x.shape
    xp = np.zeros((N, C, before + H + after, before + W + after), x.dtype)
    xp[:, :, before : before + H, before : before + W] = x
    return xp


def map_size(image, kernel, stride, padding, wrong):
    (H, W), (KH, KW) = image, kernel
    if "padding-bottom-right-only" in wrong:
        wrong = wrong | {"padding-counted-once"}
    if "stride-taken-as-dilation" in wrong:
        KH, KW, stride = stride * (KH - 1) + 1, stride * (KW - 1) + 1, 1
    if "height-and-width-exchanged" in wrong:
        H, W = W, H
    high = W if "height-computed-from-width" in wrong else H
    wide = H if "width-computed-from-height" in wrong else W
    return (
        positions(high, KH, stride, padding, wrong),
        positions(wide, KW, stride, padding, wrong),
    )


def response(window, w, b, wrong):
    """Return what the filters make of one window of each image, with shape (N, K)."""
    N, K = len(window), len(w)
    if "all-samples-in-window" in wrong:
        window = np.repeat(window.sum(axis=0, keepdims=True), N, axis=0)
    if "sample-index-fixed" in wrong:
        window = np.repeat(window[:1], N, axis=0)
    if "kernel-flipped" in wrong:
        w = w[:, :, ::-1, ::-1]
    if "first-kernel-slice-for-all-channels" in wrong:
        w = w[:, :1]
    if "first-filter-only" in wrong:
        w = np.repeat(w[:1], K, axis=0)
    # (1, K, C, KH, KW) or (N, 1, C, KH, KW)
    filters = (
        w[np.arange(N)][:, None] if "filter-chosen-by-sample" in wrong else w[None]
    )
    products = window[:, None] * filters
    if "last-channel-wins" in wrong:
        products = products[:, :, -1:]
    if "first-channel-only" in wrong:
        products = products[:, :, :1]
    if wrong & {"bias-forgotten", "bias-along-columns"}:
        b = np.zeros(1)
    if "bias-of-first-filter" in wrong:
        b = b[:1]
    if "bias-per-element" in wrong:
        b = b * w[0].size
    if "bias-per-channel" in wrong:
        b = b * window.shape[1]
    return products.sum(axis=(2, 3, 4)) + b
