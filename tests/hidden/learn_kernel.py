"""Checks of learning a kernel, and the wrong ways to learn.

Students choose the rate, so their kernels differ in what is left to learn. A call has
so many steps that the docstring's fixed rate (1 / sum of squares of all windows) comes
within 0.06 of the truth on the image of lecture 000, and within 0.01 on the drawn
images (0.002 in the worst of 400 draws); `TOLERANCE` is the 0.1 that is promised.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from grader.author import call, check, ints, misconception, misconceptions, solution

TOLERANCE = 0.1
LECTURE = np.array(
    [
        [36, 31, 28, 24, 23, 27, 33, 39],
        [38, 34, 29, 26, 25, 30, 37, 41],
        [39, 35, 32, 28, 27, 33, 40, 43],
        [42, 38, 34, 30, 30, 36, 43, 46],
        [43, 40, 36, 32, 34, 40, 48, 50],
        [44, 41, 37, 35, 37, 43, 51, 52],
        [45, 42, 39, 37, 41, 46, 53, 54],
        [45, 42, 40, 39, 42, 48, 54, 55],
        [43, 42, 39, 40, 43, 49, 55, 57],
        [41, 41, 38, 39, 44, 49, 55, 58],
        [38, 39, 37, 40, 44, 49, 55, 58],
        [34, 37, 36, 39, 43, 48, 54, 56],
        [31, 35, 35, 39, 44, 49, 53, 55],
    ],
    dtype=float,
)
VERTICAL_EDGE = np.array([[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]])


def learning(image, kernel, steps, size=None):
    """Return a call with the map that the kernel makes of the image."""
    windows = sliding_window_view(image, kernel.shape)
    feature_map = np.einsum("ijuv,uv->ij", windows, kernel)
    size = kernel.shape if size is None else size
    # Relative to huge answers, as the loss explodes, rounding is more than 0.1.
    return call(
        "learn_kernel",
        image=image,
        feature_map=feature_map,
        kernel_size=size,
        steps=steps,
    ).within(TOLERANCE, 1e-6)


@check(points=4, public=True)
def one_weight(rng):
    """A single weight is learned from a few pixels."""
    yield learning(np.array([[1.0, 2]]), np.array([[3.0]]), 100, size=1)
    yield learning(np.array([[1.0, 0, 2]]), np.array([[3.0]]), 100, size=1)
    yield learning(ints(rng, (2, 2)), ints(rng, (1, 1)), 100, size=1)


@check(points=4, public=True)
def each_weight_seen_alone(rng):
    """A single bright pixel shows each weight alone."""
    image = np.zeros((3, 3))
    image[1, 1] = rng.choice((2, 3, 4))
    yield learning(image, ints(rng, (2, 2)), 100, size=2)


@check(points=8, public=True, after=each_weight_seen_alone)
def the_edge_of_the_lecture(rng):
    """The vertical-edge kernel is found in the image of lecture 000."""
    yield learning(LECTURE, VERTICAL_EDGE, 2000, size=3)


@check(points=10, after=each_weight_seen_alone)
def any_kernel(rng):
    """A kernel that nobody knows is found, from the map alone."""
    yield learning(ints(rng, (7, 6)), ints(rng, (2, 2)), 200)
    yield learning(ints(rng, (10, 8)), ints(rng, (3, 3)), 500, size=3)
    yield learning(ints(rng, (8, 9)), ints(rng, (3, 3)), 500, size=3)
    yield learning(ints(rng, (8, 10)), VERTICAL_EDGE.T.copy(), 500, size=3)


@check(points=6, after=each_weight_seen_alone)
def any_shape(rng):
    """The kernel has the height and the width that were asked for."""
    yield learning(ints(rng, (6, 8)), ints(rng, (2, 3)), 300)
    yield learning(ints(rng, (8, 6)), ints(rng, (3, 2)), 300)
    yield learning(ints(rng, (5, 12)), ints(rng, (1, 4)), 200)


@check(points=4, after=each_weight_seen_alone)
def weights_with_fractions(rng):
    """Weights need not be whole numbers, though the pixels are."""
    image = ints(rng, (7, 6)).astype(np.int64)
    yield learning(image, ints(rng, (2, 2)) / 2 + 0.25, 200)


@check(points=2, public=True)
def no_steps(rng):
    """With no steps the kernel is still zero."""
    yield learning(ints(rng, (4, 5)), ints(rng, (2, 3)), 0)


@check(points=2, after=each_weight_seen_alone)
def leaves_the_inputs_alone(rng):
    """Its arguments are left as they were."""
    yield learning(ints(rng, (7, 6)), ints(rng, (2, 2)), 200).keeping_inputs()


def descend(step, weights, steps):
    """Return where so many equal steps lead from a kernel of zeros.

    A step along the gradient at a fixed rate is an affine map of the weights: of so
    many, the power of its matrix is found in as few products as their number has bits.
    """
    origin = step(np.zeros(weights))
    matrix = np.eye(weights + 1)
    matrix[:-1, :-1] = [step(weight) - origin for weight in np.eye(weights)]
    matrix[-1, :-1] = origin
    kernel = np.linalg.matrix_power(matrix, steps)[-1, :-1]
    if np.isfinite(kernel).all():
        return kernel
    kernel = np.zeros(weights)  # it explodes: how far, only the steps themselves tell
    for _ in range(steps):
        kernel = step(kernel)
        if np.isnan(kernel).all():
            break
    return kernel


@misconceptions(
    "learning-known-kernel-returned",
    "learning-kernel-shape-fixed",
    "learning-never-steps",
    "learning-returns-map",
    "learning-gradient-of-one-window",
    "learning-same-step-for-all-weights",
    "learning-ignores-input",
    "learning-ignores-error",
    "learning-uphill",
    "learning-one-step-only",
    "kernel-flipped",
    "kernel-transposed",
    "result-cut-to-integers",
)
def learn_kernel(image, feature_map, kernel_size, steps, *, wrong):
    KH, KW = (int(size) for size in np.broadcast_to(kernel_size, 2))
    if "learning-known-kernel-returned" in wrong:
        return np.array([[-1.0, 0, 1]] * 3)
    if "learning-kernel-shape-fixed" in wrong:
        KH = KW = 3
    windows = sliding_window_view(image, (KH, KW))
    shape = windows.shape[:2]
    windows, target = windows.reshape(-1, KH * KW), feature_map.ravel()
    rate = float(1 / np.sum(windows**2))
    if "learning-uphill" in wrong:
        rate = -rate
    if "learning-never-steps" in wrong:
        steps = 0
    if "learning-one-step-only" in wrong:
        steps = min(steps, 1)

    def step(kernel):
        error = windows @ kernel - target
        if "learning-ignores-error" in wrong:
            error = target
        gradient = error @ windows
        if "learning-gradient-of-one-window" in wrong:
            gradient = error[-1] * windows[-1]
        if "learning-ignores-input" in wrong:
            gradient = error.sum()
        if "learning-same-step-for-all-weights" in wrong:
            gradient = np.mean(gradient)
        return kernel - rate * gradient

    kernel = descend(step, KH * KW, steps)
    if "learning-returns-map" in wrong:
        return (windows @ kernel).reshape(shape)
    if "result-cut-to-integers" in wrong:
        kernel = kernel.astype(int)
    kernel = kernel.reshape(KH, KW)
    if "kernel-flipped" in wrong:
        kernel = kernel[::-1, ::-1]
    return kernel.T if "kernel-transposed" in wrong else kernel


@misconception("learning-gradient-of-one-window")
def learn_kernel(image, feature_map, kernel_size, steps):
    KH, KW = np.broadcast_to(kernel_size, 2)
    corner = image[:KH, :KW]
    return solution.learn_kernel(corner, feature_map[:1, :1], kernel_size, steps)


@misconception("learning-one-step-only")
def learn_kernel(image, feature_map, kernel_size, steps):
    return solution.learn_kernel(image, feature_map, kernel_size, min(steps, 1))


@misconception("learning-uphill")
def learn_kernel(image, feature_map, kernel_size, steps):
    KH, KW = np.broadcast_to(kernel_size, 2)
    windows = sliding_window_view(image, (KH, KW)).reshape(-1, KH * KW)
    kernel = np.zeros(KH * KW)
    for _ in range(steps):
        gradient = (windows @ kernel - feature_map.ravel()) @ windows
        change = windows @ gradient
        kernel += gradient * (np.sum(gradient**2) / np.sum(change**2))
    return kernel.reshape(KH, KW)


@misconception("result-cut-to-integers")
def learn_kernel(image, feature_map, kernel_size, steps):
    return np.round(solution.learn_kernel(image, feature_map, kernel_size, steps))


def at_fixed_rate(rate):
    """Return a right descent but for its rate, which is the same for every image."""

    def learn_kernel(image, feature_map, kernel_size, steps):
        KH, KW = np.broadcast_to(kernel_size, 2)
        windows = sliding_window_view(image, (KH, KW)).reshape(-1, KH * KW)
        target = feature_map.ravel()

        def step(kernel):
            return kernel - rate * ((windows @ kernel - target) @ windows)

        return descend(step, KH * KW, steps).reshape(KH, KW)

    return learn_kernel


# On the image of lecture 000 the loss explodes at rates above 2.0e-6; on a few small
# pixels the smallest learn too little. Still smaller ones learn nothing at all.
for too_large in (1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001):
    misconception("learning-step-too-large")(at_fixed_rate(too_large))
for too_small in (1e-6, 1e-7):
    misconception("learning-step-too-small")(at_fixed_rate(too_small))
