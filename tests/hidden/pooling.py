"""The checks of `pooling`, and what students believe about it."""

from __future__ import annotations

import numpy as np

from grader.author import (
    Working,
    call,
    cells,
    check,
    distinct,
    ints,
    misconceptions,
    working,
)

LECTURE_004 = np.array(
    [[1.0, 4, 2, 1], [5, 8, 3, 4], [7, 6, 4, 5], [1, 3, 1, 2]]
).reshape(1, 1, 4, 4)

# --- max_pool2d


@check(points=4, public=True)
def takes_the_largest_of_each_window(draw):
    """The lecture's map, in windows of 2x2, gives [[8, 4], [7, 5]]."""
    yield call("max_pool2d", x=distinct(draw, (1, 1, 2, 2)), size=2)
    yield call("max_pool2d", x=LECTURE_004, size=2)


@check(points=2, public=True)
def windows_may_overlap(draw):
    """With stride 1 the windows of the lecture's map overlap."""
    yield call("max_pool2d", x=distinct(draw, (1, 1, 3, 3)), size=2, stride=1)
    yield call("max_pool2d", x=LECTURE_004, size=2, stride=1)


@check(points=1)
def the_largest_may_be_negative(draw):
    """The largest of negative numbers is negative."""
    yield call("max_pool2d", x=-np.abs(distinct(draw, (1, 1, 2, 2))), size=2)
    yield call("max_pool2d", x=-np.abs(ints(draw, (1, 1, 6, 6))), size=3)


@check(points=1)
def pools_every_map_alone(draw):
    """Every image and every channel is pooled alone."""
    yield from _batches(draw, "max_pool2d")


@check(points=2)
def pools_maps_of_any_shape(draw):
    """Max pooling takes maps that are not square."""
    yield from _maps(draw, "max_pool2d")


@check(points=4)
def size_and_stride_are_two_numbers(draw):
    """Windows overlap, or leave gaps, as the stride says."""
    yield from _strides(draw, "max_pool2d")


@check(points=2)
def the_stride_is_the_size_if_not_given(draw):
    """Without a stride the window moves by its own size, on each axis."""
    yield from _defaults(draw, "max_pool2d")


@check(points=2)
def windows_of_any_shape(draw):
    """Max pooling takes windows that are not square: (height, width)."""
    yield from _windows(draw, "max_pool2d")


@check(points=2)
def strides_of_any_shape(draw):
    """Max pooling takes a stride of two numbers: (down, right)."""
    yield from _stride_pairs(draw, "max_pool2d")


@check(points=1)
def drops_what_does_not_fit(draw):
    """A window that does not fit is dropped, at the end of each axis."""
    yield from _leftovers(draw, "max_pool2d")


@check(points=1, after=takes_the_largest_of_each_window)
def max_pool_leaves_its_input(draw):
    """Max pooling leaves x as it was."""
    x = distinct(draw, (1, 2, 4, 4))
    yield call("max_pool2d", x=x, size=2).keeping_inputs()


# --- avg_pool2d


@check(points=2, public=True)
def takes_the_mean_of_each_window(draw):
    """The means of the lecture's map are [[4.5, 2.5], [4.25, 3]]."""
    yield call("avg_pool2d", x=ints(draw, (1, 1, 2, 2)), size=2)
    yield call("avg_pool2d", x=LECTURE_004, size=2)


@check(points=2, public=True)
def windows_of_means_may_overlap(draw):
    """With stride 1 the means of the lecture's map overlap."""
    yield call("avg_pool2d", x=ints(draw, (1, 1, 3, 3)), size=2, stride=1)
    yield call("avg_pool2d", x=LECTURE_004, size=2, stride=1)


@check(points=1)
def averages_every_map_alone(draw):
    """Every image and every channel is averaged alone."""
    yield from _batches(draw, "avg_pool2d")


@check(points=2)
def averages_maps_and_windows_of_any_shape(draw):
    """Average pooling takes maps and windows that are not square."""
    yield from _maps(draw, "avg_pool2d")
    yield from _windows(draw, "avg_pool2d")


@check(points=2)
def means_take_size_and_stride_as_two_numbers(draw):
    """Windows of means overlap, or leave gaps, as the stride says."""
    yield from _strides(draw, "avg_pool2d")


@check(points=1)
def the_stride_of_means_is_the_size_if_not_given(draw):
    """Without a stride the mean moves by the window's size, on each axis."""
    yield from _defaults(draw, "avg_pool2d")


@check(points=1)
def strides_of_means_of_any_shape(draw):
    """Average pooling takes a stride of two numbers: (down, right)."""
    yield from _stride_pairs(draw, "avg_pool2d")


@check(points=1)
def drops_means_that_do_not_fit(draw):
    """A mean whose window does not fit is dropped."""
    yield from _leftovers(draw, "avg_pool2d")


@check(points=1)
def means_of_whole_numbers_keep_their_fractions(draw):
    """The mean of whole numbers need not be one, whatever the dtype of x."""
    for shape in [(1, 1, 2, 2), (1, 1, 4, 4)]:
        x = 4 * ints(draw, shape)
        x[..., ::2, 1::2] += 2  # every sum is even, and no multiple of 4
        yield call("avg_pool2d", x=x.astype(np.int64), size=2)


@check(points=1, after=takes_the_mean_of_each_window)
def avg_pool_leaves_its_input(draw):
    """Average pooling leaves x as it was."""
    yield call("avg_pool2d", x=ints(draw, (1, 2, 4, 4)), size=2).keeping_inputs()


# --- global_avg_pool2d


@check(points=2, public=True)
def averages_each_whole_map(draw):
    """Every image and channel gives one number, in an array of shape (N, C)."""
    x = np.array([[[[1.0, 2, 3]], [[4, 4, 7]]]])
    yield call("global_avg_pool2d", x=x)
    yield call("global_avg_pool2d", x=distinct(draw, (1, 3, 2, 2)))


@check(points=1)
def averages_maps_of_any_number_and_shape(draw):
    """Any number of images, channels, rows and columns is averaged rightly."""
    for shape in [(2, 3, 3, 3), (3, 2, 2, 4), (2, 4, 5, 3)]:
        yield call("global_avg_pool2d", x=distinct(draw, shape))


@check(points=1)
def global_means_keep_fractions_and_input(draw):
    """The mean of whole numbers keeps its fraction, and x stays as it was."""
    x = 4 * ints(draw, (2, 2, 2, 2))
    x[:, :, 0, 0] += 2
    yield call("global_avg_pool2d", x=x.astype(np.int64)).keeping_inputs()


# --- the calls that both kinds of pooling get: one thing varies at a time


def _calls(draw, name, *cases):
    for (height, width), *size_and_stride in cases:
        options = dict(zip(("size", "stride"), size_and_stride, strict=False))
        yield call(name, x=distinct(draw, (1, 1, height, width)), **options)


def _batches(draw, name):
    for shape in [(2, 1, 4, 4), (1, 2, 4, 4), (2, 3, 4, 4)]:
        yield call(name, x=distinct(draw, shape), size=2)


def _maps(draw, name):
    yield from _calls(draw, name, ((2, 6), 2), ((6, 4), 2))


def _strides(draw, name):
    yield from _calls(draw, name, ((4, 4), 1, 3), ((5, 5), 2, 3), ((7, 7), 3, 2))


def _defaults(draw, name):
    yield from _calls(draw, name, ((3, 3), 3))
    yield from _calls(draw, name, *(((6, 6), size) for size in (3, (2, 3), (3, 2))))


def _windows(draw, name):
    tall, wide, wider = ((4, 5), (3, 2), 1), ((5, 4), (2, 3), 1), ((5, 6), (2, 4), 1)
    yield from _calls(draw, name, tall, wide, wider)


def _stride_pairs(draw, name):
    down, right = ((4, 4), 2, (2, 1)), ((4, 4), 2, (1, 2))
    yield from _calls(draw, name, down, right, ((5, 5), 2, (3, 1)))


def _leftovers(draw, name):
    yield from _calls(draw, name, ((5, 5), 2), ((5, 7), 3))
    # Nothing here is larger than a zero that stands where no cell is.
    x = -np.abs(distinct(draw, (1, 1, 8, 8)))
    yield call(name, x=x, size=3, stride=2)


# --- one cell of a right answer


def _window(index, x, size, stride):
    n, c, i, j = index
    height, width = np.broadcast_to(size, 2)
    down, right = np.broadcast_to(size if stride is None else stride, 2)
    top, left = i * down, j * right
    source = f"x[{n}, {c}, {top}:{top + height}, {left}:{left + width}]"
    axes = (n, c, range(top, top + height), range(left, left + width))
    return x[n, c, top : top + height, left : left + width], source, axes


@working("max_pool2d")
def largest_of_a_window(index, x, size, stride=None):
    window, source, axes = _window(index, x, size, stride)
    u, v = np.unravel_index(window.argmax(), window.shape)
    places = (cells("x", *axes, focus=(axes[2][u], axes[3][v])),)
    result = f"the largest of them is {window.max():g}"
    return Working(window, result, source=source, places=places)


@working("avg_pool2d")
def mean_of_a_window(index, x, size, stride=None):
    window, source, axes = _window(index, x, size, stride)
    total = f"{window.sum():g} / {window.size} = {window.mean():g}"
    result = f"their sum by their number: {total}"
    return Working(window, result, source=source, places=(cells("x", *axes),))


@working("global_avg_pool2d")
def mean_of_a_map(index, x):
    n, c = index
    total = f"{x[n, c].sum():g} / {x[n, c].size} = {x[n, c].mean():g}"
    result = f"their sum by their number: {total}"
    places = (cells("x", n, c, *map(range, x.shape[2:])),)
    return Working(x[n, c], result, source=f"x[{n}, {c}]", places=places)


# --- what students believe: one pooling with a switch for each belief

# What becomes of a pair; the first is down the map, the second across it.
OF_THE_DEFAULT = {
    "pooling-default-stride-one": lambda down, right: (1, 1),
    "pooling-default-stride-two": lambda down, right: (2, 2),
    "pooling-default-stride-from-height": lambda down, right: (down, down),
    "pooling-default-stride-from-width": lambda down, right: (right, right),
}
OF_THE_WINDOW = {
    "pooling-window-axes-exchanged": lambda height, width: (width, height),
    "pooling-window-height-for-both": lambda height, width: (height, height),
    "pooling-window-width-for-both": lambda height, width: (width, width),
}
OF_THE_STRIDE = {
    "pooling-stride-axes-exchanged": lambda down, right: (right, down),
    "pooling-stride-down-for-both": lambda down, right: (down, down),
    "pooling-stride-right-for-both": lambda down, right: (right, right),
}
OF_THE_MAP = {
    "height-and-width-exchanged": lambda H, W: (W, H),
    "width-computed-from-height": lambda H, W: (H, H),
    "height-computed-from-width": lambda H, W: (W, W),
}
OF_THE_INDEX = {
    "row-index-used-for-columns": lambda i, j: (i, i),
    "column-index-used-for-rows": lambda i, j: (j, j),
}
OF_THE_STEP = {
    "stride-ignored": lambda down, right: (1, 1),
    "stride-rows-only": lambda down, right: (down, 1),
    "stride-columns-only": lambda down, right: (1, right),
}
COMMON = (
    "pooling-across-channels",
    "pooling-across-samples",
    "sample-index-fixed",
    "pooling-whole-map",
    "pooling-stride-taken-as-window-size",
    "pooling-window-size-taken-as-stride",
    "pooling-size-fixed-at-two",
    *OF_THE_DEFAULT,
    *OF_THE_WINDOW,
    *OF_THE_STRIDE,
    "pooling-size-rounded-up",
    "pooling-pads-with-zero",
    "pooling-leftovers-from-start",
    *OF_THE_MAP,
    *OF_THE_STEP,
    *OF_THE_INDEX,
)
RARE = (
    "unfinished",
    "return-inside-loop",
    "first-sample-only",
    "pooling-depth-one",
    "channel-axis-last",
    "output-transposed",
    "output-size-without-plus-one",
    "output-size-plus-one-before-division",
    "stride-on-output",
    "example-size-hard-coded",
)
# Beliefs that also show in another way: in the slice or the loop alone, so that the
# shape of the result is right, or in a whole axis taken over from the other.
OTHER_WAYS = (
    "pooling-window-size-taken-as-stride",
    *OF_THE_WINDOW,
    *OF_THE_STRIDE,
    *OF_THE_MAP,
)


@misconceptions(
    "pooling-mean-instead-of-maximum",
    "pooling-minimum",
    "pooling-maximum-from-zero",
    *COMMON,
)
def max_pool2d(x, size, stride=None, *, wrong):
    def largest(window, *_):
        if "pooling-mean-instead-of-maximum" in wrong:
            return _mean(window)
        pick = np.min if "pooling-minimum" in wrong else np.max
        if "pooling-maximum-from-zero" in wrong:
            return pick(window, initial=0)
        return pick(window)

    return _pool(x, size, stride, largest, wrong)


@misconceptions(*RARE)
def max_pool2d(x, size, stride=None, *, wrong):
    return _pool(x, size, stride, _largest, wrong)


@misconceptions(*OTHER_WAYS)
def max_pool2d(x, size, stride=None, *, wrong):
    return _pool(x, size, stride, _largest, {f"{id_} (2)" for id_ in wrong})


@misconceptions(
    "pooling-maximum-instead-of-mean",
    "pooling-sum-instead-of-mean",
    "pooling-mean-divided-by-stride",
    "pooling-mean-divided-by-side",
    "pooling-mean-over-rows-only",
    "pooling-mean-rounded",
    "result-cut-to-integers",
    *COMMON,
)
def avg_pool2d(x, size, stride=None, *, wrong):
    def mean(window, height, down, right):
        if "pooling-maximum-instead-of-mean" in wrong:
            return window.max()
        if "pooling-mean-over-rows-only" in wrong:
            window = window[:1]
        if "pooling-sum-instead-of-mean" in wrong:
            return window.sum()
        if "pooling-mean-divided-by-stride" in wrong:
            return window.sum() / (down * right)
        if "pooling-mean-divided-by-side" in wrong:
            return window.sum() / height
        return _mean(window)

    out = _pool(x, size, stride, mean, wrong)
    if "pooling-mean-rounded" in wrong:
        out = np.floor(out)
    if "result-cut-to-integers" in wrong:
        out = out.astype(x.dtype)
    return out


@misconceptions(*RARE, "sum-not-reset")
def avg_pool2d(x, size, stride=None, *, wrong):
    out = _pool(x, size, stride, _mean, wrong)
    if "sum-not-reset" in wrong:
        out = np.cumsum(out).reshape(out.shape)
    return out


@misconceptions(*OTHER_WAYS)
def avg_pool2d(x, size, stride=None, *, wrong):
    return _pool(x, size, stride, _mean, {f"{id_} (2)" for id_ in wrong})


@misconceptions(
    "global-pooling-over-channels",
    "global-pooling-over-samples",
    "global-pooling-whole-image",
    "global-pooling-one-axis",
    "global-pooling-keeps-axes",
    "global-pooling-height-squared",
    "global-pooling-transposed",
    "pooling-maximum-instead-of-mean",
    "pooling-sum-instead-of-mean",
    "pooling-mean-rounded",
    "result-cut-to-integers",
    "sample-index-fixed",
)
def global_avg_pool2d(x, *, wrong):
    axes = {
        "global-pooling-over-channels": (1,),
        "global-pooling-over-samples": (0, 2, 3),
        "global-pooling-whole-image": (1, 2, 3),
        "global-pooling-one-axis": (3,),
    }
    axis = next((axes[id_] for id_ in axes if id_ in wrong), (2, 3))
    if "sample-index-fixed" in wrong:
        x = np.broadcast_to(x[:1], x.shape)
    keep = "global-pooling-keeps-axes" in wrong
    out = x.sum(axis=axis, keepdims=keep)
    if "pooling-maximum-instead-of-mean" in wrong:
        out = x.max(axis=axis, keepdims=keep)
    elif "pooling-sum-instead-of-mean" not in wrong:
        cells = int(np.prod([x.shape[a] for a in axis]))
        if "global-pooling-height-squared" in wrong:
            cells = x.shape[2] ** 2
        out = out / cells
    if "pooling-mean-rounded" in wrong:
        out = np.floor(out)
    if "result-cut-to-integers" in wrong:
        out = out.astype(x.dtype)
    return out.T if "global-pooling-transposed" in wrong else out


def _largest(window, *_):
    return window.max()


def _mean(window, *_):
    """Return the mean, NaN if there is nothing, without numpy's warning."""
    return window.mean() if window.size else np.nan


def _pool(x, size, stride, reduce, wrong):
    if "channel-axis-last" in wrong:
        rest = wrong - {"channel-axis-last"}
        out = _pool(x.transpose(0, 3, 1, 2), size, stride, reduce, rest)
        return out.transpose(0, 2, 3, 1)
    (height, width), (down, right) = _numbers(size, stride, wrong)
    N, C, H, W = x.shape
    rows, columns = _counts(H, W, height, width, down, right, wrong)
    out = np.zeros((N, 1 if "pooling-depth-one" in wrong else C, rows, columns))
    if "pooling-pads-with-zero" in wrong:
        x = np.pad(x, [(0, 0), (0, 0), (0, height), (0, width)])
    if "pooling-leftovers-from-start" in wrong:
        x = x[:, :, (H - height) % down :, (W - width) % right :]
    if "height-and-width-exchanged (2)" in wrong:
        rows, columns = columns, rows
    for n, c, i, j in np.ndindex(*out.shape[:2], rows, columns):
        if _left_out(n, i, j, down, right, wrong):
            continue
        place = _place(i, j, height, width, down, right, wrong)
        window = x[(*_map(n, c, wrong), *place)]
        out[n, c, i, j] = reduce(window, height, down, right)
        if "return-inside-loop" in wrong:
            break
    return out.swapaxes(2, 3) if "output-transposed" in wrong else out


def _pair(numbers):
    return numbers if isinstance(numbers, tuple) else (numbers, numbers)


def _changed(pair, changes, wrong):
    for id_, change in changes.items():
        if id_ in wrong:
            pair = change(*pair)
    return pair


def _numbers(size, stride, wrong):
    """Return (height, width) and (down, right) as the student reads them."""
    size = (2, 2) if "pooling-size-fixed-at-two" in wrong else _pair(size)
    if stride is None:
        steps = _changed(size, OF_THE_DEFAULT, wrong)
    elif "pooling-window-size-taken-as-stride" in wrong:
        steps = size
    else:
        steps = _pair(stride)
    return _changed(size, OF_THE_WINDOW, wrong), _changed(steps, OF_THE_STRIDE, wrong)


def _counts(H, W, height, width, down, right, wrong):
    """Yield how many rows, and how many columns, the student's result has."""
    if "width-computed-from-height (2)" in wrong:
        W, width, right = H, height, down
    if "height-computed-from-width (2)" in wrong:
        H, height, down = W, width, right
    H, W = _changed((H, W), OF_THE_MAP, wrong)
    for room, step in [(H - height, down), (W - width, right)]:
        if "example-size-hard-coded" in wrong:
            yield 2
        elif {"pooling-size-rounded-up", "pooling-pads-with-zero"} & wrong:
            yield -(-room // step) + 1
        elif "output-size-without-plus-one" in wrong:
            yield room // step
        elif "output-size-plus-one-before-division" in wrong:
            yield (room + 1) // step
        else:
            yield room // step + 1


def _left_out(n, i, j, down, right, wrong):
    """Tell whether the student never fills a cell."""
    if "unfinished" in wrong:
        return True
    holes = "stride-on-output" in wrong and (i % down or j % right)
    return holes or ("first-sample-only" in wrong and n > 0)


def _map(n, c, wrong):
    """Return the index of the map, or maps, that the student reads."""
    if "sample-index-fixed" in wrong:
        n = 0
    if "pooling-across-samples" in wrong:
        n = slice(None)
    if {"pooling-across-channels", "pooling-depth-one"} & wrong:
        c = slice(None)
    return n, c


def _place(i, j, height, width, down, right, wrong):
    """Return the rows and the columns that the student reads."""
    if "pooling-whole-map" in wrong:
        return slice(None), slice(None)
    if "pooling-stride-taken-as-window-size" in wrong:
        height, width = down, right
    if "pooling-window-size-taken-as-stride (2)" in wrong:
        down, right = height, width
    other_ways = {id_.removesuffix(" (2)") for id_ in wrong if id_.endswith(" (2)")}
    height, width = _changed((height, width), OF_THE_WINDOW, other_ways)
    down, right = _changed((down, right), OF_THE_STRIDE, other_ways)
    i, j = _changed((i, j), OF_THE_INDEX, wrong)
    down, right = _changed((down, right), OF_THE_STEP, wrong)
    top, left = i * down, j * right
    return slice(top, top + height), slice(left, left + width)
