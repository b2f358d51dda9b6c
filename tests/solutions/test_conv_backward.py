"""Gradients of the layer agree with autograd and with central differences."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def backward(solution):
    return solution("conv_backward").conv2d_backward


@pytest.fixture(scope="module")
def conv2d(solution):
    return solution("stride").conv2d


def draw(seed, conv2d):
    """Draw a layer that fits and a gradient for its output; all sizes differ."""
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    KH, KW = rng.permutation([1, 2, 3, 4])[:2]
    H, W = rng.permutation([4, 5, 6, 7])[:2]
    x = rng.integers(-5, 6, (N, C, H, W)).astype(float)
    w = rng.integers(-5, 6, (K, C, KH, KW)).astype(float)
    b = rng.integers(-5, 6, K).astype(float)
    options = {"stride": int(rng.integers(1, 4)), "padding": int(rng.integers(0, 3))}
    dout = rng.integers(-5, 6, conv2d(x, w, b, **options).shape).astype(float)
    return dout, x, w, b, options


@pytest.mark.parametrize("seed", range(60))
def test_all_three_gradients_agree_with_torch(
    backward, conv2d, torch, torch_gradients, seed
):
    dout, x, w, b, options = draw(seed, conv2d)

    def forward(x, w, b):
        return torch.nn.functional.conv2d(x, w, b, **options)

    dx, dw, db = backward(dout, x, w, **options)

    expected_dx, expected_dw, expected_db = torch_gradients(forward, [x, w, b], dout)
    assert np.array_equal(dx, expected_dx)
    assert np.array_equal(dw, expected_dw)
    assert np.array_equal(db, expected_db)


@pytest.mark.parametrize("seed", range(4))
def test_all_three_gradients_agree_with_central_differences(
    backward, conv2d, central_differences, seed
):
    dout, x, w, b, options = draw(seed, conv2d)

    dx, dw, db = backward(dout, x, w, **options)

    # The layer is linear in each argument alone: steps of 1/2 are exact.
    assert np.array_equal(
        dx, central_differences(lambda x: np.sum(conv2d(x, w, b, **options) * dout), x)
    )
    assert np.array_equal(
        dw, central_differences(lambda w: np.sum(conv2d(x, w, b, **options) * dout), w)
    )
    assert np.array_equal(
        db, central_differences(lambda b: np.sum(conv2d(x, w, b, **options) * dout), b)
    )


def test_cells_that_no_window_reached_get_zero(backward):
    dx, _, _ = backward(
        np.ones((1, 1, 1, 1)), np.ones((1, 1, 3, 4)), np.ones((1, 1, 2, 2)), 3
    )

    assert dx.tolist() == [[[[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]]]
