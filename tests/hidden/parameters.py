"""The checks of `parameters`, and what students believe about counting."""

from __future__ import annotations

from grader.author import call, check, misconception, misconceptions

# --- dense_parameters


@check(points=4, public=True)
def counts_the_lectures_dense_layers(draw):
    """The lectures' dense layers have 64 and 60,000,000 weights."""
    yield call("dense_parameters", inputs=16, outputs=4, bias=False)
    yield call("dense_parameters", inputs=16, outputs=4)
    yield call("dense_parameters", inputs=3_000_000, outputs=20, bias=False)
    yield call("dense_parameters", inputs=3_000_000, outputs=20)
    yield call("dense_parameters", draw.integer(20, 90), draw.integer(5, 15))


@check(points=2)
def counts_a_weight_for_each_connection(draw):
    """A dense layer connects each input to each output."""
    for inputs, outputs in [_two(draw), _two(draw), (28 * 28, 10)]:
        yield call("dense_parameters", inputs=inputs, outputs=outputs, bias=False)


@check(points=2)
def counts_a_bias_for_each_output(draw):
    """Each output of a dense layer has one bias, by default."""
    inputs, outputs = _two(draw)
    yield call("dense_parameters", inputs=inputs, outputs=outputs)
    yield call("dense_parameters", inputs=outputs, outputs=inputs, bias=True)


# --- conv_parameters


@check(points=4, public=True)
def counts_the_lectures_filters(draw):
    """The lectures' layers have 56, 456 and 34,944 parameters."""
    for K, size in [(2, 3), (6, 5), (96, 11)]:
        yield call("conv_parameters", in_channels=3, out_channels=K, kernel_size=size)
    yield call(
        "conv_parameters", in_channels=3, out_channels=96, kernel_size=11, bias=False
    )
    yield call("conv_parameters", draw.integer(4, 9), draw.integer(11, 20), 3)


@check(points=4)
def a_filter_spans_all_channels(draw):
    """Each filter has weights for each cell of the kernel in each channel."""
    for size in (3, 4, 5):
        C, K = _two(draw)
        yield call("conv_parameters", C, K, kernel_size=size, bias=False)


@check(points=2)
def a_filter_has_one_bias(draw):
    """Each filter has one bias, by default."""
    C, K = _two(draw)
    yield call("conv_parameters", C, K, kernel_size=1)
    yield call("conv_parameters", C, K, kernel_size=3, bias=True)


@check(points=2)
def counts_kernels_of_any_shape(draw):
    """A filter need not be square: its size may be (height, width)."""
    for size in [(3, 5), (5, 3), (1, 4), (4, 1)]:
        C, K = _two(draw)
        yield call("conv_parameters", C, K, kernel_size=size)


# --- unshared_parameters


@check(points=3, public=True)
def counts_the_lectures_layers_without_sharing(draw):
    """Without sharing, the lecture's 96 filters would need 105,705,600."""
    options = {"stride": 2, "bias": False}
    yield call("unshared_parameters", 1, 4, 1, kernel_size=2, **options)
    yield call("unshared_parameters", 3, 227, 96, kernel_size=11, stride=4)
    yield call("unshared_parameters", draw.integer(2, 4), 9, draw.integer(5, 8), 3)


@check(points=2)
def each_position_has_its_own_weights(draw):
    """Each position of each filter has weights of its own."""
    for size, kernel_size in [(5, 3), (9, 4), (4, 4)]:
        C, K = _two(draw)
        yield call("unshared_parameters", C, size, K, kernel_size, bias=False)


@check(points=1)
def each_position_has_its_own_bias(draw):
    """Each position of each filter has a bias of its own, by default."""
    C, K = _two(draw)
    yield call("unshared_parameters", C, 5, K, kernel_size=3)
    yield call("unshared_parameters", C, 8, K, kernel_size=3, bias=True)


@check(points=1)
def unshared_positions_follow_the_stride(draw):
    """Unshared weights: the stride divides the positions, rounded down."""
    yield from _strides(draw, "unshared_parameters")


@check(points=1)
def unshared_positions_reach_into_the_padding(draw):
    """Unshared weights: padding on both sides makes more positions."""
    yield from _paddings(draw, "unshared_parameters")


@check(points=2)
def unshared_sizes_may_be_pairs(draw):
    """Unshared weights: neither image nor window need be square."""
    yield from _pairs(draw, "unshared_parameters")


# --- conv_macs


@check(points=3, public=True)
def counts_the_lectures_products(draw):
    """The lecture's 66 cells of nine products each need 594."""
    yield call("conv_macs", 1, (13, 8), 1, kernel_size=3)
    yield call("conv_macs", 3, 227, 96, kernel_size=11, stride=4)
    yield call("conv_macs", draw.integer(2, 4), 9, draw.integer(5, 8), 3)


@check(points=2)
def every_filter_and_channel_multiplies(draw):
    """Each cell of each map needs a product for each weight of its filter."""
    for size, kernel_size in [(5, 3), (9, 4), (4, 4), (4, 1)]:
        C, K = _two(draw)
        yield call("conv_macs", C, size, K, kernel_size)


@check(points=2)
def a_stride_saves_products(draw):
    """Products: the stride divides the positions, rounded down."""
    yield from _strides(draw, "conv_macs")


@check(points=1)
def products_with_the_padding_count(draw):
    """Padding on both sides makes more positions; its zeros are multiplied."""
    yield from _paddings(draw, "conv_macs")


@check(points=2)
def sizes_of_products_may_be_pairs(draw):
    """Products: neither image nor kernel need be square."""
    yield from _pairs(draw, "conv_macs")


# --- the calls that both counts of positions get: one thing varies at a time


def _two(draw):
    """Draw two different numbers, of channels or neurons."""
    return tuple(draw.sample(range(2, 14), 2))


def _strides(draw, name):
    for size, kernel_size, stride in [(7, 3, 2), (9, 3, 3), (8, 3, 2), (10, 4, 4)]:
        C, K = _two(draw)
        yield call(name, C, size, K, kernel_size, stride=stride)


def _paddings(draw, name):
    for size, padding, stride in [(5, 1, 1), (5, 2, 1), (6, 1, 3), (6, 2, 3)]:
        C, K = _two(draw)
        yield call(name, C, size, K, kernel_size=3, stride=stride, padding=padding)


def _pairs(draw, name):
    # Not (7, (3, 5)): where a side is one less than the kernel's two sides together,
    # a 3x3 and a 5x5 kernel need as many products as the 3x5 one.
    sizes = [((5, 8), 3), ((8, 5), 3), (8, (2, 5)), (8, (5, 2)), ((7, 10), (3, 4))]
    for size, kernel_size in sizes:
        C, K = _two(draw)
        yield call(name, C, in_size=size, out_channels=K, kernel_size=kernel_size)


# --- what students believe

# What becomes of a kernel's height and width.
OF_THE_KERNEL = {
    "kernel-height-used-for-width": lambda KH, KW: (KH, KH),
    "kernel-width-used-for-height": lambda KH, KW: (KW, KW),
}
# What becomes of the weights of one filter for one channel.
OF_THE_WEIGHTS = {
    "parameters-kernel-not-squared": lambda KH, KW: KH,
    "parameters-kernel-side-doubled": lambda KH, KW: KH + KW,
    "multiplications-kernel-not-squared": lambda KH, KW: KH,
}
# What becomes of the image's height and width.
OF_THE_IMAGE = {
    "height-and-width-exchanged": lambda H, W: (W, H),
    "width-computed-from-height": lambda H, W: (H, H),
    "height-computed-from-width": lambda H, W: (W, W),
}
# What becomes of the number of positions along one axis.
OF_THE_COUNT = {
    "output-size-without-plus-one": lambda n, k, s, p: (n - k + 2 * p) // s,
    "output-size-plus-one-before-division": lambda n, k, s, p: (n - k + 2 * p + 1) // s,
    "output-size-rounded-up": lambda n, k, s, p: -((n - k + 2 * p) // -s) + 1,
    "output-size-not-rounded": lambda n, k, s, p: (n - k + 2 * p) / s + 1,
    "padding-counted-once": lambda n, k, s, p: (n - k + p) // s + 1,
    "padding-left-out-of-size": lambda n, k, s, p: (n - k) // s + 1,
    "stride-left-out-of-size": lambda n, k, s, p: n - k + 2 * p + 1,
    "kernel-left-out-of-size": lambda n, k, s, p: (n + 2 * p) // s,
}
SIZES = (*OF_THE_IMAGE, *OF_THE_COUNT, *OF_THE_KERNEL)


@misconceptions(
    "parameters-without-bias",
    "parameters-bias-although-off",
    "parameters-one-bias-per-layer",
    "parameters-bias-per-weight",
    "dense-bias-per-input",
    "dense-inputs-and-outputs-added",
)
def dense_parameters(inputs, outputs, bias=True, *, wrong):
    weights = inputs * outputs
    if "dense-inputs-and-outputs-added" in wrong:
        weights = inputs + outputs
    biases = outputs
    if "parameters-one-bias-per-layer" in wrong:
        biases = 1
    if "dense-bias-per-input" in wrong:
        biases = inputs
    if "parameters-bias-per-weight" in wrong:
        biases = weights
    return weights + biases * _has(bias, wrong)


@misconception("dense-bias-as-extra-output")
def dense_parameters(inputs, outputs, bias=True):
    return (inputs + bias) * (outputs + bias)


@misconception("dense-neurons-counted")
def dense_parameters(inputs, outputs, bias=True):
    return inputs + outputs


@misconception("dense-neurons-counted")
def dense_parameters(inputs, outputs, bias=True):
    return outputs


@misconceptions(
    "parameters-without-bias",
    "parameters-bias-although-off",
    "parameters-one-bias-per-layer",
    "parameters-bias-per-channel",
    "parameters-bias-per-input-channel",
    "parameters-bias-per-weight",
    "parameters-without-channels",
    "parameters-without-filters",
    "parameters-channels-added",
    "parameters-kernel-not-squared",
    "parameters-kernel-side-doubled",
    *OF_THE_KERNEL,
)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True, *, wrong):
    weights = _weights(_pair(kernel_size), wrong)
    filters = out_channels
    if "parameters-without-filters" in wrong:
        filters = 1
    depth = 1 if "parameters-without-channels" in wrong else in_channels
    weights *= filters * depth
    if "parameters-channels-added" in wrong:
        weights = weights // (filters * depth) * (filters + depth)
    biases = filters
    if "parameters-one-bias-per-layer" in wrong:
        biases = 1
    if "parameters-bias-per-channel" in wrong:
        biases = filters * in_channels
    if "parameters-bias-per-input-channel" in wrong:
        biases = in_channels
    if "parameters-bias-per-weight" in wrong:
        biases = weights
    return weights + biases * _has(bias, wrong)


@misconceptions(
    "unshared-weights-shared",
    "unshared-bias-per-filter",
    "unshared-one-weight-per-cell",
    "unshared-counted-as-dense",
    "unshared-positions-of-input",
    "unshared-positions-not-squared",
    "parameters-without-bias",
    "parameters-bias-although-off",
    "parameters-one-bias-per-layer",
    "parameters-without-channels",
    "parameters-without-filters",
    "parameters-kernel-not-squared",
    "parameters-kernel-side-doubled",
    *SIZES,
)
def unshared_parameters(
    in_channels,
    in_size,
    out_channels,
    kernel_size,
    stride=1,
    padding=0,
    bias=True,
    *,
    wrong,
):
    rows, columns = _positions(in_size, kernel_size, stride, padding, wrong)
    positions = rows * columns
    if "unshared-positions-of-input" in wrong:
        positions = _area(in_size)
    if "unshared-positions-not-squared" in wrong:
        positions = rows
    filters = 1 if "parameters-without-filters" in wrong else out_channels
    depth = 1 if "parameters-without-channels" in wrong else in_channels
    weights = depth * _weights(_pair(kernel_size), wrong)
    if "unshared-counted-as-dense" in wrong:
        weights = depth * _area(in_size)
    if "unshared-one-weight-per-cell" in wrong:
        weights = 1
    biases = filters * positions
    if "unshared-bias-per-filter" in wrong:
        biases = filters
    if "parameters-one-bias-per-layer" in wrong:
        biases = 1
    if "unshared-weights-shared" in wrong:
        positions = 1
    return filters * positions * weights + biases * _has(bias, wrong)


@misconception("unshared-weights-shared")
def unshared_parameters(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0, bias=True
):
    KH, KW = _pair(kernel_size)
    return out_channels * (in_channels * KH * KW + bias)


@misconceptions(
    "multiplications-include-bias",
    "multiplications-at-input-size",
    "multiplications-output-not-squared",
    "multiplications-kernel-not-squared",
    "multiplications-without-channels",
    "multiplications-without-filters",
    "multiplications-and-additions-apart",
    *SIZES,
)
def conv_macs(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0, *, wrong
):
    rows, columns = _positions(in_size, kernel_size, stride, padding, wrong)
    positions = rows * columns
    if "multiplications-at-input-size" in wrong:
        positions = _area(in_size)
    if "multiplications-output-not-squared" in wrong:
        positions = rows
    filters = 1 if "multiplications-without-filters" in wrong else out_channels
    depth = 1 if "multiplications-without-channels" in wrong else in_channels
    products = depth * _weights(_pair(kernel_size), wrong)
    if "multiplications-and-additions-apart" in wrong:
        products *= 2
    if "multiplications-include-bias" in wrong:
        products += 1
    return positions * filters * products


@misconception("multiplications-counted-as-parameters")
def conv_macs(in_channels, in_size, out_channels, kernel_size, stride=1, padding=0):
    KH, KW = _pair(kernel_size)
    return out_channels * in_channels * KH * KW


@misconception("multiplications-counted-as-parameters")
def conv_macs(in_channels, in_size, out_channels, kernel_size, stride=1, padding=0):
    KH, KW = _pair(kernel_size)
    return out_channels * (in_channels * KH * KW + 1)


@misconception("multiplications-zeros-not-counted")
def conv_macs(in_channels, in_size, out_channels, kernel_size, stride=1, padding=0):
    inside = []
    for size, kernel in zip(_pair(in_size), _pair(kernel_size), strict=True):
        starts = range(-padding, size + padding - kernel + 1, stride)
        inside.append(sum(min(s + kernel, size) - max(s, 0) for s in starts))
    return in_channels * out_channels * inside[0] * inside[1]


def _pair(size):
    return (size, size) if isinstance(size, int) else size


def _area(size):
    height, width = _pair(size)
    return height * width


def _has(bias, wrong):
    if "parameters-without-bias" in wrong:
        return False
    return bias or "parameters-bias-although-off" in wrong


def _changed(pair, changes, wrong):
    for id_, change in changes.items():
        if id_ in wrong:
            pair = change(*pair)
    return pair


def _weights(kernel_size, wrong):
    """Return how many weights the student counts for one filter and one channel."""
    KH, KW = _changed(kernel_size, OF_THE_KERNEL, wrong)
    for id_, count in OF_THE_WEIGHTS.items():
        if id_ in wrong:
            return count(KH, KW)
    return KH * KW


def _positions(in_size, kernel_size, stride, padding, wrong):
    """Yield how many positions the student counts, down the image and across it."""
    sizes = _changed(_pair(in_size), OF_THE_IMAGE, wrong)
    kernel = _changed(_pair(kernel_size), OF_THE_KERNEL, wrong)
    ids = [id_ for id_ in OF_THE_COUNT if id_ in wrong]
    for size, k in zip(sizes, kernel, strict=True):
        if ids:
            yield OF_THE_COUNT[ids[0]](size, k, stride, padding)
        else:
            yield (size - k + 2 * padding) // stride + 1
