"""What an output sees agrees with gradients, SciPy and the lectures."""

import numpy as np
import pytest
from scipy import signal


@pytest.fixture(scope="module")
def connectivity(solution):
    return solution("connectivity")


@pytest.fixture(scope="module")
def stride(solution):
    return solution("stride")


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("kernel", [(1, 1), (2, 3), (3, 1)])
def test_an_output_sees_the_cells_that_change_it(connectivity, stride, kernel, step):
    w, b = np.ones((1, 1, *kernel)), np.zeros(1)
    cells = list(np.ndindex(8, 9))
    pulses = np.eye(72).reshape(72, 1, 8, 9)
    out = stride.conv2d(pulses, w, b, stride=step)
    for row, col in np.ndindex(out.shape[2:]):
        seen = [cells[n] for n in np.flatnonzero(out[:, 0, row, col])]

        actual = connectivity.connected_inputs(row, col, kernel, step)

        assert actual.tolist() == [list(cell) for cell in seen]


def test_the_neurons_of_lecture_001(connectivity):
    def numbers(row, col):
        cells = connectivity.connected_inputs(row, col, 2, stride=2)
        return [4 * r + c + 1 for r, c in cells.tolist()]

    assert numbers(0, 0) == [1, 2, 5, 6]
    assert numbers(0, 1) == [3, 4, 7, 8]
    assert numbers(1, 1) == [11, 12, 15, 16]


def test_an_int_is_a_square_window_and_the_stride_is_one(connectivity):
    actual = connectivity.connected_inputs(1, 2, 2)

    assert actual.tolist() == [[1, 2], [1, 3], [2, 2], [2, 3]]
    assert np.issubdtype(actual.dtype, np.integer)


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([], 1),
        ([(3, 1)], 3),
        ([(3, 4)], 3),
        ([(3, 1), (3, 1)], 5),
        ([(3, 2), (3, 1)], 7),
        ([(3, 1), (3, 2)], 5),
        ([(3, 1), (2, 2), (3, 1)], 8),
        ([(11, 4), (3, 2), (5, 1)], 51),
    ],
)
def test_receptive_fields_worked_by_hand(connectivity, layers, expected):
    assert connectivity.receptive_field(layers) == expected


@pytest.mark.parametrize("seed", range(15))
def test_the_receptive_field_is_what_moves_the_output(connectivity, seed):
    rng = np.random.default_rng(seed)
    layers = [(int(k), int(s)) for k, s in rng.integers(1, 4, (3, 2))]
    # The last output of an exact fit: go back from one cell to the input's length.
    length = 1
    for kernel, step in reversed(layers):
        length = (length - 1) * step + kernel
    seen = np.eye(length)
    for kernel, step in layers:
        seen = np.array(
            [
                seen[at : at + kernel].sum(axis=0)
                for at in range(0, len(seen) - kernel + 1, step)
            ]
        )
    reached = np.flatnonzero(seen[0])

    actual = connectivity.receptive_field(layers)

    assert actual == reached[-1] - reached[0] + 1
    assert type(actual) is int


@pytest.mark.parametrize("seed", range(20))
def test_the_matrix_correlates_as_scipy_does(connectivity, seed):
    rng = np.random.default_rng(seed)
    H, W = (int(v) for v in rng.integers(3, 8, 2))
    kernel = rng.integers(-9, 10, rng.integers(1, 4, 2))
    image = rng.integers(-9, 10, (H, W))

    matrix = connectivity.correlation_matrix(kernel, H, W)

    expected = signal.correlate2d(image, kernel, mode="valid")
    assert matrix.shape == (expected.size, image.size)
    assert np.array_equal(matrix @ image.ravel(), expected.ravel())


def test_the_matrix_of_lecture_000_is_sparse_and_shares_nine_weights(
    connectivity,
):
    kernel = np.arange(1, 10).reshape(3, 3)

    matrix = connectivity.correlation_matrix(kernel, 13, 8)

    assert matrix.shape == (66, 104)
    assert set(np.count_nonzero(matrix, axis=1)) == {9}
    assert np.unique(matrix).tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_transposed_matrix_is_the_transposed_convolution(connectivity, nn):
    rng = np.random.default_rng(0)
    kernel = rng.integers(-9, 10, (2, 3))
    out = rng.integers(-9, 10, (4, 3))

    matrix = connectivity.correlation_matrix(kernel, 5, 5)

    expected = nn.conv_transpose2d(out[None, None], kernel[None, None])
    assert np.array_equal(matrix.T @ out.ravel(), expected.ravel())
