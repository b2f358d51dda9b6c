"""Checks of connectivity, and the wrong ways to see it."""

import math

import numpy as np

from grader.author import (
    Working,
    call,
    check,
    ints,
    misconception,
    misconceptions,
    solution,
    working,
)


@check(points=4, public=True)
def window_of_an_output(rng):
    """An output sees the cells of its window, in row-major order."""
    yield call("connected_inputs", row=0, col=1, kernel_size=2, stride=2)
    yield call("connected_inputs", row=1, col=0, kernel_size=2, stride=2)
    yield call("connected_inputs", row=2, col=1, kernel_size=3, stride=1)
    yield call("connected_inputs", row=0, col=0, kernel_size=2, stride=3)
    yield call("connected_inputs", rng.integer(1, 3), rng.integer(4, 9), 2, stride=2)


@check(points=4)
def window_moves_by_the_stride(rng):
    """The window of output (row, col) lies row and col strides on."""
    # Far from the corner: who names one cell of the window only must be hard to guess.
    first, second = rng.sample(range(9, 90), 2)
    yield call("connected_inputs", first, second, 3, 2)
    yield call("connected_inputs", second, first, 2, 3)
    yield call("connected_inputs", first + 1, second + 2, 1, 4)


@check(points=4, after=window_of_an_output)
def window_that_is_not_square(rng):
    """A window may be taller than wide, or wider than tall."""
    row, col = rng.sample(range(9, 90), 2)
    yield call("connected_inputs", row, col, (3, 2))
    yield call("connected_inputs", row, col, (1, 4), stride=2)
    yield call("connected_inputs", row, col, (4, 1), stride=3)


@check(points=4, public=True)
def field_of_one_and_two_layers(rng):
    """Two layers of width 3 see five cells, one layer its kernel."""
    yield call("receptive_field", [(3, 1), (3, 1)])
    yield call("receptive_field", [(5, 1)])
    yield call("receptive_field", [(3, 2), (3, 1)])
    yield call("receptive_field", [(rng.integer(6, 19), 1), (3, 1)])


@check(points=4)
def field_grows_with_earlier_strides(rng):
    """A layer widens the field by the strides of all layers before it."""
    a, b, c = rng.sample((3, 4, 5, 6), 3)
    yield call("receptive_field", [(a, 2), (b, 2), (c, 1)])
    yield call("receptive_field", [(b, 3), (a, 2), (c, 3)])
    yield call("receptive_field", [(c, 1), (b, 3), (a, 2)])
    yield call("receptive_field", [(a, 2), (2, 2), (c, 3), (2, 2), (b, 1)])


@check(points=4, public=True)
def field_in_special_cases(rng):
    """No layer sees one cell; layers of width 1 widen nothing."""
    yield call("receptive_field", [])
    yield call("receptive_field", [(1, 2), (3, 1)])
    yield call("receptive_field", [(3, 1), (1, 1), (1, 3), (rng.choice((4, 5)), 1)])


@check(points=4, public=True)
def matrix_of_a_small_kernel(rng):
    """Each row of the matrix holds the kernel's weights at its place."""
    yield call("correlation_matrix", np.array([[5.0, 7]]), 2, 3)
    yield call("correlation_matrix", kernel=ints(rng, (2, 1)), height=3, width=2)
    yield call("correlation_matrix", kernel=ints(rng, (2, 2)), height=3, width=4)


@check(points=10, after=matrix_of_a_small_kernel)
def matrix_of_any_shape(rng):
    """Height and width of kernel and image may all differ."""
    yield call("correlation_matrix", kernel=ints(rng, (2, 3)), height=3, width=5)
    yield call("correlation_matrix", kernel=ints(rng, (3, 2)), height=5, width=4)
    yield call("correlation_matrix", kernel=ints(rng, (2, 2)), height=4, width=4)
    yield call("correlation_matrix", kernel=ints(rng, (3, 3)), height=3, width=3)
    whole = ints(rng, (2, 2)).astype(np.int64)
    yield call("correlation_matrix", kernel=whole, height=4, width=3)


@check(points=2, after=matrix_of_a_small_kernel)
def matrix_leaves_the_kernel_alone(rng):
    """The kernel passed in is left as it was."""
    kernel = ints(rng, (2, 3))
    yield call("correlation_matrix", kernel, height=3, width=4).keeping_inputs()


@working("connected_inputs")
def cell_of_a_window(index, row, col, kernel_size, stride=1):
    height, width = np.broadcast_to(kernel_size, 2)
    top, left = row * stride, col * stride
    lines = np.arange(height * width).reshape(height, width)
    corner = f"row {row} * {stride} = {top}, column {col} * {stride} = {left}"
    return Working(lines, f"its corner is {corner}", source="as lines of the result")


@working("correlation_matrix")
def entry_of_the_matrix(index, kernel, height, width):
    row, column = index
    i, j = divmod(row, width - kernel.shape[1] + 1)
    cells = np.arange(height * width).reshape(height, width)
    seen = cells[i : i + kernel.shape[0], j : j + kernel.shape[1]]
    found = np.argwhere(seen == column)
    value = "outside, so 0"
    if len(found):
        u, v = found[0]
        value = f"under kernel[{u}, {v}] = {kernel[u, v]:g}"
    source = f"of output ({i}, {j}), as numbers of input cells"
    return Working(seen, f"row {row}, column {column}: {value}", source=source)


@misconceptions(
    "connected-stride-ignored",
    "kernel-height-used-for-width",
    "kernel-width-used-for-height",
    "kernel-height-and-width-exchanged",
    "kernel-size-taken-as-stride",
    "stride-rows-only",
    "stride-columns-only",
    "row-index-used-for-columns",
    "column-index-used-for-rows",
    "connected-window-centred",
    "connected-last-cell-missing",
    "connected-one-cell-too-many",
    "connected-corner-only",
    "connected-diagonal-only",
    "connected-in-column-order",
    "connected-row-and-column-exchanged",
    "connected-counted-from-one",
    "stride-taken-as-dilation",
    "stride-added-to-index",
)
def connected_inputs(row, col, kernel_size, stride=1, *, wrong):
    height, width = (int(size) for size in np.broadcast_to(kernel_size, 2))
    if "kernel-height-used-for-width" in wrong:
        width = height
    if "kernel-width-used-for-height" in wrong:
        height = width
    if "kernel-height-and-width-exchanged" in wrong:
        height, width = width, height
    down = right = stride
    if "kernel-size-taken-as-stride" in wrong:
        down, right = height, width
    if wrong & {"connected-stride-ignored", "stride-columns-only"}:
        down = 1
    if wrong & {"connected-stride-ignored", "stride-rows-only"}:
        right = 1
    if "column-index-used-for-rows" in wrong:
        row = col
    if "row-index-used-for-columns" in wrong:
        col = row
    top, left = row * down, col * right
    if "stride-added-to-index" in wrong:
        top, left = row + down, col + right
    if "connected-window-centred" in wrong:
        top, left = top - height // 2, left - width // 2
    more = ("connected-one-cell-too-many" in wrong) - (
        "connected-last-cell-missing" in wrong
    )
    apart = stride if "stride-taken-as-dilation" in wrong else 1
    rows = [top + u * apart for u in range(height + more)]
    cols = [left + v * apart for v in range(width + more)]
    cells = [(r, c) for r in rows for c in cols]
    if "connected-in-column-order" in wrong:
        cells = [(r, c) for c in cols for r in rows]
    if "connected-diagonal-only" in wrong:
        cells = list(zip(rows, cols))  # noqa: B905  (the shorter one ends it)
    if "connected-corner-only" in wrong:
        cells = [(top, left)]
    if "connected-row-and-column-exchanged" in wrong:
        cells = [(c, r) for r, c in cells]
    if "connected-counted-from-one" in wrong:
        cells = [(r + 1, c + 1) for r, c in cells]
    return np.array(cells)


@misconceptions(
    "receptive-field-kernels-added",
    "receptive-field-kernels-multiplied",
    "receptive-field-last-layer-only",
    "receptive-field-largest-kernel",
    "receptive-field-strides-ignored",
    "receptive-field-own-stride",
    "receptive-field-previous-stride-only",
    "receptive-field-strides-added",
    "receptive-field-layers-reversed",
    "receptive-field-without-first-cell",
    "receptive-field-squared",
)
def receptive_field(layers, *, wrong):
    layers = list(layers)
    if "receptive-field-layers-reversed" in wrong:
        layers = layers[::-1]
    if "receptive-field-last-layer-only" in wrong:
        layers = layers[-1:]
    kernels = [kernel for kernel, _ in layers]
    field, step = 1, 1
    if "receptive-field-without-first-cell" in wrong:
        field = 0
    for number, (kernel, stride) in enumerate(layers):
        if "receptive-field-own-stride" in wrong:
            step *= stride
            field += (kernel - 1) * step
            continue
        if "receptive-field-strides-ignored" in wrong:
            step = 1
        field += (kernel - 1) * step
        if "receptive-field-previous-stride-only" in wrong:
            step = stride
        elif "receptive-field-strides-added" in wrong:
            step = stride if number == 0 else step + stride
        else:
            step *= stride
    if "receptive-field-kernels-added" in wrong:
        field = sum(kernels)
    if "receptive-field-kernels-multiplied" in wrong:
        field = math.prod(kernels)
    if "receptive-field-largest-kernel" in wrong:
        field = max(kernels, default=1)
    return field * field if "receptive-field-squared" in wrong else field


@misconception("receptive-field-kernels-added")
def receptive_field(layers):
    field, step = 0, 1
    for kernel, stride in layers:
        field += kernel * step
        step *= stride
    return field


@misconception("receptive-field-largest-kernel")
def receptive_field(layers):
    return max(kernel for kernel, _ in layers)


@misconception("receptive-field-last-layer-only")
def receptive_field(layers):
    return layers[-1][0]


@misconceptions(
    "kernel-flipped",
    "kernel-transposed",
    "height-and-width-exchanged",
    "matrix-kernel-rows-joined",
    "matrix-row-step-from-output-width",
    "matrix-same-row-repeated",
    "matrix-wraps-at-row-end",
    "matrix-wraps-around-image",
    "matrix-cells-in-column-order",
    "matrix-outputs-in-column-order",
    "matrix-marks-instead-of-weights",
    "row-index-used-for-columns",
    "matrix-kept-four-axes",
    "matrix-transposed",
)
def correlation_matrix(kernel, height, width, *, wrong):
    if "kernel-flipped" in wrong:
        kernel = kernel[::-1, ::-1]
    if "kernel-transposed" in wrong:
        kernel = kernel.T
    if "height-and-width-exchanged" in wrong:
        height, width = width, height
    KH, KW = kernel.shape
    rows, cols = height - KH + 1, width - KW + 1
    if "matrix-wraps-around-image" in wrong:
        rows, cols = height, width
    if "matrix-wraps-at-row-end" in wrong:
        rows, cols = 1, height * width - (KH - 1) * width - KW + 1
    step = width
    if "matrix-kernel-rows-joined" in wrong:
        step = KW
    if "matrix-row-step-from-output-width" in wrong:
        step = cols
    matrix = np.zeros((rows, cols, height * width))
    for i, j in np.ndindex(rows, cols):
        start = i * width + (i if "row-index-used-for-columns" in wrong else j)
        if "matrix-row-step-from-output-width" in wrong:
            start = i * cols + j
        if "matrix-same-row-repeated" in wrong:
            start = 0
        for u, v in np.ndindex(KH, KW):
            cell = start + u * step + v
            if "matrix-wraps-around-image" in wrong:
                cell = (i + u) % height * width + (j + v) % width
            weight = kernel[u, v]
            matrix[i, j, cell] = (
                bool(weight) if "matrix-marks-instead-of-weights" in wrong else weight
            )
    if "matrix-cells-in-column-order" in wrong:
        matrix = matrix.reshape(rows, cols, height, width).swapaxes(2, 3)
    if "matrix-outputs-in-column-order" in wrong:
        matrix = matrix.swapaxes(0, 1)
    if "matrix-kept-four-axes" in wrong:
        return matrix.reshape(*matrix.shape[:2], height, width)
    matrix = matrix.reshape(rows * cols, height * width)
    return matrix.T if "matrix-transposed" in wrong else matrix


@misconception("matrix-kept-four-axes")
def correlation_matrix(kernel, height, width):
    matrix = solution.correlation_matrix(kernel, height, width)
    return matrix.reshape(len(matrix), height, width)
