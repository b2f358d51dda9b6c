"""im2col agrees with unfold and conv2d of PyTorch."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def im2col(solution):
    return solution("im2col")


def draw(seed):
    """Draw a layer that fits: H and W, KH and KW, N, C and K all differ."""
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    KH, KW = (int(v) for v in rng.permutation([1, 2, 3, 4])[:2])
    H, W = rng.permutation([4, 5, 6, 7, 8])[:2]
    x = rng.integers(-5, 6, (N, C, H, W)).astype(float)
    w = rng.integers(-5, 6, (K, C, KH, KW)).astype(float)
    b = rng.integers(-5, 6, K).astype(float)
    options = {"stride": int(rng.integers(1, 4)), "padding": int(rng.integers(0, 3))}
    return x, w, b, options


@pytest.mark.parametrize("seed", range(40))
def test_columns_agree_with_unfold(im2col, nn, seed):
    x, w, _, options = draw(seed)
    kernel_size = w.shape[2:]

    actual = im2col.im2col(x, kernel_size, **options)

    expected = nn.unfold(x, kernel_size=kernel_size, **options)
    assert np.array_equal(actual, expected)


@pytest.mark.parametrize("seed", range(40))
def test_the_matrix_product_agrees_with_conv2d(im2col, nn, seed):
    x, w, b, options = draw(seed)

    actual = im2col.conv2d_im2col(x, w, b, **options)

    assert np.array_equal(actual, nn.conv2d(x, w, b, **options))


def test_an_int_is_a_square_window(im2col):
    x = np.arange(24).reshape(1, 1, 4, 6)

    assert np.array_equal(im2col.im2col(x, 2), im2col.im2col(x, (2, 2)))


def test_columns_are_a_copy(im2col):
    x = np.ones((1, 1, 3, 3))

    assert not np.shares_memory(im2col.im2col(x, 1), x)


def test_the_map_of_lecture_002(im2col, lecture_grid, lecture_filter):
    actual = im2col.conv2d_im2col(
        lecture_grid[None, None], lecture_filter[None, None], np.zeros(1)
    )

    assert actual[0, 0].tolist() == [[25, 18, 17], [18, 22, 14], [20, 15, 23]]
