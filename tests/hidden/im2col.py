"""Checks of im2col, and the wrong ways to cut patches and to multiply them."""

import numpy as np

from grader.author import (
    Working,
    call,
    cells,
    check,
    distinct,
    ints,
    misconception,
    misconceptions,
    solution,
    working,
)


def layer(rng, x, w, **options):
    """Return a call of the whole layer with arrays of these shapes."""
    arrays = {"x": ints(rng, x), "w": ints(rng, w), "b": ints(rng, w[:1])}
    return call("conv2d_im2col", **arrays, **options)


@check(points=4, public=True)
def patches_as_columns(rng):
    """Each column is a window, read row by row."""
    yield call("im2col", np.arange(1.0, 7).reshape(1, 1, 2, 3), 2)
    yield call("im2col", x=distinct(rng, (1, 1, 3, 2)), kernel_size=2)
    yield call("im2col", x=distinct(rng, (1, 1, 3, 4)), kernel_size=2)


@check(points=2, after=patches_as_columns)
def patches_that_are_not_square(rng):
    """A window may be taller than wide, or wider than tall."""
    yield call("im2col", x=distinct(rng, (1, 1, 3, 5)), kernel_size=(2, 3))
    yield call("im2col", x=distinct(rng, (1, 1, 4, 3)), kernel_size=(3, 2))
    yield call("im2col", x=distinct(rng, (1, 1, 4, 4)), kernel_size=(1, 3))


@check(points=4, after=patches_as_columns)
def channels_in_a_column(rng):
    """Down a column, the cells of one channel follow those of another."""
    yield call("im2col", x=distinct(rng, (1, 2, 3, 3)), kernel_size=2)
    yield call("im2col", x=distinct(rng, (1, 3, 3, 4)), kernel_size=(2, 1))
    yield call("im2col", x=distinct(rng, (1, 2, 4, 3)), kernel_size=(2, 3))


@check(points=2, after=patches_as_columns)
def images_apart(rng):
    """Each image has its own matrix."""
    yield call("im2col", x=distinct(rng, (2, 1, 3, 3)), kernel_size=2)
    yield call("im2col", x=distinct(rng, (3, 2, 3, 4)), kernel_size=2)


@check(points=4, after=patches_as_columns)
def patches_a_stride_apart(rng):
    """Windows start stride cells apart; what is left over is dropped."""
    yield call("im2col", x=distinct(rng, (1, 1, 4, 6)), kernel_size=2, stride=2)
    yield call("im2col", x=distinct(rng, (1, 1, 5, 8)), kernel_size=3, stride=2)
    yield call("im2col", x=distinct(rng, (1, 1, 9, 5)), kernel_size=2, stride=3)
    yield call("im2col", x=distinct(rng, (1, 2, 7, 6)), kernel_size=(3, 2), stride=2)


@check(points=4, after=patches_as_columns)
def patches_with_padding(rng):
    """Windows also lie on the border of zeros, as wide as asked."""
    yield call("im2col", x=distinct(rng, (1, 1, 2, 3)), kernel_size=2, padding=1)
    yield call("im2col", x=distinct(rng, (1, 1, 4, 3)), kernel_size=3, padding=2)
    x = distinct(rng, (2, 2, 3, 5))
    yield call("im2col", x=x, kernel_size=3, stride=2, padding=1)
    x = distinct(rng, (1, 1, 5, 3))
    yield call("im2col", x=x, kernel_size=2, stride=3, padding=2)


@check(points=2, public=True)
def layer_of_one_filter(rng):
    """The kernel slides over the image as it is."""
    yield layer(rng, (1, 1, 3, 4), (1, 1, 2, 2))
    image = [[3, 5, 2, 8, 1], [9, 7, 5, 4, 3], [2, 0, 6, 1, 6], [6, 3, 7, 9, 2]]
    x, b = np.array([*image, [1, 4, 9, 5, 1]], float), np.array([0.0])
    kernel = np.array([[1.0, 0, 0], [1, 1, 0], [0, 0, 1]])
    x, kernel = x.reshape(1, 1, 5, 5), kernel.reshape(1, 1, 3, 3)
    yield call("conv2d_im2col", x=x, w=kernel, b=b)
    yield layer(rng, (1, 1, 4, 3), (1, 1, 2, 3))


@check(points=4)
def layer_of_several_filters(rng):
    """Each filter sums over all channels and adds its own bias once."""
    yield layer(rng, (1, 1, 3, 4), (3, 1, 2, 2))
    yield layer(rng, (1, 3, 3, 4), (1, 3, 2, 2))
    yield layer(rng, (1, 2, 4, 3), (2, 2, 2, 2))
    yield layer(rng, (1, 2, 4, 5), (3, 2, 3, 2))
    yield layer(rng, (1, 3, 4, 5), (2, 3, 2, 3))


@check(points=2, after=layer_of_one_filter)
def layer_on_a_batch(rng):
    """Each image of a batch gets its own maps."""
    yield layer(rng, (3, 1, 3, 4), (2, 1, 2, 2))
    yield layer(rng, (2, 2, 4, 3), (4, 2, 2, 1))


@check(points=4, after=layer_of_one_filter)
def layer_with_stride_and_padding(rng):
    """The layer uses stride and padding; the maps have the right shape."""
    yield layer(rng, (1, 1, 4, 6), (1, 1, 2, 2), stride=2)
    yield layer(rng, (1, 1, 6, 5), (2, 1, 2, 2), stride=3)
    yield layer(rng, (1, 1, 3, 4), (2, 1, 3, 3), padding=1)
    yield layer(rng, (2, 1, 3, 3), (1, 1, 2, 3), padding=2)
    yield layer(rng, (2, 2, 5, 6), (3, 2, 3, 2), stride=2, padding=1)


@check(points=2, after=layer_of_one_filter)
def layer_on_whole_numbers(rng):
    """Biases keep their fractions where x and w hold integers."""
    x, w = ints(rng, (1, 1, 3, 4)), ints(rng, (2, 1, 2, 2))
    b = ints(rng, (2,)) + 0.5
    yield call("conv2d_im2col", x.astype(np.int64), w.astype(np.int64), b)


@check(points=2, after=(patches_as_columns, layer_of_one_filter))
def leaves_the_inputs_alone(rng):
    """Both functions leave their arguments as they were."""
    yield call("im2col", x=distinct(rng, (1, 1, 3, 4)), kernel_size=2).keeping_inputs()
    yield layer(rng, (1, 1, 3, 4), (1, 1, 2, 2)).keeping_inputs()


@check(
    points=4,
    public=True,
    after=(
        layer_of_one_filter,
        layer_of_several_filters,
        layer_with_stride_and_padding,
    ),
)
def layer_without_loops(rng):
    """The layer takes little longer than the matrix product it makes.

    Measured in workers, idle and busy, in units of that product: five ways without a
    loop took 8 to 30, a loop over positions 110 to 320, one over filters too 1300 to
    4000. The kernel is small, so that copying windows one by one shows beside so
    small a product.
    """
    yield layer(rng, (1, 1, 96, 96), (4, 1, 2, 2)).costing_at_most(
        150, rows=4, inner=4, columns=95 * 95
    )


@working("im2col")
def cell_of_a_patch(index, x, kernel_size, stride=1, padding=0):
    n, line, column = index
    KH, KW = np.broadcast_to(kernel_size, 2)
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    i, j = divmod(column, (xp.shape[3] - KW) // stride + 1)
    c, cell = divmod(line, KH * KW)
    top, left = i * stride, j * stride
    window = xp[n, c, top : top + KH, left : left + KW]
    result = f"column {column} is this window; line {line} is {window.flat[cell]:g}"
    padded = "xp" if padding else "x"
    place = f"{padded}[{n}, {c}, {top}:{top + KH}, {left}:{left + KW}]"
    at = (divmod(cell, KW) + np.array([top, left]) - padding).tolist()
    places = (_under(n, c, (top, left), (KH, KW), padding, focus=at),)
    return Working(window, result, source=place, places=places)


@working("conv2d_im2col")
def cell_of_a_map(index, x, w, b, stride=1, padding=0):
    n, k, i, j = index
    KH, KW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    top, left = i * stride, j * stride
    window = xp[n, :, top : top + KH, left : left + KW]
    padded = "xp" if padding else "x"
    place = f"{padded}[{n}, :, {top}:{top + KH}, {left}:{left + KW}]"
    places = (_under(n, range(x.shape[1]), (top, left), (KH, KW), padding),)
    return Working.of_products(window, w[k], bias=b[k], source=place, places=places)


def _under(n, channels, corner, sides, padding, focus=None):
    """Return where a window of the padded x lies in x."""
    sides = [
        range(start - padding, start - padding + size)
        for start, size in zip(corner, sides, strict=True)
    ]
    return cells("x", n, channels, *sides, border=padding, focus=focus)


def pad(x, padding, wrong):
    """Surround x with zeros, or with what a student took for it."""
    if "padding-ignored" in wrong:
        padding = 0
    if "padding-fixed-at-one" in wrong:
        padding = 1
    before, after = padding, padding
    if "padding-top-left-only" in wrong:
        after = 0
    if "padding-bottom-right-only" in wrong:
        before = 0
    around = [(0, 0), (0, 0), (before, after), (before, after)]
    if "padding-all-axes" in wrong:
        around = [(before, after)] * 4
    if "padding-channel-axis" in wrong:
        around[1] = (before, after)
    if "padding-repeats-edge" in wrong:
        return np.pad(x, around, mode="edge")
    return in_zeros(x, around)


def in_zeros(x, around):
    """Return `np.pad(x, around)`, which is slow with small arrays."""
    sides = list(zip(around, x.shape, strict=True))
    xp = np.zeros([before + size + after for (before, after), size in sides], x.dtype)
    xp[tuple(slice(before, before + size) for (before, _), size in sides)] = x
    return xp


def cut(x, kernel_size, stride, padding, wrong):
    """Return windows of shape (N, C, H', W', KH, KW), wrong or right."""
    KH, KW = kernel_size
    if "kernel-height-used-for-width" in wrong:
        KW = KH
    if "kernel-width-used-for-height" in wrong:
        KH = KW
    if "kernel-height-and-width-exchanged" in wrong:
        KH, KW = KW, KH
    xp = pad(x, padding, wrong)
    tall, wide = xp.shape[2:]
    down, right = stride, stride
    if "patches-side-by-side" in wrong:
        down, right = KH, KW
    rows, cols = (tall - KH) // down + 1, (wide - KW) // right + 1
    if wrong & {"stride-ignored", "stride-columns-only"}:
        down = 1
    if wrong & {"stride-ignored", "stride-rows-only"}:
        right = 1
    # Along the axes of the result: rows, columns, and the kernel's cells.
    i, j = np.arange(rows).reshape(-1, 1, 1, 1), np.arange(cols).reshape(1, -1, 1, 1)
    u, v = np.arange(KH).reshape(-1, 1), np.arange(KW)
    top = (j if "column-index-used-for-rows" in wrong else i) * down
    left = (i if "row-index-used-for-columns" in wrong else j) * right
    apart = stride if "stride-taken-as-dilation" in wrong else 1
    row, col = top + u * apart, left + v * apart
    if row.max() >= tall or col.max() >= wide:
        raise ValueError("a window that is cut short does not fill its column")
    windows = xp[:, :, row, col]
    if "sample-index-fixed" in wrong:
        windows = np.repeat(windows[:1], len(windows), axis=0)
    if "first-channel-only" in wrong:
        windows = windows[:, :1]
    return windows


def columns(windows, wrong):
    """Return the windows as columns, in the right order or not."""
    N, C, rows, cols, KH, KW = windows.shape
    order = (0, 1, 4, 5, 2, 3)
    if "patches-channel-fastest" in wrong:
        order = (0, 4, 5, 1, 2, 3)
    if "patch-cells-in-column-order" in wrong:
        order = (0, 1, 5, 4, 2, 3)
    if "patches-in-column-order" in wrong:
        order = (*order[:4], 3, 2)
    if "patches-reshaped-to-wrong-axes" in wrong:
        order = (0, 1, 2, 3, 4, 5)
    if "patches-of-all-samples-joined" in wrong:
        joined = windows.transpose(*order[1:4], 0, *order[4:])
        return joined.reshape(C * KH * KW, N * rows * cols)
    matrix = windows.transpose(order).reshape(N, C * KH * KW, rows * cols)
    if "patches-on-first-axis" in wrong:
        matrix = matrix.transpose(0, 2, 1)
    return matrix


PATCHES = (
    "stride-ignored",
    "stride-rows-only",
    "stride-columns-only",
    "padding-ignored",
    "padding-fixed-at-one",
    "padding-top-left-only",
    "padding-bottom-right-only",
    "padding-repeats-edge",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "patches-side-by-side",
    "sample-index-fixed",
    "first-channel-only",
    "patches-in-column-order",
    "patches-channel-fastest",
    "patch-cells-in-column-order",
    "patches-on-first-axis",
)


@misconceptions(
    *PATCHES,
    "stride-taken-as-dilation",
    "padding-all-axes",
    "padding-channel-axis",
    "kernel-height-used-for-width",
    "kernel-width-used-for-height",
    "kernel-height-and-width-exchanged",
    "patches-of-all-samples-joined",
    "patches-reshaped-to-wrong-axes",
)
def im2col(x, kernel_size, stride=1, padding=0, *, wrong):
    sides = [int(size) for size in np.broadcast_to(kernel_size, 2)]
    return columns(cut(x, sides, stride, padding, wrong), wrong)


@misconception("stride-ignored")
def im2col(x, kernel_size, stride=1, padding=0):
    return solution.im2col(x, kernel_size, 1, padding)


@misconception("kernel-flipped")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    return solution.conv2d_im2col(x, w[:, :, ::-1, ::-1], b, stride, padding)


@misconception("kernel-transposed")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    turned = w.swapaxes(2, 3).reshape(w.shape)
    return solution.conv2d_im2col(x, turned, b, stride, padding)


# A wrong im2col carries on into the layer that calls it.
@misconceptions(
    *PATCHES,
    "first-filter-only",
    "filter-and-channel-axes-exchanged",
    "bias-forgotten",
    "bias-subtracted",
    "bias-per-element",
    "bias-per-channel",
    "bias-of-first-filter",
    "bias-along-columns",
    "patch-weights-reshaped-wrongly",
    "patch-product-reshaped-wrongly",
    "height-and-width-exchanged",
    "channel-axis-last",
    "result-cut-to-integers",
)
def conv2d_im2col(x, w, b, stride=1, padding=0, *, wrong):
    if "filter-and-channel-axes-exchanged" in wrong:
        w = w.swapaxes(0, 1)
    K, C, KH, KW = w.shape
    windows = cut(x, (KH, KW), stride, padding, wrong)
    N, _, rows, cols, _, _ = windows.shape
    filters = w.reshape(K, -1)
    if "patch-weights-reshaped-wrongly" in wrong:
        filters = w.transpose(0, 2, 3, 1).reshape(K, -1)
    if "first-channel-only" in wrong:
        filters = filters[:, : KH * KW]
    if "first-filter-only" in wrong:
        filters = np.repeat(filters[:1], K, axis=0)
    b = b[:1].repeat(K) if "bias-of-first-filter" in wrong else b
    b = b * (C * KH * KW if "bias-per-element" in wrong else 1)
    b = b * (C if "bias-per-channel" in wrong else 1)
    b = b * (-1 if "bias-subtracted" in wrong else 1)
    b = b * (0 if "bias-forgotten" in wrong else 1)
    maps = filters @ columns(windows, wrong)
    maps = maps + (b if "bias-along-columns" in wrong else b[:, np.newaxis])
    if "result-cut-to-integers" in wrong:
        maps = maps.astype(x.dtype)
    if "patch-product-reshaped-wrongly" in wrong:
        maps = maps.transpose(0, 2, 1)
    if "channel-axis-last" in wrong:
        return maps.reshape(N, K, rows, cols).transpose(0, 2, 3, 1)
    if "height-and-width-exchanged" in wrong:
        rows, cols = cols, rows
    return maps.reshape(N, K, rows, cols)


@misconception("patch-weights-reshaped-wrongly")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    mixed = w.reshape(-1, len(w)).T.reshape(w.shape)
    return solution.conv2d_im2col(x, mixed, b, stride, padding)


@misconception("stride-ignored")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    maps = solution.conv2d_im2col(x, w, b, 1, padding)
    return maps.reshape(solution.conv2d_im2col(x, w, b, stride, padding).shape)


@misconception("stride-ignored")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    return solution.conv2d_im2col(x, w, b, 1, padding)


@misconception("padding-ignored")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    maps = solution.conv2d_im2col(x, w, b, stride, 0)
    return maps.reshape(solution.conv2d_im2col(x, w, b, stride, padding).shape)
