"""Pooling agrees with PyTorch and the lectures."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def pooling(solution):
    return solution("pooling")


def draw(seed):
    """Draw a batch with ties, a window that fits, and a form of size and stride."""
    rng = np.random.default_rng(seed)
    N, C, H, W = rng.integers(2, 4), rng.integers(2, 5), *rng.integers(4, 10, 2)
    x = rng.integers(-4, 3, (N, C, H, W)).astype(float)
    height, width, down, right = (int(v) for v in rng.integers(1, 5, 4))
    size = height if seed % 2 else (height, width)
    stride = [None, down, (down, right)][seed % 3]
    return x, size, stride


@pytest.mark.parametrize("seed", range(36))
@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
def test_pooling_agrees_with_torch(pooling, nn, name, seed):
    x, size, stride = draw(seed)

    actual = getattr(pooling, name)(x, size, stride)

    expected = getattr(nn, name)(x, kernel_size=size, stride=stride)
    assert actual == pytest.approx(expected, rel=1e-14, abs=1e-14)


def test_the_stride_is_the_size_on_each_axis_when_not_given(pooling):
    x = np.arange(2 * 7 * 9.0).reshape(1, 2, 7, 9)

    assert np.array_equal(pooling.max_pool2d(x, (2, 4)), x[:, :, 1:6:2, 3:8:4])
    assert pooling.avg_pool2d(x, (2, 4)).shape == (1, 2, 3, 2)


def test_the_largest_of_negative_values_is_negative(pooling):
    assert pooling.max_pool2d(np.full((1, 1, 2, 2), -3), 2).tolist() == [[[[-3]]]]


@pytest.mark.parametrize("seed", range(5))
def test_the_global_mean_agrees_with_torch(pooling, nn, seed):
    x, _, _ = draw(seed)

    expected = nn.adaptive_avg_pool2d(x, output_size=1)[:, :, 0, 0]

    assert pooling.global_avg_pool2d(x) == pytest.approx(expected, rel=1e-14, abs=1e-14)


def test_the_maxima_of_lecture_004(pooling, lecture_pooling):
    def pool(**options):
        return pooling.max_pool2d(lecture_pooling, 2, **options)[0, 0].tolist()

    assert pool() == [[8, 4], [7, 5]]
    assert pool(stride=1) == [[8, 8, 4], [8, 8, 5], [7, 6, 5]]


def test_the_means_of_lecture_004(pooling, lecture_pooling):
    def pool(**options):
        return pooling.avg_pool2d(lecture_pooling, 2, **options)[0, 0].tolist()

    assert pool() == [[4.5, 2.5], [4.25, 3]]
    assert pool(stride=1) == [[4.5, 4.25, 2.5], [6.5, 5.25, 4], [4.25, 3.5, 3]]
