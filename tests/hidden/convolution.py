"""Checks of sliding a kernel over an image, and the wrong ways to slide it."""

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

IMAGE = np.array(
    [
        [36.0, 31, 28, 24, 23, 27, 33, 39],
        [38, 34, 29, 26, 25, 30, 37, 41],
        [39, 35, 32, 28, 27, 33, 40, 43],
        [42, 38, 34, 30, 30, 36, 43, 46],
        [43, 40, 36, 32, 34, 40, 48, 50],
        [44, 41, 37, 35, 37, 43, 51, 52],
        [45, 42, 39, 37, 41, 46, 53, 54],
        [45, 42, 40, 39, 42, 48, 54, 55],
        [43, 42, 39, 40, 43, 49, 55, 57],
        [41, 41, 38, 39, 44, 49, 55, 58],
        [38, 39, 37, 40, 44, 49, 55, 58],
        [34, 37, 36, 39, 43, 48, 54, 56],
        [31, 35, 35, 39, 44, 49, 53, 55],
    ]
)
EDGE = np.array([[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]])
GRID = np.array(
    [
        [3.0, 5, 2, 8, 1],
        [9, 7, 5, 4, 3],
        [2, 0, 6, 1, 6],
        [6, 3, 7, 9, 2],
        [1, 4, 9, 5, 1],
    ]
)
FILTER = np.array([[1.0, 0, 0], [1, 1, 0], [0, 0, 1]])


def slid(rng, function, image, kernel):
    """Return a call with arrays of these shapes."""
    return call(function, image=ints(rng, image), kernel=ints(rng, kernel))


def volume(rng, x, w):
    """Return a call of the volume's convolution with arrays of these shapes."""
    return call("conv_volume", x=ints(rng, x), w=ints(rng, w), b=ints(rng, (w[0],)))


def odd_halves(rng, shape):
    """Return fractions: an odd number of them times odd numbers is never whole."""
    return ints(rng, shape) + 0.5


def odd_integers(rng, shape):
    """Return an image whose dtype is an integer one."""
    return 2 * ints(rng, shape).astype(np.int64) + 1


@check(points=3, public=True)
def correlation_of_one_window(rng):
    """One window gives one number: the sum of its products."""
    yield slid(rng, "correlate2d", (2, 2), (2, 2))
    yield slid(rng, "correlate2d", (3, 3), (3, 3))


@check(points=3, public=True)
def correlation_of_the_lecture(rng):
    """The vertical-edge kernel gives the lecture's map."""
    yield call("correlate2d", image=IMAGE[:3], kernel=EDGE)
    yield call("correlate2d", image=GRID, kernel=FILTER)
    yield call("correlate2d", image=IMAGE, kernel=EDGE)
    yield slid(rng, "correlate2d", (5, 6), (3, 3))


@check(points=3)
def correlation_of_images_that_are_not_square(rng):
    """The image may be wider than high, or higher than wide."""
    yield slid(rng, "correlate2d", (4, 2), (2, 2))
    yield slid(rng, "correlate2d", (2, 4), (2, 2))
    yield slid(rng, "correlate2d", (5, 3), (2, 2))
    yield slid(rng, "correlate2d", (3, 5), (2, 2))


@check(points=3)
def correlation_with_kernels_that_are_not_square(rng):
    """The kernel may be wider than high, or higher than wide."""
    yield slid(rng, "correlate2d", (4, 4), (2, 3))
    yield slid(rng, "correlate2d", (4, 4), (3, 2))
    yield slid(rng, "correlate2d", (4, 4), (1, 3))
    yield slid(rng, "correlate2d", (4, 4), (3, 1))


@check(points=1)
def correlation_keeps_fractions(rng):
    """An image of integers and weights with fractions give fractions."""
    image, kernel = odd_integers(rng, (3, 4)), odd_halves(rng, (1, 3))
    yield call("correlate2d", image=image, kernel=kernel)


@check(points=1, after=correlation_of_one_window)
def correlation_leaves_its_inputs(rng):
    """Cross-correlation leaves image and kernel as they were."""
    yield slid(rng, "correlate2d", (4, 4), (2, 2)).keeping_inputs()


@check(points=3, public=True)
def convolution_turns_the_kernel(rng):
    """True convolution turns the kernel by 180 degrees."""
    yield slid(rng, "convolve2d", (2, 2), (2, 2))
    yield slid(rng, "convolve2d", (3, 4), (2, 2))
    yield call("convolve2d", image=GRID, kernel=FILTER)


@check(points=3)
def convolution_with_kernels_that_are_not_square(rng):
    """A kernel that is not square is turned as well."""
    yield slid(rng, "convolve2d", (4, 4), (2, 3))
    yield slid(rng, "convolve2d", (4, 4), (3, 2))
    yield slid(rng, "convolve2d", (4, 4), (1, 3))
    yield slid(rng, "convolve2d", (4, 4), (3, 1))


@check(points=2)
def convolution_of_images_that_are_not_square(rng):
    """True convolution takes images of any height and width."""
    yield slid(rng, "convolve2d", (5, 3), (2, 2))
    yield slid(rng, "convolve2d", (3, 5), (2, 2))
    yield slid(rng, "convolve2d", (6, 4), (3, 3))


@check(points=1)
def convolution_keeps_fractions(rng):
    """True convolution keeps fractions, for an image of integers too."""
    image, kernel = odd_integers(rng, (3, 4)), odd_halves(rng, (1, 3))
    yield call("convolve2d", image=image, kernel=kernel)


@check(points=1, after=convolution_turns_the_kernel)
def convolution_leaves_its_inputs(rng):
    """True convolution leaves image and kernel as they were."""
    yield slid(rng, "convolve2d", (4, 4), (2, 2)).keeping_inputs()


@check(points=3, public=True)
def channels_are_summed(rng):
    """A filter sums over all channels of the image."""
    yield volume(rng, (1, 3, 3), (1, 1, 2, 2))
    yield volume(rng, (2, 2, 2), (1, 2, 2, 2))
    yield volume(rng, (3, 2, 3), (1, 3, 2, 2))


@check(points=3, public=True)
def filters_have_their_own_maps(rng):
    """Each filter gives a map, with its own weights and its own bias."""
    yield volume(rng, (1, 2, 2), (2, 1, 2, 2))
    yield volume(rng, (1, 3, 3), (3, 1, 2, 2))


@check(points=3)
def channels_and_filters_together(rng):
    """Several filters slide over several channels."""
    yield volume(rng, (2, 3, 3), (3, 2, 2, 2))
    yield volume(rng, (3, 4, 4), (2, 3, 3, 3))
    yield volume(rng, (2, 3, 3), (2, 2, 2, 2))


@check(points=2)
def volumes_that_are_not_square(rng):
    """Volumes may be wider than high, or higher than wide."""
    yield volume(rng, (2, 5, 3), (3, 2, 2, 2))
    yield volume(rng, (2, 3, 5), (3, 2, 2, 2))


@check(points=3)
def filters_that_are_not_square(rng):
    """Filters may be wider than high, or higher than wide."""
    yield volume(rng, (1, 4, 4), (1, 1, 2, 3))
    yield volume(rng, (1, 4, 4), (1, 1, 3, 2))
    yield volume(rng, (2, 4, 4), (4, 2, 1, 3))
    yield volume(rng, (2, 4, 4), (4, 2, 3, 1))


@check(points=1)
def volume_keeps_fractions(rng):
    """A volume of integers and weights with fractions give fractions."""
    x, w = odd_integers(rng, (1, 3, 4)), odd_halves(rng, (2, 1, 1, 3))
    yield call("conv_volume", x=x, w=w, b=ints(rng, (2,)))


@check(points=1, after=channels_are_summed)
def volume_leaves_its_inputs(rng):
    """The convolution of a volume leaves x, w and b as they were."""
    yield volume(rng, (2, 4, 4), (3, 2, 2, 2)).keeping_inputs()


@working("correlate2d")
def correlation_working(index, image, kernel):
    (i, j), (KH, KW) = index, kernel.shape
    window = image[i : i + KH, j : j + KW]
    source = f"image[{i}:{i + KH}, {j}:{j + KW}]"
    places = (cells("image", range(i, i + KH), range(j, j + KW)),)
    return Working.of_products(window, kernel, source=source, places=places)


@working("convolve2d")
def convolution_working(index, image, kernel):
    return correlation_working.explain(index, image, kernel[::-1, ::-1])


@working("conv_volume")
def volume_working(index, x, w, b):
    k, i, j = index
    KH, KW = w.shape[2:]
    return Working.of_products(
        x[:, i : i + KH, j : j + KW],
        w[k],
        bias=float(b[k]),
        source=f"x[:, {i}:{i + KH}, {j}:{j + KW}]",
        places=(cells("x", range(len(x)), range(i, i + KH), range(j, j + KW)),),
    )


# Both functions go wrong in these ways; they differ in how the kernel should lie.
SLIDING = (
    "kernel-transposed",
    "image-flipped",
    "output-transposed",
    "output-kept-at-input-size",
    "output-keeps-full-overlap",
    "output-size-without-plus-one",
    "kernel-subtracted-twice",
    "height-and-width-exchanged",
    "width-computed-from-height",
    "height-computed-from-width",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "kernel-height-used-for-width",
    "kernel-width-used-for-height",
    "kernel-height-and-width-exchanged",
    "kernel-size-fixed-at-three",
    "window-averaged",
    "window-maximum-of-products",
    "window-summed-without-kernel",
    "window-matrix-product",
    "negative-values-clipped",
    "sum-not-reset",
    "last-product-wins",
    "result-cut-to-integers",
    "return-inside-loop",
    "unfinished",
)


@misconceptions("kernel-flipped", "output-flipped", *SLIDING)
def correlate2d(image, kernel, *, wrong):
    if "kernel-flipped" in wrong:
        kernel = kernel[::-1, ::-1]
    return wrong_map(image, kernel, wrong)


@misconceptions(
    "kernel-not-flipped",
    "kernel-flipped-vertically-only",
    "kernel-flipped-horizontally-only",
    "kernel-turned-by-90-degrees",
    *SLIDING,
)
def convolve2d(image, kernel, *, wrong):
    turned = kernel[::-1, ::-1]
    if wrong & {"kernel-not-flipped", "kernel-transposed", "image-flipped"}:
        turned = kernel
    if "kernel-flipped-vertically-only" in wrong:
        turned = kernel[::-1]
    if "kernel-flipped-horizontally-only" in wrong:
        turned = kernel[:, ::-1]
    if "kernel-turned-by-90-degrees" in wrong:
        turned = np.rot90(kernel)
    return wrong_map(image, turned, wrong)


@misconception("kernel-turned-by-90-degrees")
def convolve2d(image, kernel):
    return solution.correlate2d(image, np.rot90(kernel, -1))


@misconception("output-kept-at-input-size")
def correlate2d(image, kernel):
    return solution.correlate2d(same_border(image, kernel), kernel)


@misconception("output-kept-at-input-size")
def convolve2d(image, kernel):
    return solution.convolve2d(same_border(image, kernel), kernel)


# The running sum may also be set back once for each row.
@misconception("sum-not-reset")
def correlate2d(image, kernel):
    return np.cumsum(solution.correlate2d(image, kernel), axis=1)


@misconception("sum-not-reset")
def convolve2d(image, kernel):
    return np.cumsum(solution.convolve2d(image, kernel), axis=1)


def same_border(image, kernel):
    return np.pad(image, [(size // 2, (size - 1) // 2) for size in kernel.shape])


def wrong_map(image, kernel, wrong):
    if "kernel-transposed" in wrong:
        kernel = kernel.T
    if "image-flipped" in wrong:
        image = image[::-1, ::-1]
    rows, cols, KH, KW = geometry(image, kernel, wrong)
    if "output-keeps-full-overlap" in wrong:
        image = np.pad(image, ((KH - 1, KH - 1), (KW - 1, KW - 1)))
        rows, cols = rows + 2 * (KH - 1), cols + 2 * (KW - 1)
    cut = "result-cut-to-integers" in wrong
    out = np.zeros((rows, cols), dtype=image.dtype if cut else float)
    total = 0.0
    short = "kernel-subtracted-twice" in wrong
    for i, j in np.ndindex(*((rows - KH + 1, cols - KW + 1) if short else out.shape)):
        top = j if "column-index-used-for-rows" in wrong else i
        left = i if "row-index-used-for-columns" in wrong else j
        value = one_sum(image[top : top + KH, left : left + KW], kernel, wrong)
        total += value
        out[i, j] = total if "sum-not-reset" in wrong else value
        if "return-inside-loop" in wrong:
            break
    return finished(out, image.shape, wrong)


def geometry(image, kernel, wrong):
    """Return the height and width of the map and of the window."""
    (H, W), (KH, KW) = image.shape, kernel.shape
    if "kernel-height-used-for-width" in wrong:
        KW = KH
    if "kernel-width-used-for-height" in wrong:
        KH = KW
    if "kernel-height-and-width-exchanged" in wrong:
        KH, KW = KW, KH
    if "kernel-size-fixed-at-three" in wrong:
        KH = KW = 3
    if "height-and-width-exchanged" in wrong:
        H, W = W, H
    high = W if "height-computed-from-width" in wrong else H
    wide = H if "width-computed-from-height" in wrong else W
    one = 0 if "output-size-without-plus-one" in wrong else 1
    return high - KH + one, wide - KW + one, KH, KW


def one_sum(window, kernel, wrong):
    if "window-matrix-product" in wrong:
        return (window @ kernel).sum()
    products = window * kernel
    if "window-summed-without-kernel" in wrong:
        products = window
    if "window-averaged" in wrong:
        return products.sum() / kernel.size
    if "window-maximum-of-products" in wrong:
        return products.max()
    if "last-product-wins" in wrong:
        return products[-1, -1]
    return products.sum()


def finished(out, image, wrong):
    if "negative-values-clipped" in wrong:
        out = np.maximum(out, 0)
    if "output-flipped" in wrong:
        out = out[::-1, ::-1]
    if "output-kept-at-input-size" in wrong:
        missing = [(0, max(n - m, 0)) for n, m in zip(image, out.shape, strict=True)]
        out = np.pad(out, missing)
    if "unfinished" in wrong:
        out = np.zeros(out.shape)
    return out.T if "output-transposed" in wrong else out


@misconceptions(
    "kernel-flipped",
    "kernel-channels-reversed",
    "last-channel-wins",
    "first-channel-only",
    "channels-not-summed",
    "output-depth-filters-times-channels",
    "channels-averaged",
    "first-kernel-slice-for-all-channels",
    "first-filter-only",
    "filters-in-reverse-order",
    "filter-and-channel-axes-exchanged",
    "filter-count-used-as-kernel-size",
    "bias-forgotten",
    "bias-per-element",
    "bias-per-channel",
    "bias-of-first-filter",
    "bias-summed-over-filters",
    "bias-subtracted",
    "bias-along-columns",
    "channel-axis-last",
    "output-transposed",
    "output-size-without-plus-one",
    "width-computed-from-height",
    "height-computed-from-width",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "kernel-height-used-for-width",
    "kernel-width-used-for-height",
    "result-cut-to-integers",
    "return-inside-loop",
    "unfinished",
)
def conv_volume(x, w, b, *, wrong):
    (C, K), given = (len(x), len(w)), w
    if "filter-and-channel-axes-exchanged" in wrong:
        w = np.array([[w[c, k] for c in range(C)] for k in range(K)])
    if "kernel-flipped" in wrong:
        w = w[:, :, ::-1, ::-1]
    if "kernel-channels-reversed" in wrong:
        w = w[:, ::-1, ::-1, ::-1]
    if "first-kernel-slice-for-all-channels" in wrong:
        w = w[:, :1]
    if "first-filter-only" in wrong:
        w = np.repeat(w[:1], K, axis=0)
    if "filters-in-reverse-order" in wrong:
        w = w[::-1]
    rows, cols, KH, KW = geometry(x[0], w[0, 0], wrong)
    if "filter-count-used-as-kernel-size" in wrong:
        rows, cols, KH, KW = rows + KH - K, cols + KW - K, K, K
    out = np.zeros((K, C, rows, cols))
    for i, j in np.ndindex(rows, cols):
        top = j if "column-index-used-for-rows" in wrong else i
        left = i if "row-index-used-for-columns" in wrong else j
        # (C, KH, KW) with (K, C, KH, KW) -> (K, C)
        products = x[:, top : top + KH, left : left + KW] * w
        out[:, :, i, j] = products.sum(axis=(2, 3))
    if not wrong & {"channels-not-summed", "output-depth-filters-times-channels"}:
        out = summed(out, wrong)
    out = with_bias(out, given, b, wrong)
    if "result-cut-to-integers" in wrong:
        out = out.astype(x.dtype)
    if "output-depth-filters-times-channels" in wrong:
        out = out.reshape(K * C, rows, cols)
    if "return-inside-loop" in wrong:
        out.flat[1:] = 0
    if "unfinished" in wrong:
        out[:] = 0
    if "output-transposed" in wrong:
        out = out.swapaxes(-1, -2)
    return np.moveaxis(out, 0, -1) if "channel-axis-last" in wrong else out


def summed(maps, wrong):
    """Add up the maps of the channels, (K, C, H', W') -> (K, H', W')."""
    if "last-channel-wins" in wrong:
        maps = maps[:, -1:]
    if "first-channel-only" in wrong:
        maps = maps[:, :1]
    return maps.mean(axis=1) if "channels-averaged" in wrong else maps.sum(axis=1)


def with_bias(out, w, b, wrong):
    if "bias-forgotten" in wrong:
        return out
    if "bias-along-columns" in wrong:
        return out + b
    if "bias-of-first-filter" in wrong:
        b = np.repeat(b[:1], len(w))
    if "bias-summed-over-filters" in wrong:
        b = np.repeat(b.sum(), len(w))
    if "bias-per-element" in wrong:
        b = b * w[0].size
    if "bias-per-channel" in wrong:
        b = b * w.shape[1]
    if "bias-subtracted" in wrong:
        b = -b
    return out + b.reshape(len(w), *[1] * (out.ndim - 1))


@misconception("output-depth-one")
def conv_volume(x, w, b):
    return solution.conv_volume(x, w, b).sum(axis=0)


@misconception("output-depth-one")
def conv_volume(x, w, b):
    return solution.conv_volume(x, w, b).sum(axis=0, keepdims=True)


@misconception("output-depth-equals-input-depth")
def conv_volume(x, w, b):
    maps = range(len(x))
    return solution.conv_volume(x, w[maps], b[maps])
