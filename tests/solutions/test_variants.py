"""The variants of convolution agree with PyTorch, with SciPy and with each other."""

import numpy as np
import pytest
from scipy import signal

SEEDS = range(20)


@pytest.fixture(scope="module")
def variants(solution):
    return solution("variants")


def ints(rng, *shape):
    return rng.integers(-5, 6, shape).astype(float)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_dilation_agrees_with_torch(variants, nn, dilation, seed):
    rng = np.random.default_rng(seed)
    KH, KW = rng.permutation([1, 2, 3])[:2]
    H, W = rng.permutation([7, 8, 9])[:2]
    x, w, b = ints(rng, 2, 3, H, W), ints(rng, 4, 3, KH, KW), ints(rng, 4)

    actual = variants.dilated_conv2d(x, w, b, dilation)

    assert np.array_equal(actual, nn.conv2d(x, w, b, dilation=dilation))


def test_rate_two_spreads_nine_taps_over_a_field_of_five(variants):
    x = np.zeros((1, 1, 5, 5))
    x[..., ::2, ::2] = 1

    actual = variants.dilated_conv2d(x, np.ones((1, 1, 3, 3)), np.zeros(1), 2)

    assert actual.tolist() == [[[[9]]]]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_transposed_in_1d_agrees_with_torch(variants, nn, stride, seed):
    rng = np.random.default_rng(seed)
    x, w = ints(rng, rng.integers(1, 7)), ints(rng, rng.integers(1, 6))

    actual = variants.transposed_conv1d(x, w, stride)

    expected = nn.conv_transpose1d(x[None, None], w[None, None], stride=stride)
    assert np.array_equal(actual, expected[0, 0])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1])
def test_transposed_in_2d_agrees_with_torch(variants, nn, padding, stride, seed):
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    KH, KW = rng.permutation([3, 4, 5])[:2]
    H, W = rng.permutation([2, 3, 4])[:2]
    x, w, b = ints(rng, N, C, H, W), ints(rng, C, K, KH, KW), ints(rng, K)

    actual = variants.transposed_conv2d(x, w, b, stride, padding)

    expected = nn.conv_transpose2d(x, w, b, stride=stride, padding=padding)
    assert np.array_equal(actual, expected)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("groups", [1, 2, 3, 6])
def test_groups_agree_with_torch(variants, nn, groups, seed):
    rng = np.random.default_rng(seed)
    K = 6 * int(rng.integers(1, 3))
    KH, KW = rng.permutation([1, 2, 3])[:2]
    x, w, b = ints(rng, 2, 6, 4, 5), ints(rng, K, 6 // groups, KH, KW), ints(rng, K)

    actual = variants.grouped_conv2d(x, w, b, groups)

    assert np.array_equal(actual, nn.conv2d(x, w, b, groups=groups))


@pytest.mark.parametrize("seed", SEEDS)
def test_pointwise_agrees_with_torch(variants, nn, seed):
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    x, w, b = ints(rng, N, C, 3, 5), ints(rng, K, C), ints(rng, K)

    actual = variants.pointwise_conv2d(x, w, b)

    assert np.array_equal(actual, nn.conv2d(x, w[:, :, None, None], b))


@pytest.mark.parametrize("seed", SEEDS)
def test_depthwise_separable_agrees_with_two_layers_of_torch(variants, nn, seed):
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    KH, KW = rng.permutation([1, 2, 3])[:2]
    x, depthwise, pointwise = (
        ints(rng, N, C, 4, 5),
        ints(rng, C, KH, KW),
        ints(rng, K, C),
    )

    actual = variants.depthwise_separable_conv2d(x, depthwise, pointwise)

    middle = nn.conv2d(x, depthwise[:, None], groups=int(C))
    assert np.array_equal(actual, nn.conv2d(middle, pointwise[:, :, None, None]))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_and_a_row_agree_with_their_product_in_scipy(variants, seed):
    rng = np.random.default_rng(seed)
    image = ints(rng, *rng.permutation([4, 5, 6])[:2])
    column, row = ints(rng, rng.integers(1, 5)), ints(rng, rng.integers(1, 5))

    actual = variants.spatially_separable_conv2d(image, column, row)

    expected = signal.correlate2d(image, np.outer(column, row), mode="valid")
    assert np.array_equal(actual, expected)


def test_the_kernel_of_lecture_000_is_a_column_times_a_row(
    variants, lecture_image, vertical_edge
):
    actual = variants.spatially_separable_conv2d(
        lecture_image, np.ones(3), np.array([-1, 0, 1])
    )

    expected = signal.correlate2d(lecture_image, vertical_edge, mode="valid")
    assert np.array_equal(actual, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_three_axes_agree_with_torch(variants, nn, seed):
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    x = ints(rng, N, C, *rng.permutation([3, 4, 5]))
    w, b = ints(rng, K, C, *rng.permutation([1, 2, 3])), ints(rng, K)

    actual = variants.conv3d(x, w, b)

    assert np.array_equal(actual, nn.conv3d(x, w, b))


@pytest.mark.parametrize("seed", SEEDS)
def test_three_lines_agree_with_their_product_in_torch(variants, nn, seed):
    rng = np.random.default_rng(seed)
    C = int(rng.integers(1, 5))
    x = ints(rng, C, *rng.permutation([4, 5, 6])[:2])
    channel = ints(rng, C)
    column, row = ints(rng, rng.integers(1, 5)), ints(rng, rng.integers(1, 5))

    actual = variants.flattened_conv(x, channel, column, row)

    box = np.einsum("c,u,v->cuv", channel, column, row)
    assert np.array_equal(actual, nn.conv2d(x[None], box[None])[0, 0])
