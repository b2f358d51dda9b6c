"""Gradient descent recovers kernels, as fast as the text says."""

import numpy as np
import pytest
from scipy import signal

# What the docstring promises for the steps of a check.
GRADED = 0.1


@pytest.fixture(scope="module")
def learn_kernel(solution):
    return solution("learn_kernel").learn_kernel


@pytest.fixture(scope="module")
def edges(lecture_image, vertical_edge):
    return signal.correlate2d(lecture_image, vertical_edge, mode="valid")


def fixed_rate(image, feature_map, kernel_size, steps):
    """Descend as the docstring's simplest rule says, written with SciPy."""
    kernel = np.zeros(kernel_size)
    KH, KW = kernel_size
    windows = np.lib.stride_tricks.sliding_window_view(image, (KH, KW))
    rate = 1 / np.sum(windows.astype(float) ** 2)
    for _ in range(steps):
        error = signal.correlate2d(image, kernel, mode="valid") - feature_map
        kernel -= rate * signal.correlate2d(image, error, mode="valid")
    return kernel


def one_step_late(image, feature_map, kernel_size, steps):
    """Descend by the best rate of the gradient before, written with SciPy."""
    kernel, rate = fixed_rate(image, feature_map, kernel_size, 0), 0.0
    for _ in range(steps + 1):
        error = signal.correlate2d(image, kernel, mode="valid") - feature_map
        gradient = signal.correlate2d(image, error, mode="valid")
        change = signal.correlate2d(image, gradient, mode="valid")
        kernel -= rate * gradient
        rate = np.sum(gradient**2) / np.sum(change**2)
    return kernel


@pytest.mark.parametrize(("steps", "within"), [(100, 0.06), (1000, 0.02), (2000, 0.01)])
def test_the_kernel_of_lecture_000_is_recovered(
    learn_kernel, lecture_image, edges, vertical_edge, steps, within
):
    kernel = learn_kernel(lecture_image, edges, 3, steps)

    assert kernel == pytest.approx(vertical_edge, abs=within, rel=0)


def test_no_step_makes_the_loss_larger(learn_kernel, lecture_image, edges):
    losses = []
    for steps in range(20):
        kernel = learn_kernel(lecture_image, edges, 3, steps)
        out = signal.correlate2d(lecture_image, kernel, mode="valid")
        losses.append(np.sum((out - edges) ** 2))

    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.01 * losses[0]


def test_the_same_rate_one_step_late_is_the_faster_one(
    lecture_image, edges, vertical_edge
):
    kernel = one_step_late(lecture_image, edges, (3, 3), 100)

    assert kernel == pytest.approx(vertical_edge, abs=0.002, rel=0)


@pytest.mark.parametrize(("steps", "within"), [(200, 0.46), (1000, 0.08), (2000, 0.06)])
def test_the_fixed_rate_comes_as_near_as_the_text_says(
    lecture_image, edges, vertical_edge, steps, within
):
    error = np.abs(fixed_rate(lecture_image, edges, (3, 3), steps) - vertical_edge)

    assert 0.9 * within < error.max() <= within


def test_the_loss_curves_100000_times_more_along_one_direction(lecture_image):
    windows = np.lib.stride_tricks.sliding_window_view(lecture_image, (3, 3))
    windows = windows.reshape(66, 9).astype(float)

    assert np.linalg.cond(windows) ** 2 == pytest.approx(1e5, rel=0.01)


@pytest.mark.parametrize("seed", range(20))
def test_any_kernel_is_recovered_by_both_rules(learn_kernel, seed):
    rng = np.random.default_rng(seed)
    image = rng.integers(-5, 6, rng.integers(7, 12, 2))
    kernel = rng.integers(-3, 4, rng.integers(1, 4, 2))
    feature_map = signal.correlate2d(image, kernel, mode="valid")

    learned = learn_kernel(image, feature_map, kernel.shape, 500)

    assert learned == pytest.approx(kernel, abs=1e-6, rel=0)
    assert fixed_rate(image, feature_map, kernel.shape, 500) == pytest.approx(
        kernel, abs=GRADED
    )


def test_it_starts_from_zeros(learn_kernel, lecture_image, edges):
    assert learn_kernel(lecture_image, edges, (3, 3), 0).tolist() == [[0, 0, 0]] * 3


def test_the_first_step_goes_against_the_gradient(learn_kernel, lecture_image, edges):
    kernel = learn_kernel(lecture_image, edges, 3, 1)

    # At zero the error is minus the map.
    against = signal.correlate2d(lecture_image, edges, mode="valid")
    ratio = kernel / against
    assert ratio == pytest.approx(np.full((3, 3), ratio[0, 0]), rel=1e-9)
    assert ratio[0, 0] > 0


def test_a_map_of_zeros_is_learned_at_once(learn_kernel, lecture_image):
    kernel = learn_kernel(lecture_image, np.zeros((12, 6)), (2, 3), 5)

    assert kernel.tolist() == [[0, 0, 0]] * 2
