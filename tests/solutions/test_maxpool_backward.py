"""Gradients of pooling agree with autograd, central differences and the lectures."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def backward(solution):
    return solution("maxpool_backward")


@pytest.fixture(scope="module")
def pooling(solution):
    return solution("pooling")


def draw(seed, pooling, *, ties):
    """Draw a batch, a window, and a gradient for what pooling makes of them."""
    rng = np.random.default_rng(seed)
    N, C, H, W = rng.integers(2, 4), rng.integers(2, 4), *rng.integers(4, 8, 2)
    cells = N * C * H * W
    x = rng.integers(-1, 2, cells) if ties else rng.permutation(cells) - cells // 2
    x = x.reshape(N, C, H, W).astype(float)
    height, width, down, right = (int(v) for v in rng.integers(1, 5, 4))
    size = height if seed % 2 else (height, width)
    stride = [None, down, (down, right)][seed % 3]
    out = pooling.max_pool2d(x, size, stride)
    dout = rng.integers(-9, 10, out.shape).astype(float)
    return dout, x, size, stride


@pytest.mark.parametrize("seed", range(36))
@pytest.mark.parametrize("ties", [False, True])
def test_the_winner_agrees_with_torch(
    backward, pooling, torch, torch_gradients, seed, ties
):
    dout, x, size, stride = draw(seed, pooling, ties=ties)

    def forward(x):
        return torch.nn.functional.max_pool2d(x, size, stride)

    [expected] = torch_gradients(forward, [x], dout)
    assert np.array_equal(backward.max_pool2d_backward(dout, x, size, stride), expected)


@pytest.mark.parametrize("seed", range(36))
def test_equal_shares_agree_with_torch(backward, pooling, torch, torch_gradients, seed):
    dout, x, size, stride = draw(seed, pooling, ties=False)

    def forward(x):
        return torch.nn.functional.avg_pool2d(x, size, stride)

    actual = backward.avg_pool2d_backward(dout, x, size, stride)
    [expected] = torch_gradients(forward, [x], dout)
    assert actual == pytest.approx(expected, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["max", "avg"])
def test_gradients_agree_with_central_differences(
    backward, pooling, central_differences, kind, seed
):
    dout, x, size, stride = draw(seed, pooling, ties=False)
    forward = getattr(pooling, f"{kind}_pool2d")
    function = getattr(backward, f"{kind}_pool2d_backward")

    # Different integers lie at least 1 apart, so a step of 1/4 changes no winner and
    # the differences are exact but for rounding.
    expected = central_differences(
        lambda x: np.sum(forward(x, size, stride) * dout), x, step=0.25
    )

    assert function(dout, x, size, stride) == pytest.approx(
        expected, rel=1e-10, abs=1e-10
    )


def test_the_first_of_tied_cells_gets_all_of_it(backward):
    dx = backward.max_pool2d_backward(
        np.full((1, 1, 1, 1), 5), np.ones((1, 1, 3, 2)), 2
    )

    assert dx.tolist() == [[[[5, 0], [0, 0], [0, 0]]]]


def test_the_winners_of_lecture_004(backward, lecture_pooling):
    def winners(ones, stride):
        dout = np.ones((1, 1, ones, ones))
        dx = backward.max_pool2d_backward(dout, lecture_pooling, 2, stride)
        return dx[0, 0].tolist()

    assert winners(2, 2) == [[0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 1], [0, 0, 0, 0]]
    assert winners(3, 1) == [[0, 0, 0, 0], [0, 4, 0, 1], [1, 1, 0, 2], [0, 0, 0, 0]]


def test_equal_shares_add_up_to_the_gradient(backward, lecture_pooling):
    dx = backward.avg_pool2d_backward(np.ones((1, 1, 3, 3)), lecture_pooling, 2, 1)

    assert dx[0, 0].tolist() == [
        [0.25, 0.5, 0.5, 0.25],
        [0.5, 1, 1, 0.5],
        [0.5, 1, 1, 0.5],
        [0.25, 0.5, 0.5, 0.25],
    ]
