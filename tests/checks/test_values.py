"""How wrong values relate to the right ones: each relation, where it holds."""

import numpy as np
import pytest

from grader.author import call

RNG = np.random.default_rng(2)
SHAPES = [(3, 4), (4, 3), (5, 5), (3, 3), (4, 5)]


def draw(*shape):
    values = RNG.integers(1, 99, shape) * RNG.choice([-1.0, 1.0], shape)
    return values.astype(np.float64)


def maps(x, b=None, size=2):
    return x * 1.0 if b is None else x + b.reshape(-1, 1, 1)


def calls_of_maps():
    sizes = [2, 3, (2, 3), (3, 3), 4]
    return [
        call("maps", x=draw(2, 3, *shape), b=draw(3), size=size)
        for shape, size in zip(SHAPES, sizes, strict=True)
    ]


def moved(a, down, right):
    """Return the maps moved within their frames, and zeros where nothing is."""
    out = np.zeros_like(a)
    height, width = a.shape[-2:]
    out[..., max(down, 0) : height + min(down, 0), max(right, 0) :] = a[
        ..., max(-down, 0) : height - max(down, 0), : width - max(right, 0)
    ]
    return out


def spoiled(a, place):
    out = a.copy()
    out[place] = np.cos(out[place])
    return out


def ordered(a):
    return np.sort(a, axis=None).reshape(a.shape)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda a: a * np.nan, "Every value is NaN."),
        (
            lambda a: np.where(a > 0, a, np.inf),
            "The only wrong values are NaN or infinite.",
        ),
        (lambda a: a * 0, "Every value is 0."),
        (lambda a: a * 0 + 7, "One number stands everywhere, in every call."),
        (lambda a: -a, "Every value has the wrong sign."),
        (lambda a: 3 * a, "Every value is 3 times the right one."),
        (lambda a: a / 4, "Every value is the right one divided by 4."),
        (lambda a: a * 1.5, "Every value is 3/2 times the right one."),
        (lambda a: a * a.mean(), "All values of a call are off by one factor."),
        (lambda a: a + 1, "Every value is too large by 1."),
        (lambda a: a + a.max(), "All values of a call are off by one amount."),
        (
            lambda a: a + a.max(axis=(-1, -2), keepdims=True),
            "Each map is off by an amount of its own.",
        ),
        (np.abs, "Every value has lost its sign."),
        (lambda a: np.maximum(a, 0), "0 stands wherever a negative value belongs."),
        (
            lambda a: a[..., ::-1],
            "Your answer is the right one mirrored left to right.",
        ),
        (
            lambda a: a[..., ::-1, :],
            "Your answer is the right one mirrored top to bottom.",
        ),
        (
            lambda a: a[..., ::-1, ::-1],
            "Your answer is the right one rotated by 180 degrees.",
        ),
        (
            lambda a: a[:, ::-1],
            "Your answer is the right one in reverse along its second axis.",
        ),
        (
            lambda a: moved(a, 1, 0),
            "The right values stand 1 row below of their place.",
        ),
        (
            lambda a: moved(a, -1, 1),
            "The right values stand 1 row above and 1 column right of their place.",
        ),
        (ordered, "The right values are all there, in another order."),
        (
            lambda a: spoiled(a, np.s_[1:]),
            "Only the first entry along the first axis is right throughout.",
        ),
        (lambda a: spoiled(a, np.s_[..., -1]), "Only the last column is wrong."),
        (lambda a: spoiled(a, np.s_[..., 0, :]), "Only the first row is wrong."),
        (
            lambda a: spoiled(a, np.s_[..., 1:-1, 1:-1]),
            "Only the cells at the border are right throughout.",
        ),
        (
            lambda a: spoiled(a, np.s_[..., 1, 1:2]),
            "Only cells away from the border are wrong.",
        ),
        (
            lambda a: np.where(a < -30, 0, a),
            "Every wrong cell is 0.",
        ),
        (
            lambda a: np.broadcast_to(a[:, :1], a.shape) + 0.0,
            "All entries along the second axis are the same.",
        ),
        (
            lambda a: np.cos(np.broadcast_to(a[..., :1, :1], a.shape)),
            "All cells of a map are the same.",
        ),
        (lambda a: a + a**2 + 1, "Every wrong value is too large."),
    ],
)
def test_how_wrong_values_relate_to_the_right_ones(tell, change, told):
    text = tell(maps, lambda x, b, size: change(maps(x, b, size)), calls_of_maps())

    assert text == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda x, b, size: x * 1.0, "Every value lacks b."),
        (
            lambda x, b, size: maps(maps(x, b), b),
            "Every value holds b once too often.",
        ),
        (
            lambda x, b, size: maps(x, b * x.shape[2]),
            "Every value is off by a whole multiple of b.",
        ),
        (
            lambda x, b, size: maps(x, b) * np.prod(np.broadcast_to(size, 2)),
            "Every value is too large by a factor of the number of cells that size "
            "spans.",
        ),
        (
            lambda x, b, size: maps(x, b) / (x.shape[-1] * x.shape[-2]),
            "Every value is too small by a factor of the number of cells of a map of "
            "x.",
        ),
        (
            lambda x, b, size: maps(x, b) + x.shape[2],
            "Every value is too large by the length of the third axis of x.",
        ),
    ],
)
def test_how_wrong_values_relate_to_the_arguments(tell, change, told):
    assert tell(maps, change, calls_of_maps()) == told


def test_whole_numbers_for_fractions_are_told(tell):
    calls = [call("half", x=draw(3, 4)) for _ in range(4)]

    for change, told in (
        (np.trunc, "cut to a whole number"),
        (np.floor, "rounded down"),
    ):
        text = tell(lambda x: x / 4, lambda x, c=change: c(x / 4), calls)
        assert text == f"Every value is {told}."


def test_a_mask_in_place_of_values_is_told(tell):
    calls = [call("only_positive", x=draw(4, 4)) for _ in range(4)]

    assert tell(lambda x: np.where(x > 0, x, 0), lambda x: (x > 0) * 1.0, calls) == (
        "Zeros stand where they should, but ones where other values belong."
    )


def test_unrelated_values_are_not_described(tell):
    assert tell(maps, lambda x, b, size: np.cos(x * 7), calls_of_maps()) == ""


# --- numbers


def number(size, padding=0):
    return size * size + 2 * padding


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s, p: number(s, p) + 1, "Your answer is too large by 1."),
        (lambda s, p: number(s, p) - 2, "Your answer is too small by 2."),
        (lambda s, p: 2 * number(s, p), "Your answer is 2 times the right one."),
        (lambda s, p: number(s, p) + s, "Your answer is too large by size."),
        (lambda s, p: -number(s, p), "Your answer has the wrong sign."),
        (lambda s, p: 0, "Your answer is 0."),
        (lambda s, p: 3, "Your answer is the same in every call."),
        (lambda s, p: number(s, p) + s**3 % 5 + 1, "Your answer is too large."),
    ],
)
def test_how_wrong_numbers_relate_to_the_right_ones(tell, change, told):
    calls = [call("number", s, padding=p) for s, p in [(2, 0), (3, 1), (5, 2), (7, 0)]]

    assert tell(number, lambda size, padding=0: change(size, padding), calls) == told


def test_an_exception_that_is_not_raised_is_all_that_is_missing(tell):
    def right(size):
        if size in (4, 9):
            raise ValueError
        return size

    calls = [call("right", size) for size in (4, 1, 5, 9, 7, 8)]

    assert tell(right, lambda size: size, calls) == (
        "All that is missing is an exception where one is promised."
    )
