"""Checks of the convolution's gradients, and the wrong ways to compute them."""

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
    share,
    solution,
    working,
)


def backward(rng, x, w, **options):
    """Return a call with dout drawn to fit x, w, stride and padding."""
    stride, padding = options.get("stride", 1), options.get("padding", 0)
    rows, cols = (
        (size - kernel + 2 * padding) // stride + 1
        for size, kernel in zip(x[2:], w[2:], strict=True)
    )
    return call(
        "conv2d_backward",
        dout=ints(rng, (x[0], w[0], rows, cols)),
        x=ints(rng, x),
        w=ints(rng, w),
        **options,
    )


@check(points=2, public=True)
def bias_gradient(rng):
    """In db, each filter adds up its incoming gradients."""
    yield backward(rng, (1, 1, 2, 3), (1, 1, 2, 2)).only(2, "db")
    yield backward(rng, (1, 1, 3, 2), (2, 1, 2, 1)).only(2, "db")


@check(points=2)
def bias_gradient_of_a_batch(rng):
    """In db, each filter has one number, for all images."""
    yield backward(rng, (2, 1, 3, 4), (3, 1, 2, 2)).only(2, "db")
    yield backward(rng, (3, 1, 4, 3), (3, 1, 2, 2)).only(2, "db")


@check(points=4, public=True)
def weight_gradient(rng):
    """In dw, each weight adds up incoming gradient times cell met."""
    x, w, dout = np.array([1.0, 2, 3]), np.array([4.0, 5]), np.array([10.0, 1])
    yield _row_of_three(dout, x, w).only(1, "dw")
    yield backward(rng, (1, 1, 3, 4), (1, 1, 2, 2)).only(1, "dw")
    yield backward(rng, (1, 1, 4, 3), (1, 1, 2, 3)).only(1, "dw")


@check(points=4, after=weight_gradient)
def weight_gradient_of_a_batch(rng):
    """In dw, images add up; filters and channels stay apart."""
    yield backward(rng, (1, 2, 3, 4), (1, 2, 2, 2)).only(1, "dw")
    yield backward(rng, (1, 1, 3, 4), (3, 1, 2, 3)).only(1, "dw")
    yield backward(rng, (2, 2, 4, 3), (3, 2, 3, 2)).only(1, "dw")


@check(points=4, after=weight_gradient)
def weight_gradient_strided_and_padded(rng):
    """In dw, windows follow the stride and lie in the padded image."""
    yield backward(rng, (1, 1, 4, 6), (1, 1, 2, 2), stride=2).only(1, "dw")
    yield backward(rng, (1, 1, 6, 5), (1, 1, 2, 2), stride=3).only(1, "dw")
    yield backward(rng, (1, 1, 3, 4), (1, 1, 2, 3), padding=1).only(1, "dw")
    yield backward(rng, (2, 1, 3, 2), (1, 1, 3, 3), padding=2).only(1, "dw")


@check(points=4, public=True)
def input_gradient(rng):
    """In dx, each cell adds up incoming gradient times weight met."""
    x, w, dout = np.array([1.0, 2, 3]), np.array([4.0, 5]), np.array([10.0, 1])
    yield _row_of_three(dout, x, w).only(0, "dx")
    yield backward(rng, (1, 1, 3, 4), (1, 1, 2, 2)).only(0, "dx")
    yield backward(rng, (1, 1, 4, 3), (1, 1, 3, 2)).only(0, "dx")


@check(points=6, after=input_gradient)
def input_gradient_of_a_batch(rng):
    """In dx, filters add up; images and channels stay apart."""
    yield backward(rng, (1, 2, 3, 4), (2, 2, 2, 2)).only(0, "dx")
    yield backward(rng, (2, 1, 4, 3), (3, 1, 3, 2)).only(0, "dx")
    yield backward(rng, (2, 2, 3, 4), (3, 2, 2, 3)).only(0, "dx")


@check(points=4, after=input_gradient)
def input_gradient_strided(rng):
    """In dx, windows lie a stride apart; cells that none reached get 0."""
    yield backward(rng, (1, 1, 4, 6), (1, 1, 2, 2), stride=2).only(0, "dx")
    yield backward(rng, (1, 1, 5, 6), (1, 1, 3, 3), stride=2).only(0, "dx")
    yield backward(rng, (1, 1, 8, 6), (1, 1, 2, 2), stride=3).only(0, "dx")
    yield backward(rng, (2, 1, 7, 5), (2, 1, 3, 2), stride=2).only(0, "dx")


@check(points=6, after=input_gradient)
def input_gradient_padded(rng):
    """In dx, the border is cut off, whatever the padding."""
    yield backward(rng, (1, 1, 3, 4), (1, 1, 3, 3), padding=1).only(0, "dx")
    yield backward(rng, (1, 1, 4, 3), (1, 1, 3, 2), padding=2).only(0, "dx")
    yield backward(rng, (2, 2, 4, 5), (2, 2, 3, 3), stride=2, padding=1).only(0, "dx")
    yield backward(rng, (2, 2, 5, 4), (3, 2, 3, 2), stride=3, padding=2).only(0, "dx")


@check(points=2, after=(bias_gradient, weight_gradient, input_gradient))
def whole_numbers_as_inputs(rng):
    """Gradients keep their fractions where x and w hold integers."""
    for part, name in enumerate(("dx", "dw", "db")):
        # Odd weights, so that their products with a half have a fraction.
        yield call(
            "conv2d_backward",
            dout=ints(rng, (2, 1, 2, 3)) + 0.5,
            x=ints(rng, (2, 1, 3, 4)).astype(np.int64),
            w=2 * ints(rng, (1, 1, 2, 2)).astype(np.int64) + 1,
        ).only(part, name)


@check(points=2, after=(bias_gradient, weight_gradient, input_gradient))
def leaves_the_inputs_alone(rng):
    """Its arguments are left as they were."""
    yield backward(rng, (1, 1, 4, 3), (1, 1, 2, 2)).keeping_inputs()


def _row_of_three(dout, x, w):
    shape = (1, 1, 1, -1)
    return call(
        "conv2d_backward",
        dout=dout.reshape(shape),
        x=x.reshape(shape),
        w=w.reshape(shape),
    )


@working("conv2d_backward")
def one_gradient(index, dout, x, w, stride=1, padding=0):
    part, *cell = index
    rows, cols = dout.shape[2:]
    if part == 2:
        total = f"its {dout[:, cell[0]].size} cells sum to {dout[:, cell[0]].sum():g}"
        sides = range(len(dout)), cell[0], range(rows), range(cols)
        places = (cells("dout", *sides),)
        source = f"dout[:, {cell[0]}]"
        return Working(dout[:, cell[0]], total, source=source, places=places)
    if part == 1:
        k, c, u, v = cell
        xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        down = slice(u, u + (rows - 1) * stride + 1, stride)
        across = slice(v, v + (cols - 1) * stride + 1, stride)
        met = f"met by w[{k}, {c}, {u}, {v}]"
        seen_from = [
            range(s.start - padding, s.stop - padding, stride) for s in (down, across)
        ]
        places = (
            cells("x", range(len(x)), c, *seen_from, border=padding),
            cells("dout", range(len(x)), k, range(rows), range(cols)),
        )
        return Working.of_products(
            xp[:, c, down, across],
            dout[:, k],
            source=met,
            by=f"dout[:, {k}]",
            places=places,
        )
    n, c, row, col = cell
    # The windows that cover the cell, and its place in each of them.
    us = [row + padding - i * stride for i in range(rows)]
    vs = [col + padding - j * stride for j in range(cols)]
    over = [i for i, u in enumerate(us) if 0 <= u < w.shape[2]]
    across = [j for j, v in enumerate(vs) if 0 <= v < w.shape[3]]
    if not over or not across:
        return Working(x[n, c, row, col], "no window covers this cell: 0")
    met = w[:, c][:, [us[i] for i in over]][:, :, [vs[j] for j in across]]
    covering = f"dout[{n}, :, {over[0]}:{over[-1] + 1}, {across[0]}:{across[-1] + 1}]"
    shares = []
    for k, i, j in product(range(len(w)), over, across):
        sent, weight = dout[n, k, i, j], w[k, c, us[i], vs[j]]
        how = f"times w[{k}, {c}, {us[i]}, {vs[j]}] = {weight:g}"
        shares.append(share(f"dout[{n}, {k}, {i}, {j}]", sent, how, sent * weight))
    return Working.of_products(
        dout[n][:, over][:, :, across],
        met,
        source=covering,
        by="the weights",
        places=(cells("dout", n, range(len(w)), over, across),),
        shares=tuple(shares),
    )


@misconceptions(
    "unfinished",
    "stride-ignored",
    "stride-rows-only",
    "stride-columns-only",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "padding-fixed-at-one",
    "sample-index-fixed",
    "filter-chosen-by-sample",
    "gradient-without-incoming",
    "result-cut-to-integers",
    "gradient-crop-empty-without-padding",
    "crop-fixed-at-one",
    "input-gradient-not-cropped",
    "input-gradient-cropped-at-one-end",
    "input-gradient-assigned",
    "input-gradient-last-filter",
    "input-gradient-last-sample",
    "input-gradient-first-channel",
    "input-gradient-kernel-not-turned",
    "input-gradient-kernel-channels-exchanged",
    "input-gradient-stride-ignored",
    "input-gradient-times-input",
    "input-gradient-not-copied",
    "gradient-buffer-not-zero",
    "weight-gradient-assigned",
    "weight-gradient-from-unpadded-image",
    "weight-gradient-from-input-gradient",
    "weight-gradient-channels-summed",
    "weight-gradient-one-sample",
)
def conv2d_backward(dout, x, w, stride=1, padding=0, *, wrong):
    (N, C, H, W), (K, _, KH, KW) = x.shape, w.shape
    around = 1 if "padding-fixed-at-one" in wrong else padding
    xp = np.zeros((N, C, H + 2 * around, W + 2 * around), x.dtype)
    xp[:, :, around : around + H, around : around + W] = x
    whole = "result-cut-to-integers" in wrong
    dxp = np.zeros(xp.shape, xp.dtype if whole else np.float64)
    if "gradient-buffer-not-zero" in wrong:
        dxp += xp
    dw = np.zeros(w.shape, w.dtype if whole else np.float64)
    dx = np.zeros(x.shape)
    if "unfinished" in wrong:
        return dx, dw, np.zeros(K)
    down = 1 if wrong & {"stride-ignored", "stride-columns-only"} else stride
    right = 1 if wrong & {"stride-ignored", "stride-rows-only"} else stride
    for n, k, i, j in np.ndindex(dout.shape):
        m = 0 if "sample-index-fixed" in wrong else n
        f = n if "filter-chosen-by-sample" in wrong else k
        top = (j if "column-index-used-for-rows" in wrong else i) * down
        left = (i if "row-index-used-for-columns" in wrong else j) * right
        rows, cols = slice(top, top + KH), slice(left, left + KW)
        d = 1.0 if "gradient-without-incoming" in wrong else dout[n, k, i, j]
        # What the weights met.
        image = x if "weight-gradient-from-unpadded-image" in wrong else xp
        if "weight-gradient-from-input-gradient" in wrong:
            image = dxp
        met = image[m, :, rows, cols] * d
        if "weight-gradient-channels-summed" in wrong:
            met = met.sum(axis=0)
        first_of_image = not (k or i or j)
        if "weight-gradient-one-sample" in wrong and first_of_image:
            dw[:] = 0
        if "weight-gradient-assigned" in wrong:
            dw[k] = met
        else:
            dw[k] += met
        # What the cells met.
        kernel = w[f]
        if "input-gradient-first-channel" in wrong:
            kernel = kernel[:1]
        if "input-gradient-kernel-not-turned" in wrong:
            kernel = kernel[:, ::-1, ::-1]
        if "input-gradient-kernel-channels-exchanged" in wrong:
            kernel = w[:, f]
        if "input-gradient-times-input" in wrong:
            kernel = xp[n, :, rows, cols]
        if "input-gradient-stride-ignored" in wrong:
            rows, cols = slice(i, i + KH), slice(j, j + KW)
        if "input-gradient-last-filter" in wrong and not (i or j):
            dxp[n] = 0
        if "input-gradient-assigned" in wrong:
            dxp[n, :, rows, cols] = kernel * d
        else:
            dxp[n, :, rows, cols] += kernel * d
    if "input-gradient-last-sample" in wrong:
        dxp[: N - 1] = 0
    db = dout.sum(axis=(0, 2, 3))
    if "input-gradient-not-copied" in wrong:
        return dx, dw, db
    if "input-gradient-not-cropped" in wrong:
        return dxp, dw, db
    at = 0 if "input-gradient-cropped-at-one-end" in wrong else around
    rows, cols = slice(at, at + H), slice(at, at + W)
    if "gradient-crop-empty-without-padding" in wrong:
        rows = cols = slice(padding, -padding)
    if "crop-fixed-at-one" in wrong:
        rows = cols = slice(1, -1)
    return dxp[:, :, rows, cols], dw, db


# What is wrong with a finished gradient, and second ways to act on a belief. Written
# in terms of the solution, they combine with all of the above and with each other.


@misconception("gradient-crop-empty-without-padding")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    if padding == 0:
        dx[:] = dx[:, :, padding:-padding, padding:-padding]
    return dx, dw, db


@misconception("result-cut-to-integers")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx.astype(x.dtype), dw.astype(w.dtype), db


@misconception("weight-gradient-one-sample")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, _, db = solution.conv2d_backward(dout, x, w, stride, padding)
    _, dw, _ = solution.conv2d_backward(dout[:1], x[:1], w, stride, padding)
    return dx, dw, db


@misconception("weight-gradient-flipped")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw[:, :, ::-1, ::-1], db


@misconception("weight-gradient-transposed")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw.swapaxes(2, 3), db


@misconception("weight-gradient-batch-mean")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw / len(x), db


@misconception("bias-gradient-mean")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, db / dout[:, 0].size


@misconception("bias-gradient-batch-mean")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, db / len(x)


@misconception("bias-gradient-wrong-axes")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, _ = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, dout.sum(axis=(1, 2, 3))


@misconception("bias-gradient-wrong-axes")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, _ = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, dout.sum(axis=(0, 1, 2))


@misconception("bias-gradient-one-sample")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, _ = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, dout[-1].sum(axis=(1, 2))


@misconception("bias-gradient-per-sample")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, _ = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, dout.sum(axis=(2, 3))


@misconception("bias-gradient-one-cell")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, _ = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, dout[-1, :, -1, -1]


@misconception("bias-gradient-counts-cells")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dx, dw, np.full(len(db), 1.0 * dout[:, 0].size)


@misconception("gradient-sign-reversed")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return -dx, -dw, -db


@misconception("gradients-in-wrong-order")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return dw, dx, db


@misconception("gradients-in-wrong-order")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    dx, dw, db = solution.conv2d_backward(dout, x, w, stride, padding)
    return db, dw, dx


@misconception("height-and-width-exchanged")
def conv2d_backward(dout, x, w, stride=1, padding=0):
    if dout.shape[2] != dout.shape[3]:
        raise IndexError("rows are counted where columns belong")
    return solution.conv2d_backward(dout, x, w, stride, padding)
