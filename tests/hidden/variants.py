"""Checks of the variants of convolution, and the wrong ways to wire them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

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


def drawn(rng, function, *last, **shapes):
    """Return a call with an array of each shape, and one more argument by place."""
    return call(function, *(ints(rng, shape) for shape in shapes.values()), *last)


def layer(rng, function, x, w, *last, filters=0):
    """Return a call with x, w and b; `filters` is the axis of w that counts them."""
    return drawn(rng, function, *last, x=x, w=w, b=(w[filters],))


@check(points=2, public=True)
def dilated_taps(rng):
    """A dilated kernel reads cells that lie `dilation` apart."""
    x, w = np.arange(1.0, 6).reshape(1, 1, 1, 5), np.ones((1, 1, 1, 2))
    yield call("dilated_conv2d", x, w, np.zeros(1), dilation=2)
    yield layer(rng, "dilated_conv2d", (1, 1, 4, 5), (1, 1, 2, 2), 2)
    yield layer(rng, "dilated_conv2d", (1, 1, 3, 5), (1, 1, 2, 3), 1)


@check(points=4, after=dilated_taps)
def dilated_at_any_rate(rng):
    """Rate 1 is the ordinary convolution; any rate and shape will do."""
    yield layer(rng, "dilated_conv2d", (1, 1, 4, 3), (1, 1, 2, 2), 1)
    yield layer(rng, "dilated_conv2d", (1, 1, 5, 6), (1, 1, 2, 3), 1)
    yield layer(rng, "dilated_conv2d", (1, 1, 8, 6), (1, 1, 3, 2), 2)
    yield layer(rng, "dilated_conv2d", (1, 1, 6, 9), (1, 1, 2, 3), 3)
    yield layer(rng, "dilated_conv2d", (1, 1, 9, 9), (1, 1, 3, 3), 3)


@check(points=4, after=dilated_taps)
def dilated_with_channels(rng):
    """A dilated layer has images, channels, filters and biases too."""
    yield layer(rng, "dilated_conv2d", (1, 2, 4, 4), (2, 2, 2, 2), 2)
    yield layer(rng, "dilated_conv2d", (2, 3, 5, 4), (4, 3, 2, 2), 2)


@check(points=1, after=dilated_taps)
def dilated_on_whole_numbers(rng):
    """A dilated layer keeps fractions of b where x and w hold integers."""
    x, w = ints(rng, (1, 1, 4, 5)), ints(rng, (2, 1, 2, 2))
    b = ints(rng, (2,)) + 0.5
    yield call("dilated_conv2d", x.astype(np.int64), w.astype(np.int64), b, 2)


@check(points=1, after=dilated_taps)
def dilated_leaves_its_inputs_alone(rng):
    """A dilated layer leaves its arguments as they were."""
    shapes = (1, 1, 4, 4), (1, 1, 2, 2)
    yield layer(rng, "dilated_conv2d", *shapes, 2).keeping_inputs()


@check(points=4, public=True)
def transposed_line(rng):
    """Each input pastes a copy of the kernel; where copies meet they add."""
    yield call("transposed_conv1d", np.array([1.0, 2, 4]), np.ones(3), stride=2)
    yield drawn(rng, "transposed_conv1d", 2, x=(3,), w=(3,))
    yield drawn(rng, "transposed_conv1d", 1, x=(3,), w=(2,))


@check(points=3, after=transposed_line)
def transposed_line_with_any_stride(rng):
    """Copies may overlap much, touch, or leave gaps."""
    yield drawn(rng, "transposed_conv1d", 1, x=(4,), w=(4,))
    yield drawn(rng, "transposed_conv1d", 2, x=(5,), w=(5,))
    yield drawn(rng, "transposed_conv1d", 3, x=(4,), w=(3,))
    yield drawn(rng, "transposed_conv1d", 4, x=(3,), w=(2,))
    yield drawn(rng, "transposed_conv1d", 1, x=(6,), w=(5,))
    yield drawn(rng, "transposed_conv1d", 2, x=(6,), w=(2,))
    yield drawn(rng, "transposed_conv1d", 3, x=(7,), w=(3,))
    yield drawn(rng, "transposed_conv1d", 5, x=(4,), w=(3,))


@check(points=1, after=transposed_line)
def transposed_line_on_whole_numbers(rng):
    """Fractions of the kernel stay where the signal holds integers."""
    # Odd numbers, so that their products with a half have a fraction.
    x, w = 2 * ints(rng, (4,)).astype(np.int64) + 1, ints(rng, (3,)) + 0.5
    yield call("transposed_conv1d", x, w, 2)


@check(points=4, public=True)
def transposed_image(rng):
    """Each cell pastes a copy of the kernel, rows and columns alike."""
    x, w = np.array([[[[1.0, 2]]]]), np.ones((1, 1, 3, 3))
    yield call("transposed_conv2d", x=x, w=w, b=np.zeros(1), stride=2, padding=1)
    yield layer(rng, "transposed_conv2d", (1, 1, 2, 3), (1, 1, 2, 2), filters=1)
    yield layer(rng, "transposed_conv2d", (1, 1, 3, 2), (1, 1, 3, 2), 2, filters=1)


@check(points=4, after=transposed_image)
def transposed_with_channels(rng):
    """Input channels add up; w is (C, K, KH, KW); b is added once."""
    yield layer(rng, "transposed_conv2d", (1, 2, 2, 2), (2, 2, 2, 2), filters=1)
    yield layer(rng, "transposed_conv2d", (2, 1, 2, 3), (1, 3, 2, 2), filters=1)
    yield layer(rng, "transposed_conv2d", (2, 3, 3, 2), (3, 2, 2, 3), 2, filters=1)


@check(points=4, after=transposed_image)
def transposed_with_stride(rng):
    """Copies of a kernel of any shape lie stride cells apart."""
    yield layer(rng, "transposed_conv2d", (1, 1, 2, 3), (1, 1, 2, 2), 2, filters=1)
    yield layer(rng, "transposed_conv2d", (1, 1, 3, 2), (1, 1, 2, 1), 3, filters=1)
    yield layer(rng, "transposed_conv2d", (1, 1, 2, 3), (1, 1, 3, 4), 2, filters=1)


@check(points=3, after=transposed_image)
def transposed_with_padding(rng):
    """Padding cuts the border off the result, on all four sides."""
    yield layer(rng, "transposed_conv2d", (1, 1, 2, 3), (1, 1, 3, 3), 1, 1, filters=1)
    yield layer(rng, "transposed_conv2d", (1, 2, 3, 2), (2, 1, 4, 5), 2, 2, filters=1)
    yield layer(rng, "transposed_conv2d", (2, 1, 3, 4), (1, 2, 3, 2), 3, 1, filters=1)


@check(points=1, after=transposed_image)
def transposed_leaves_its_inputs_alone(rng):
    """A transposed layer leaves its arguments as they were."""
    shapes = (1, 1, 3, 4), (1, 1, 3, 3)
    yield layer(rng, "transposed_conv2d", *shapes, filters=1).keeping_inputs()


@check(points=4, public=True)
def groups_apart(rng):
    """A filter sees the channels of its own group only."""
    x, w = np.array([1.0, 2, 30, 40]).reshape(1, 4, 1, 1), np.ones((2, 2, 1, 1))
    yield call("grouped_conv2d", x=x, w=w, b=np.zeros(2), groups=2)
    yield layer(rng, "grouped_conv2d", (1, 2, 2, 3), (2, 1, 2, 2), 2)
    yield layer(rng, "grouped_conv2d", (1, 6, 1, 2), (3, 2, 1, 1), 3)


@check(points=4, after=groups_apart)
def groups_in_any_number(rng):
    """From one group for all channels to one for each channel."""
    yield layer(rng, "grouped_conv2d", (1, 2, 3, 4), (2, 2, 2, 2), 1)
    yield layer(rng, "grouped_conv2d", (1, 3, 3, 4), (6, 1, 2, 2), 3)
    yield layer(rng, "grouped_conv2d", (1, 4, 4, 3), (4, 1, 3, 2), 4)
    yield layer(rng, "grouped_conv2d", (1, 4, 3, 3), (6, 2, 2, 2), 2)


@check(points=4, after=groups_apart)
def groups_on_a_batch(rng):
    """Grouped layers have images, tall or wide kernels and biases too."""
    yield layer(rng, "grouped_conv2d", (2, 4, 3, 4), (2, 2, 3, 2), 2)
    yield layer(rng, "grouped_conv2d", (2, 6, 4, 3), (4, 3, 2, 3), 2)
    yield layer(rng, "grouped_conv2d", (3, 2, 3, 4), (2, 1, 1, 3), 2)


@check(points=2, public=True)
def pointwise_mixes(rng):
    """Each map is a weighted sum of the channels, pixel by pixel."""
    x, w = np.array([[[[5.0, 7]], [[1, 2]]]]), np.array([[1.0, 1], [1, -1]])
    yield call("pointwise_conv2d", x=x, w=w, b=np.zeros(2))
    yield layer(rng, "pointwise_conv2d", (1, 2, 2, 3), (2, 2))


@check(points=4, after=pointwise_mixes)
def pointwise_in_any_shape(rng):
    """The depth changes from C to K; height and width stay."""
    yield layer(rng, "pointwise_conv2d", (1, 3, 2, 3), (2, 3))
    yield layer(rng, "pointwise_conv2d", (1, 2, 3, 2), (4, 2))
    yield layer(rng, "pointwise_conv2d", (2, 3, 4, 3), (3, 3))


@check(points=2, public=True)
def depthwise_then_pointwise(rng):
    """Each channel is filtered alone, then the channels are mixed."""
    x, depthwise = np.array([[[[1.0, 2]], [[3, 7]]]]), np.array([[[1.0, 1]], [[-1, 1]]])
    yield call("depthwise_separable_conv2d", x, depthwise, np.array([[1.0, 10]]))
    shapes = {"x": (1, 2, 2, 3), "depthwise": (2, 2, 2), "pointwise": (2, 2)}
    yield drawn(rng, "depthwise_separable_conv2d", **shapes)


@check(points=6, after=depthwise_then_pointwise)
def depthwise_in_any_shape(rng):
    """Channels, maps, images and kernels may be of any number and shape."""
    for x, depthwise, pointwise in (
        ((1, 3, 3, 4), (3, 2, 3), (2, 3)),
        ((1, 2, 4, 3), (2, 3, 2), (4, 2)),
        ((2, 3, 4, 4), (3, 3, 3), (3, 3)),
    ):
        shapes = {"x": x, "depthwise": depthwise, "pointwise": pointwise}
        yield drawn(rng, "depthwise_separable_conv2d", **shapes)


@check(points=2, public=True)
def column_then_row(rng):
    """A column, then a row, do the work of their product."""
    image = np.array([[36.0, 31, 28, 24], [38, 34, 29, 26], [39, 35, 32, 28]])
    column, row = np.array([1.0, 1, 1]), np.array([-1.0, 0, 1])
    yield call("spatially_separable_conv2d", image, column, row)
    yield drawn(rng, "spatially_separable_conv2d", image=(3, 4), column=(2,), row=(2,))


@check(points=4, after=column_then_row)
def column_and_row_of_any_length(rng):
    """Column and row may differ in length, and image sides too."""
    yield drawn(rng, "spatially_separable_conv2d", image=(5, 4), column=(3,), row=(2,))
    yield drawn(rng, "spatially_separable_conv2d", image=(4, 6), column=(2,), row=(4,))
    yield drawn(rng, "spatially_separable_conv2d", image=(5, 4), column=(4,), row=(1,))
    yield drawn(rng, "spatially_separable_conv2d", image=(6, 5), column=(2,), row=(3,))


@check(points=2, public=True)
def volume_slides_along_depth(rng):
    """A 3D filter slides along depth, height and width."""
    x = np.array([[1.0, 2], [1, 5], [4, 4]]).reshape(1, 1, 3, 1, 2)
    w = np.array([-1.0, 1]).reshape(1, 1, 2, 1, 1)
    yield call("conv3d", x=x, w=w, b=np.zeros(1))
    yield layer(rng, "conv3d", (1, 1, 3, 2, 3), (1, 1, 2, 2, 2))


@check(points=6, after=volume_slides_along_depth)
def volume_of_any_shape(rng):
    """Volumes, channels, filters and biases, all axes of any length."""
    yield layer(rng, "conv3d", (1, 1, 4, 3, 2), (1, 1, 1, 2, 2))
    yield layer(rng, "conv3d", (1, 1, 3, 4, 5), (2, 1, 3, 2, 1))
    yield layer(rng, "conv3d", (1, 3, 3, 3, 4), (3, 3, 2, 2, 2))
    yield layer(rng, "conv3d", (2, 2, 4, 3, 3), (2, 2, 2, 1, 3))


@check(points=2, public=True)
def flattened_filters(rng):
    """Three lines, along C, H and W, do the work of their product."""
    lines = {"channel": (2,), "column": (1,), "row": (2,)}
    yield drawn(rng, "flattened_conv", x=(2, 2, 3), **lines)
    lines = {"channel": (2,), "column": (2,), "row": (2,)}
    yield drawn(rng, "flattened_conv", x=(2, 2, 3), **lines)


@check(points=2, after=flattened_filters)
def flattened_filters_of_any_length(rng):
    """The three lines may differ in length."""
    lines = {"channel": (3,), "column": (3,), "row": (2,)}
    yield drawn(rng, "flattened_conv", x=(3, 5, 4), **lines)
    lines = {"channel": (3,), "column": (2,), "row": (4,)}
    yield drawn(rng, "flattened_conv", x=(3, 4, 6), **lines)
    lines = {"channel": (2,), "column": (2,), "row": (3,)}
    yield drawn(rng, "flattened_conv", x=(2, 5, 6), **lines)


def products(x, corner, kernel, at, bias=0.0, by="the kernel", step=1, name="x"):
    """Return the working of one window of x[at], from its corner on."""
    first, index = at
    sides = zip(corner, kernel.shape[-len(corner) :], strict=True)
    window = tuple(slice(a, a + step * (size - 1) + 1, step) for a, size in sides)
    shown = [f"{s.start}:{s.stop}" + (f":{step}" if step > 1 else "") for s in window]
    source = f"{name}[{', '.join([*first, *shown])}]"
    whole = (*index, *window)
    sides = (
        range(*axis.indices(size)) if isinstance(axis, slice) else axis
        for axis, size in zip(whole, x.shape, strict=True)
    )
    return Working.of_products(
        x[whole], kernel, bias=bias, source=source, by=by, places=(cells(name, *sides),)
    )


@working("dilated_conv2d")
def dilated_cell(index, x, w, b, dilation):
    n, k, *corner = index
    at = ([f"{n}", ":"], (n, slice(None)))
    return products(x, corner, w[k], at, b[k], step=dilation)


@working("grouped_conv2d")
def grouped_cell(index, x, w, b, groups):
    n, k, *corner = index
    depth = w.shape[1]
    start = k // (len(w) // groups) * depth
    at = ([f"{n}", f"{start}:{start + depth}"], (n, slice(start, start + depth)))
    return products(x, corner, w[k], at, b[k])


@working("pointwise_conv2d")
def pointwise_cell(index, x, w, b):
    n, k, i, j = index
    source = f"x[{n}, :, {i}, {j}]"
    places = (cells("x", n, range(x.shape[1]), i, j),)
    return Working.of_products(
        x[n, :, i, j], w[k], bias=b[k], source=source, places=places
    )


@working("depthwise_separable_conv2d")
def depthwise_cell(index, x, depthwise, pointwise):
    n, k, *corner = index
    kernel = depthwise * pointwise[k][:, np.newaxis, np.newaxis]
    at = ([f"{n}", ":"], (n, slice(None)))
    return products(x, corner, kernel, at, by="both kernels")


@working("spatially_separable_conv2d")
def separable_cell(index, image, column, row):
    kernel = np.outer(column, row)
    by = "column[u] * row[v]"
    return products(image, index, kernel, ([], ()), by=by, name="image")


@working("conv3d")
def volume_cell(index, x, w, b):
    n, k, *corner = index
    return products(x, corner, w[k], ([f"{n}", ":"], (n, slice(None))), b[k])


@working("flattened_conv")
def flattened_cell(index, x, channel, column, row):
    kernel = np.einsum("c,u,v->cuv", channel, column, row)
    at = ([":"], (slice(None),))
    return products(x, index, kernel, at, by="all three lines")


def reaching(cell, stride, count, taps):
    """Return the inputs whose copy reaches a cell, and the tap that lies there."""
    pairs = [(i, cell - i * stride) for i in range(count)]
    return tuple(zip(*(p for p in pairs if 0 <= p[1] < taps), strict=True)) or ((), ())


@working("transposed_conv1d")
def transposed_line_cell(index, x, w, stride):
    inputs, taps = map(list, reaching(index[0], stride, len(x), len(w)))
    source = f"x{inputs}"
    return Working.of_products(
        x[inputs],
        w[taps],
        source=source,
        by="their taps",
        places=(cells("x", inputs),),
    )


@working("transposed_conv2d")
def transposed_cell(index, x, w, b, stride=1, padding=0):
    n, k, row, col = index
    rows, us = reaching(row + padding, stride, x.shape[2], w.shape[2])
    cols, vs = reaching(col + padding, stride, x.shape[3], w.shape[3])
    met, taps = x[n][np.ix_(range(x.shape[1]), rows, cols)], w[:, k]
    taps = taps[np.ix_(range(len(taps)), us, vs)]
    source = f"x[{n}, :, {list(rows)}, {list(cols)}]"
    places = (cells("x", n, range(x.shape[1]), rows, cols),)
    return Working.of_products(
        met, taps, bias=b[k], source=source, by="their taps", places=places
    )


BIAS = (
    "bias-forgotten",
    "bias-per-element",
    "bias-per-channel",
    "bias-of-first-filter",
    "bias-summed-over-filters",
    "bias-subtracted",
)

CHANNELS = (
    "last-channel-wins",
    "first-channel-only",
    "first-kernel-slice-for-all-channels",
    "channels-averaged",
    "sample-index-fixed",
    "first-filter-only",
    "filters-in-reverse-order",
)

SPATIAL = (
    "kernel-flipped",
    "kernel-transposed",
    "window-averaged",
    "negative-values-clipped",
    "output-transposed",
)


def biased(maps, w, b, wrong):
    """Add a bias to each map, rightly or not; w is (K, C, ...)."""
    if "bias-of-first-filter" in wrong:
        b = b[:1].repeat(len(b))
    if "bias-summed-over-filters" in wrong:
        b = b.sum(keepdims=True).repeat(len(b))
    times = -1 if "bias-subtracted" in wrong else 1
    times *= w[0].size if "bias-per-element" in wrong else 1
    times *= w.shape[1] if "bias-per-channel" in wrong else 1
    times *= 0 if "bias-forgotten" in wrong else 1
    return maps + times * b.reshape(-1, *[1] * (maps.ndim - 2))


def correlate(x, w, wrong):
    """Slide filters along all axes after the first two, rightly or not."""
    along = tuple(range(2, x.ndim))
    if "last-channel-wins" in wrong:
        x, w = x[:, -1:], w[:, -1:]
    if "first-channel-only" in wrong:
        x, w = x[:, :1], w[:, :1]
    if "first-kernel-slice-for-all-channels" in wrong:
        w = w[:, :1].repeat(w.shape[1], axis=1)
    if "sample-index-fixed" in wrong:
        x = x[:1].repeat(len(x), axis=0)
    if "first-filter-only" in wrong:
        w = w[:1].repeat(len(w), axis=0)
    if "filters-in-reverse-order" in wrong:
        w = w[::-1]
    if "kernel-flipped" in wrong:
        w = np.flip(w, along)
    if "kernel-transposed" in wrong:
        w = w.swapaxes(-1, -2)
    if any(k > s for k, s in zip(w.shape[2:], x.shape[2:], strict=True)):
        raise ValueError("the kernel does not fit")
    windows = sliding_window_view(x, w.shape[2:], axis=along)
    over = range(x.ndim, windows.ndim)
    maps = np.tensordot(windows, w, axes=((1, *over), (1, *along)))
    maps = maps.transpose(0, -1, *range(1, x.ndim - 1))
    if "channels-averaged" in wrong:
        maps = maps / x.shape[1]
    if "window-averaged" in wrong:
        maps = maps / w[0].size
    return maps


def slide(image, line, axis):
    """Slide a line along one axis."""
    return sliding_window_view(image, len(line), axis=axis) @ line


def finished(maps, wrong):
    """Return the maps after what students do to them last."""
    if "negative-values-clipped" in wrong:
        maps = np.maximum(maps, 0)
    return maps.swapaxes(-1, -2) if "output-transposed" in wrong else maps


@misconceptions(
    *BIAS,
    *CHANNELS,
    *SPATIAL,
    "dilation-ignored",
    "dilation-off-by-one",
    "dilation-rows-only",
    "dilation-columns-only",
    "dilation-repeats-weights",
    "dilation-spreads-image",
    "dilation-size-multiplied",
    "dilation-size-added",
    "dilation-missing-from-shape",
    "dilation-taken-as-stride",
    "filter-and-channel-axes-exchanged",
    "result-cut-to-integers",
)
def dilated_conv2d(x, w, b, dilation, *, wrong):
    KH, KW = w.shape[2:]
    if "filter-and-channel-axes-exchanged" in wrong:
        w = w.swapaxes(0, 1)
    if "dilation-missing-from-shape" in wrong and dilation > 1 and max(KH, KW) > 1:
        raise ValueError("a window that is cut short does not fit the kernel")
    apart = dilation + ("dilation-off-by-one" in wrong)
    down = right = apart
    if wrong & {
        "dilation-ignored",
        "dilation-columns-only",
        "dilation-taken-as-stride",
    }:
        down = 1
    if wrong & {"dilation-ignored", "dilation-rows-only", "dilation-taken-as-stride"}:
        right = 1
    spread = np.zeros((*w.shape[:2], down * (KH - 1) + 1, right * (KW - 1) + 1))
    spread[:, :, ::down, ::right] = w
    if "dilation-repeats-weights" in wrong:
        spread = w.repeat(dilation, axis=2).repeat(dilation, axis=3)
    if "dilation-spreads-image" in wrong:
        tall, wide = (dilation * (size - 1) + 1 for size in x.shape[2:])
        image, spread = np.zeros((*x.shape[:2], tall, wide)), w
        image[:, :, ::dilation, ::dilation] = x
        x = image
    maps = correlate(x, spread, wrong)
    if "window-averaged" in wrong:
        maps = maps * spread[0].size / w[0].size
    if "dilation-taken-as-stride" in wrong:
        maps = maps[:, :, ::dilation, ::dilation]
    if "dilation-size-multiplied" in wrong:
        less = dilation - 1
        maps = maps[:, :, : maps.shape[2] - less, : maps.shape[3] - less]
    if "dilation-size-added" in wrong:
        rows, cols = (x.shape[2] - KH - dilation + 1, x.shape[3] - KW - dilation + 1)
        if rows > maps.shape[2] or cols > maps.shape[3] or min(rows, cols) < 0:
            raise ValueError("a window that is cut short does not fit the kernel")
        maps = maps[:, :, :rows, :cols]
    maps = biased(maps, w, b, wrong)
    if "result-cut-to-integers" in wrong:
        maps = maps.astype(x.dtype)
    return finished(maps, wrong)


@misconception("dilation-missing-from-shape")
def dilated_conv2d(x, w, b, dilation):
    if dilation > 1:
        raise IndexError("a cell beyond the image is read")
    return solution.dilated_conv2d(x, w, b, dilation)


@misconceptions(
    "transposed-stride-ignored",
    "transposed-stride-is-kernel-size",
    "transposed-size-of-convolution",
    "transposed-size-multiplied",
    "transposed-overlap-assigned",
    "transposed-overlap-averaged",
    "transposed-kernel-flipped",
    "transposed-gathers",
    "result-cut-to-integers",
)
def transposed_conv1d(x, w, stride, *, wrong):
    size = (len(x) - 1) * stride + len(w)
    if "transposed-size-of-convolution" in wrong:
        size = (len(x) - len(w)) // stride + 1
    if "transposed-size-multiplied" in wrong:
        size = len(x) * stride
    if "transposed-kernel-flipped" in wrong:
        w = w[::-1]
    if "transposed-gathers" in wrong:
        return sliding_window_view(x, len(w))[::stride] @ w
    out = np.zeros(size, x.dtype if "result-cut-to-integers" in wrong else float)
    met = np.zeros(size)
    for i, value in enumerate(x):
        start = i * stride
        if "transposed-stride-ignored" in wrong:
            start = i
        if "transposed-stride-is-kernel-size" in wrong:
            start = i * len(w)
        place = slice(start, start + len(w))
        met[place] += 1
        if "transposed-overlap-assigned" in wrong:
            out[place] = value * w
        else:
            out[place] += value * w
    return out / met.clip(1) if "transposed-overlap-averaged" in wrong else out


@misconception("transposed-stride-ignored")
def transposed_conv1d(x, w, stride):
    return solution.transposed_conv1d(x, w, 1)


@misconception("result-cut-to-integers")
def transposed_conv1d(x, w, stride):
    return solution.transposed_conv1d(x, w, stride).astype(x.dtype)


@misconceptions(
    *BIAS,
    *CHANNELS,
    "transposed-stride-ignored",
    "transposed-stride-is-kernel-size",
    "stride-rows-only",
    "stride-columns-only",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "transposed-size-multiplied",
    "transposed-overlap-assigned",
    "transposed-overlap-averaged",
    "transposed-kernel-flipped",
    "transposed-kernel-axes-exchanged",
    "transposed-padding-ignored",
    "transposed-padding-enlarges",
    "transposed-padding-cut-once",
    "transposed-crop-empty-without-padding",
    "transposed-bias-per-copy",
    "output-transposed",
)
def transposed_conv2d(x, w, b, stride=1, padding=0, *, wrong):
    if "transposed-kernel-axes-exchanged" in wrong:
        w = w.swapaxes(0, 1)
    if "transposed-kernel-flipped" in wrong:
        w = w[:, :, ::-1, ::-1]
    if "last-channel-wins" in wrong:
        x, w = x[:, -1:], w[-1:]
    if "first-channel-only" in wrong:
        x, w = x[:, :1], w[:1]
    if "first-kernel-slice-for-all-channels" in wrong:
        w = w[:1].repeat(len(w), axis=0)
    if "sample-index-fixed" in wrong:
        x = x[:1].repeat(len(x), axis=0)
    if "first-filter-only" in wrong:
        w = w[:, :1].repeat(w.shape[1], axis=1)
    if "filters-in-reverse-order" in wrong:
        w = w[:, ::-1]
    (N, _, H, W), (_, K, KH, KW) = x.shape, w.shape
    tall, wide = (H - 1) * stride + KH, (W - 1) * stride + KW
    if "transposed-size-multiplied" in wrong:
        tall, wide = H * stride, W * stride
    full, met = np.zeros((N, K, tall, wide)), np.zeros((tall, wide))
    down = right = stride
    if wrong & {"transposed-stride-ignored", "stride-columns-only"}:
        down = 1
    if wrong & {"transposed-stride-ignored", "stride-rows-only"}:
        right = 1
    if "transposed-stride-is-kernel-size" in wrong:
        down, right = KH, KW
    all_copies = np.tensordot(x, w, axes=(1, 0))  # (N, H, W, K, KH, KW)
    for i, j in np.ndindex(H, W):
        top = (j if "column-index-used-for-rows" in wrong else i) * down
        left = (i if "row-index-used-for-columns" in wrong else j) * right
        rows, cols = slice(top, top + KH), slice(left, left + KW)
        copies = all_copies[:, i, j]
        if "transposed-overlap-assigned" in wrong:
            copies = np.multiply.outer(x[:, -1, i, j], w[-1])
            full[:, :, rows, cols] = 0
        if "transposed-bias-per-copy" in wrong:
            copies = copies + b.reshape(-1, 1, 1)
        full[:, :, rows, cols] += copies
        met[rows, cols] += 1
    if "transposed-overlap-averaged" in wrong:
        full = full / met.clip(1)
    if "channels-averaged" in wrong:
        full = full / x.shape[1]
    first, last = padding, padding
    if "transposed-padding-ignored" in wrong:
        first = last = 0
    if "transposed-padding-cut-once" in wrong:
        last = 0
    out = full[:, :, first : tall - last, first : wide - last]
    if "transposed-crop-empty-without-padding" in wrong:
        out = full[:, :, padding:-padding, padding:-padding]
    if "transposed-padding-enlarges" in wrong:
        out = np.pad(full, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if "transposed-bias-per-copy" not in wrong:
        out = biased(out, w.swapaxes(0, 1), b, wrong)
    return finished(out, wrong)


@misconception("transposed-kernel-axes-exchanged")
def transposed_conv2d(x, w, b, stride=1, padding=0):
    # Loops that take the first axis for the maps fail where a slice is missing.
    K, C = len(w), x.shape[1]
    turned = np.array([[w[k, c] for k in range(K)] for c in range(C)])
    maps = solution.transposed_conv2d(x, turned, np.zeros(K), stride, padding)
    return maps + b.reshape(1, -1, 1, 1)


@misconception("transposed-kernel-axes-exchanged")
def transposed_conv2d(x, w, b, stride=1, padding=0):
    # The same, with the biases added in place: they must be as many as the maps.
    K, C = len(w), x.shape[1]
    turned = np.array([[w[k, c] for k in range(K)] for c in range(C)])
    maps = solution.transposed_conv2d(x, turned, np.zeros(K), stride, padding)
    maps += b.reshape(1, -1, 1, 1)
    return maps


@misconception("transposed-overlap-assigned")
def transposed_conv2d(x, w, b, stride=1, padding=0):
    (N, _, H, W), (_, K, KH, KW) = x.shape, w.shape
    full = np.zeros((N, K, (H - 1) * stride + KH, (W - 1) * stride + KW))
    all_copies = np.tensordot(x, w, axes=(1, 0))  # (N, H, W, K, KH, KW)
    for i, j in np.ndindex(H, W):
        top, left = i * stride, j * stride
        full[:, :, top : top + KH, left : left + KW] = all_copies[:, i, j]
    tall, wide = full.shape[2:]
    out = full[:, :, padding : tall - padding, padding : wide - padding]
    return out + b.reshape(-1, 1, 1)


@misconceptions(
    *BIAS,
    *CHANNELS,
    *SPATIAL,
    "groups-ignored",
    "groups-first-channels-for-all",
    "groups-interleaved",
    "groups-filters-interleaved",
    "groups-summed",
    "groups-in-reverse-order",
    "groups-number-taken-as-size",
)
def grouped_conv2d(x, w, b, groups, *, wrong):
    if "first-filter-only" in wrong:
        w = w[:1].repeat(len(w), axis=0)
    if "filters-in-reverse-order" in wrong:
        w = w[::-1]
    if "sample-index-fixed" in wrong:
        x = x[:1].repeat(len(x), axis=0)
    C, K, depth, many = x.shape[1], len(w), w.shape[1], len(w) // groups
    rest = wrong - {"first-filter-only", "filters-in-reverse-order"}
    if "groups-ignored" in wrong:
        # Broadcasting gives each channel the only slice there is, or fails.
        whole = np.broadcast_to(w, (K, C, *w.shape[2:]))
        return finished(biased(correlate(x, whole, rest), w, b, wrong), wrong)
    found = []
    for g in range(groups):
        seen = slice(g * depth, (g + 1) * depth)
        if "groups-first-channels-for-all" in wrong:
            seen = slice(depth)
        if "groups-interleaved" in wrong:
            seen = slice(g, None, groups)
        if "groups-number-taken-as-size" in wrong:
            seen = slice(g * groups, (g + 1) * groups)
        filters = w[g * many : (g + 1) * many]
        if "groups-filters-interleaved" in wrong:
            filters = w[g::groups]
        found.append(correlate(x[:, seen], filters, rest))
    if "groups-in-reverse-order" in wrong:
        found = found[::-1]
    if "groups-summed" in wrong:
        return finished(sum(found) + b[:many].reshape(-1, 1, 1), wrong)
    maps = np.concatenate(found, axis=1)
    return finished(biased(maps, w, b, wrong), wrong)


@misconception("groups-ignored")
def grouped_conv2d(x, w, b, groups):
    if groups > 1:
        raise ValueError("filters of another depth than the image")
    return solution.grouped_conv2d(x, w, b, groups)


@misconception("groups-ignored")
def grouped_conv2d(x, w, b, groups):
    return solution.grouped_conv2d(x, np.tile(w, (1, groups, 1, 1)), b, 1)


@misconceptions(
    *(id_ for id_ in BIAS if id_ != "bias-per-element"),
    *(id_ for id_ in CHANNELS if id_ != "first-kernel-slice-for-all-channels"),
    "pointwise-scales-channels",
    "pointwise-weights-transposed",
    "pointwise-weights-on-wrong-axis",
    "pointwise-does-nothing",
    "bias-along-columns",
    "channel-axis-last",
    "negative-values-clipped",
)
def pointwise_conv2d(x, w, b, *, wrong):
    if "pointwise-does-nothing" in wrong:
        return x
    if "pointwise-weights-transposed" in wrong:
        w = w.T
    if "pointwise-weights-on-wrong-axis" in wrong:
        maps = x @ w.T
        return maps + b.reshape(-1, 1, 1)
    if "pointwise-scales-channels" in wrong:
        scales = [w[k, k] for k in range(len(w))]
        maps = x[:, : len(w)] * np.reshape(scales, (-1, 1, 1))
    else:
        maps = correlate(x, w[:, :, np.newaxis, np.newaxis], wrong)
    maps = maps + b if "bias-along-columns" in wrong else biased(maps, w, b, wrong)
    if "channel-axis-last" in wrong:
        maps = maps.transpose(0, 2, 3, 1)
    return finished(maps, wrong)


@misconception("pointwise-weights-transposed")
def pointwise_conv2d(x, w, b):
    if w.shape[0] != w.shape[1]:
        raise IndexError("there is no w[c, k] for every k and c")
    return solution.pointwise_conv2d(x, w.T, b)


@misconceptions(
    "kernel-flipped",
    "kernel-transposed",
    "sample-index-fixed",
    "first-channel-only",
    "last-channel-wins",
    "negative-values-clipped",
    "output-transposed",
    "channels-averaged",
    "depthwise-missing",
    "depthwise-channels-summed",
    "depthwise-first-kernel-for-all",
    "pointwise-missing",
    "pointwise-first",
    "pointwise-scales-channels",
    "pointwise-weights-transposed",
)
def depthwise_separable_conv2d(x, depthwise, pointwise, *, wrong):
    if "pointwise-weights-transposed" in wrong:
        pointwise = pointwise.T
    if "depthwise-first-kernel-for-all" in wrong:
        depthwise = depthwise[:1].repeat(len(depthwise), axis=0)
    turned = wrong & {"kernel-flipped", "kernel-transposed", "sample-index-fixed"}
    mixing = wrong & {"first-channel-only", "last-channel-wins", "channels-averaged"}

    def apart(x):
        if x.shape[1] != len(depthwise):
            raise ValueError("as many kernels as channels")
        kernels = depthwise[:, np.newaxis, np.newaxis]
        maps = [correlate(x[:, [c]], k, turned) for c, k in enumerate(kernels)]
        return np.concatenate(maps, axis=1)

    def mixed(x):
        if "pointwise-scales-channels" in wrong:
            scales = [pointwise[k, k] for k in range(len(pointwise))]
            return x[:, : len(scales)] * np.reshape(scales, (-1, 1, 1))
        return correlate(x, pointwise[:, :, np.newaxis, np.newaxis], mixing)

    if "depthwise-missing" in wrong:
        return finished(mixed(x), wrong)
    if "pointwise-first" in wrong:
        return finished(apart(mixed(x)), wrong)
    maps = apart(x)
    if "depthwise-channels-summed" in wrong:
        maps = maps.sum(axis=1, keepdims=True).repeat(x.shape[1], axis=1)
    if "pointwise-missing" in wrong:
        return finished(maps, wrong)
    return finished(mixed(maps), wrong)


@misconception("negative-values-clipped")
def depthwise_separable_conv2d(x, depthwise, pointwise):
    kernels = depthwise[:, np.newaxis]
    maps = solution.grouped_conv2d(x, kernels, np.zeros(len(kernels)), len(kernels))
    return solution.pointwise_conv2d(maps.clip(0), pointwise, np.zeros(len(pointwise)))


@misconceptions(
    "separable-parts-exchanged",
    "separable-same-part-twice",
    "separable-parts-flipped",
    "kernel-flipped-vertically-only",
    "kernel-flipped-horizontally-only",
    "separable-second-part-missing",
    "separable-first-part-missing",
    "separable-parts-added",
    "output-keeps-full-overlap",
    "output-kept-at-input-size",
    "negative-values-clipped",
    "output-transposed",
    "window-averaged",
)
def spatially_separable_conv2d(image, column, row, *, wrong):
    if "separable-parts-exchanged" in wrong:
        column, row = row, column
    if "separable-same-part-twice" in wrong:
        row = column
    if wrong & {"separable-parts-flipped", "kernel-flipped-vertically-only"}:
        column = column[::-1]
    if wrong & {"separable-parts-flipped", "kernel-flipped-horizontally-only"}:
        row = row[::-1]
    if "output-keeps-full-overlap" in wrong:
        image = np.pad(image, [(len(line) - 1,) * 2 for line in (column, row)])
    if "output-kept-at-input-size" in wrong:
        before = [(len(line) - 1) // 2 for line in (column, row)]
        after = [len(line) // 2 for line in (column, row)]
        image = np.pad(image, list(zip(before, after, strict=True)))
    down, across = slide(image, column, 0), slide(image, row, 1)
    both = slide(down, row, 1)
    if "separable-second-part-missing" in wrong:
        both = down
    if "separable-first-part-missing" in wrong:
        both = across
    if "separable-parts-added" in wrong:
        both = down[:, : both.shape[1]] + across[: both.shape[0]]
    if "window-averaged" in wrong:
        both = both / (len(column) * len(row))
    return finished(both, wrong)


@misconception("separable-same-part-twice")
def spatially_separable_conv2d(image, column, row):
    return solution.spatially_separable_conv2d(image, row, row)


@misconception("separable-parts-added")
def spatially_separable_conv2d(image, column, row):
    down = solution.spatially_separable_conv2d(image, column, np.ones(1))
    return down + solution.spatially_separable_conv2d(image, np.ones(1), row)


@misconceptions(
    *BIAS,
    *CHANNELS,
    *(id_ for id_ in SPATIAL if id_ != "kernel-transposed"),
    "filter-and-channel-axes-exchanged",
    "depth-not-slid",
    "depth-summed",
    "depth-flipped",
    "depth-window-missing",
    "depth-and-channels-exchanged",
    "depth-axes-exchanged",
)
def conv3d(x, w, b, *, wrong):
    if "filter-and-channel-axes-exchanged" in wrong:
        w = w.swapaxes(0, 1)
    if "depth-flipped" in wrong:
        w = w[:, :, ::-1]
    if "depth-axes-exchanged" in wrong:
        w = w.swapaxes(2, 3)
    if "depth-and-channels-exchanged" in wrong:
        x = x.swapaxes(1, 2)
    if "depth-window-missing" in wrong:
        w = w[:, :, :1]
    maps = correlate(x, w, wrong)
    if "depth-summed" in wrong:
        maps = maps.sum(axis=2)
    if "depth-not-slid" in wrong:
        maps = maps[:, :, 0]
    return finished(biased(maps, w, b, wrong), wrong)


@misconceptions(
    "flattened-parts-exchanged",
    "flattened-channel-filter-missing",
    "flattened-channels-all-summed",
    "flattened-channel-filter-flipped",
    "flattened-column-filter-missing",
    "flattened-row-filter-missing",
    "separable-parts-flipped",
    "kernel-flipped-vertically-only",
    "kernel-flipped-horizontally-only",
    "first-channel-only",
    "last-channel-wins",
    "channels-averaged",
    "negative-values-clipped",
    "output-transposed",
)
def flattened_conv(x, channel, column, row, *, wrong):
    if "flattened-parts-exchanged" in wrong:
        column, row = row, column
    if "flattened-channels-all-summed" in wrong:
        channel = np.ones(len(channel))
    if "flattened-channel-filter-flipped" in wrong:
        channel = channel[::-1]
    if wrong & {"separable-parts-flipped", "kernel-flipped-vertically-only"}:
        column = column[::-1]
    if wrong & {"separable-parts-flipped", "kernel-flipped-horizontally-only"}:
        row = row[::-1]
    if "flattened-column-filter-missing" in wrong:
        column = np.ones(1)
    if "flattened-row-filter-missing" in wrong:
        row = np.ones(1)
    taken = slice(None)
    if "first-channel-only" in wrong:
        taken = slice(1)
    if "last-channel-wins" in wrong:
        taken = slice(-1, None)
    mixed = np.tensordot(channel[taken], x[taken], axes=1)
    if "channels-averaged" in wrong:
        mixed = mixed / len(x)
    if "flattened-channel-filter-missing" in wrong:
        mixed = x
    return finished(slide(slide(mixed, column, -2), row, -1), wrong)
