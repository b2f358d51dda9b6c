"""How a wrong shape relates to the right one."""

import numpy as np
import pytest

from grader.author import call

RNG = np.random.default_rng(2)
SHAPES = [(3, 4), (4, 3), (5, 5), (3, 3), (4, 5)]


def draw(*shape):
    values = RNG.integers(1, 99, shape) * RNG.choice([-1.0, 1.0], shape)
    return values.astype(np.float64)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda x, padding: x[..., :-1, :-1],
            "The rows and the columns are too few by 1.",
        ),
        (lambda x, padding: x[..., :-2], "The columns are too few by 2."),
        (
            lambda x, padding: np.pad(
                x, ((0, 0), (padding, padding), (padding, padding))
            ),
            "The rows and the columns are too many by twice padding.",
        ),
        (lambda x, padding: x[0], "Your answer has 1 axis too few."),
        (
            lambda x, padding: x.swapaxes(0, 2),
            "The values are right, but the first and third axes are exchanged.",
        ),
        (
            lambda x, padding: x.transpose(1, 2, 0),
            "The values are right, but the axes are in another order.",
        ),
        (
            lambda x, padding: x.reshape(-1),
            "The values are right and in order, only their shape is not.",
        ),
        (
            lambda x, padding: x[:, :2, : x.shape[2] // 2],
            "What is there is right, but the end is cut off.",
        ),
        (
            lambda x, padding: np.pad(
                x, ((0, 0), (0, x.shape[2] % 2 + 1), (0, x[0, 0, 0] > 0))
            ),
            "The right array is the top left part of what is there.",
        ),
    ],
)
def test_how_a_wrong_shape_relates_to_the_right_one(tell, change, told):
    calls = [
        call("padded", x=np.abs(draw(2, height + 3, width + 3)), padding=padding)
        for (height, width), padding in zip(SHAPES, (1, 2, 3, 1, 2), strict=True)
    ]

    text = tell(lambda x, padding: x * 1.0, change, calls)
    assert text == told


def test_an_axis_as_long_as_that_of_an_argument_is_told(tell):
    calls = [
        call("table", x=draw(rows, columns), w=draw(4 + k, 2))
        for k, (rows, columns) in enumerate([(2, 5), (3, 9), (7, 4)])
    ]

    text = tell(
        lambda x, w: np.zeros((len(x), 2)),
        lambda x, w: np.ones((x.shape[1], 2)),
        calls,
    )

    assert text == "The first axis is as long as the second axis of x."


def test_rows_and_columns_are_told_whatever_the_number_of_axes(tell):
    shapes = [(3, 4), (2, 5, 3), (2, 1, 4, 4), (4, 6)]
    calls = [call("same", x=draw(*shape)) for shape in shapes]

    text = tell(lambda x: x, lambda x: np.tile(x[..., 1:, :], 2)[..., :-1, :], calls)

    assert not text.startswith("The columns")
    text = tell(lambda x: x, lambda x: x[..., 1:, :], calls)
    assert text == "The rows are too few by 1."
