"""The convolutional layer and its output size agree with PyTorch and the lectures."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def stride(solution):
    return solution("stride")


def draw(seed):
    """Draw a layer that fits: H and W, KH and KW, N, C and K all differ."""
    rng = np.random.default_rng(seed)
    N, C, K = rng.permutation([2, 3, 4])
    KH, KW = rng.permutation([1, 2, 3, 4])[:2]
    H, W = rng.permutation([4, 5, 6, 7, 8])[:2]
    x = rng.integers(-5, 6, (N, C, H, W)).astype(float)
    w = rng.integers(-5, 6, (K, C, KH, KW)).astype(float)
    b = rng.integers(-5, 6, K).astype(float)
    step, padding = (int(v) for v in (rng.integers(1, 4), rng.integers(0, 3)))
    return (x, w, b), {"stride": step, "padding": padding}


@pytest.mark.parametrize("seed", range(60))
def test_the_layer_agrees_with_torch(stride, nn, seed):
    arrays, options = draw(seed)

    actual = stride.conv2d(*arrays, **options)

    assert np.array_equal(actual, nn.conv2d(*arrays, **options))


def test_the_drawn_layers_cover_leftovers_and_exact_fits(stride):
    leftovers = set()
    for seed in range(60):
        (x, w, _), options = draw(seed)
        room = x.shape[2] - w.shape[2] + 2 * options["padding"]
        leftovers.add((options["stride"], room % options["stride"]))

    assert leftovers == {(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)}


@pytest.mark.parametrize("size", range(1, 9))
@pytest.mark.parametrize("kernel_size", range(1, 7))
def test_the_output_size_counts_the_positions(stride, size, kernel_size):
    for step in range(1, 5):
        for padding in range(3):
            corners = range(-padding, size + padding - kernel_size + 1, step)
            if len(corners) == 0:
                with pytest.raises(ValueError, match="does not fit"):
                    stride.output_size(size, kernel_size, step, padding)
            else:
                counted = stride.output_size(size, kernel_size, step, padding)
                assert counted == len(corners)
                assert type(counted) is int


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((7, 3, 2), 3),
        ((5, 3), 3),
        ((5, 3, 1, 1), 5),
        ((7, 3, 2, 1), 4),
        ((227, 11, 4), 55),
        ((224, 11, 4), 54),
        ((32, 5), 28),
        ((13, 3), 11),
        ((8, 3), 6),
    ],
)
def test_the_sizes_of_the_lectures(stride, arguments, expected):
    assert stride.output_size(*arguments) == expected


def test_the_layer_gives_the_maps_of_the_lectures(
    stride, lecture_image, vertical_edge, lecture_grid, lecture_filter
):
    def layer(image, kernel, **options):
        return stride.conv2d(image[None, None], kernel[None, None], [0], **options)[
            0, 0
        ]

    edges = layer(lecture_image, vertical_edge)
    assert edges[0].tolist() == [-24, -22, -14, 12, 35, 33]
    assert edges[-1].tolist() == [5, 7, 23, 28, 31, 23]
    assert layer(lecture_grid, lecture_filter, stride=2).tolist() == [
        [25, 17],
        [20, 23],
    ]
