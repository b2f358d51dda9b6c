"""Convolution agrees with SciPy, PyTorch and the lectures."""

import numpy as np
import pytest
from scipy import signal

SEEDS = range(20)


@pytest.fixture(scope="module")
def convolution(solution):
    return solution("convolution")


def draw(seed):
    """Draw an image of integers and a kernel that fits, rarely square."""
    rng = np.random.default_rng(seed)
    H, W = rng.integers(3, 9, 2)
    KH, KW = rng.integers(1, H + 1), rng.integers(1, W + 1)
    image = rng.integers(-9, 10, (H, W)).astype(float)
    kernel = rng.integers(-9, 10, (KH, KW)).astype(float)
    return image, kernel


@pytest.mark.parametrize("seed", SEEDS)
def test_correlation_agrees_with_scipy(convolution, seed):
    image, kernel = draw(seed)

    actual = convolution.correlate2d(image, kernel)

    assert np.array_equal(actual, signal.correlate2d(image, kernel, mode="valid"))


@pytest.mark.parametrize("seed", SEEDS)
def test_true_convolution_agrees_with_scipy(convolution, seed):
    image, kernel = draw(seed)

    actual = convolution.convolve2d(image, kernel)

    assert np.array_equal(actual, signal.convolve2d(image, kernel, mode="valid"))


@pytest.mark.parametrize("seed", SEEDS)
def test_correlation_is_what_torch_calls_convolution(convolution, nn, seed):
    image, kernel = draw(seed)

    expected = nn.conv2d(image[np.newaxis], kernel[np.newaxis, np.newaxis])[0]

    assert np.array_equal(convolution.correlate2d(image, kernel), expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_volume_of_channels_agrees_with_torch(convolution, nn, seed):
    image, kernel = draw(seed)
    rng = np.random.default_rng(seed)
    C, K = rng.integers(2, 5, 2)
    x = rng.integers(-9, 10, (C, *image.shape)).astype(float)
    w = rng.integers(-9, 10, (K, C, *kernel.shape)).astype(float)
    b = rng.integers(-9, 10, K).astype(float)

    actual = convolution.conv_volume(x, w, b)

    assert np.array_equal(actual, nn.conv2d(x[np.newaxis], w, b)[0])


def test_the_map_of_lecture_000_has_its_corrected_values(
    convolution, lecture_image, vertical_edge
):
    actual = convolution.correlate2d(lecture_image, vertical_edge)

    assert actual.shape == (11, 6)
    assert actual[0].tolist() == [-24, -22, -14, 12, 35, 33]
    assert actual[1].tolist() == [-24, -23, -13, 15, 38, 31]
    assert actual[-1].tolist() == [5, 7, 23, 28, 31, 23]


def test_true_convolution_negates_the_map_of_lecture_000(
    convolution, lecture_image, vertical_edge
):
    actual = convolution.convolve2d(lecture_image, vertical_edge)

    assert np.array_equal(
        actual, -convolution.correlate2d(lecture_image, vertical_edge)
    )


def test_the_filter_of_lecture_002_gives_both_of_its_maps(
    convolution, lecture_grid, lecture_filter
):
    correlated = convolution.correlate2d(lecture_grid, lecture_filter)
    convolved = convolution.convolve2d(lecture_grid, lecture_filter)

    assert correlated.tolist() == [[25, 18, 17], [18, 22, 14], [20, 15, 23]]
    assert convolved.tolist() == [[21, 15, 15], [22, 23, 14], [21, 21, 18]]


def test_two_filters_on_6x6x3_give_4x4x2(convolution):
    actual = convolution.conv_volume(
        np.ones((3, 6, 6)), np.ones((2, 3, 3, 3)), np.array([0, 1])
    )

    assert actual.shape == (2, 4, 4)
    assert np.unique(actual[0]).tolist() == [27]
    assert np.unique(actual[1]).tolist() == [28]


def test_shifting_the_image_shifts_the_map(convolution, lecture_image, vertical_edge):
    shifted = np.roll(lecture_image, (2, 1), axis=(0, 1))

    actual = convolution.correlate2d(shifted, vertical_edge)

    expected = convolution.correlate2d(lecture_image, vertical_edge)
    assert np.array_equal(actual[2:, 1:], expected[:-2, :-1])


def test_small_integer_types_do_not_overflow(convolution):
    bright = np.full((3, 3), 255, dtype=np.uint8)

    assert convolution.correlate2d(bright, bright).tolist() == [[9 * 255 * 255]]
    assert convolution.convolve2d(bright, bright).tolist() == [[9 * 255 * 255]]
