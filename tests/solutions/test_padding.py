"""Padding agrees with NumPy, PyTorch and the lectures."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def padding(solution):
    return solution("padding")


@pytest.mark.parametrize("pad", range(4))
@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 5), (2, 3, 4, 1), (2, 1, 3, 2, 5)])
def test_zeros_on_all_four_sides_agree_with_torch(padding, nn, shape, pad):
    x = np.random.default_rng(0).normal(size=shape)

    expected = nn.pad(x, pad=(pad, pad, pad, pad))

    assert np.array_equal(padding.zero_pad(x, pad), expected)


def test_the_grid_of_lecture_003_becomes_7x7(padding):
    grid = np.array(
        [
            [2, 0, 1, 2, 2],
            [1, 0, 1, 0, 2],
            [1, 1, 0, 1, 1],
            [1, 2, 2, 2, 2],
            [2, 0, 2, 1, 1],
        ]
    )

    padded = padding.zero_pad(grid, 1)

    assert padded.tolist() == [
        [0, 0, 0, 0, 0, 0, 0],
        [0, 2, 0, 1, 2, 2, 0],
        [0, 1, 0, 1, 0, 2, 0],
        [0, 1, 1, 0, 1, 1, 0],
        [0, 1, 2, 2, 2, 2, 0],
        [0, 2, 0, 2, 1, 1, 0],
        [0, 0, 0, 0, 0, 0, 0],
    ]


def test_no_padding_still_gives_a_new_array(padding):
    x = np.ones((2, 3))

    padded = padding.zero_pad(x, 0)

    assert np.array_equal(padded, x)
    assert not np.shares_memory(padded, x)


@pytest.mark.parametrize("kernel_size", [1, 3, 5, 7, 11])
def test_same_padding_keeps_the_size(padding, nn, kernel_size):
    pad = padding.same_padding(kernel_size)

    out = nn.conv2d(
        np.ones((1, 1, 13, 8)), np.ones((1, 1, kernel_size, kernel_size)), padding=pad
    )

    assert type(pad) is int
    assert out.shape == (1, 1, 13, 8)


@pytest.mark.parametrize("kernel_size", [2, 4, 10])
def test_an_even_kernel_has_no_same_padding(padding, kernel_size):
    with pytest.raises(ValueError, match=f"kernel {kernel_size}"):
        padding.same_padding(kernel_size)
