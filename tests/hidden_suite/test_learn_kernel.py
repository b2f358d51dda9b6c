"""The checks of learn_kernel: every sound rate passes, wrong ways are named."""

from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.verdict import Verdict

NAME = "learn_kernel"
SUBMISSIONS = sorted((Path(__file__).parents[1] / "submissions" / NAME).glob("*/*.py"))


def descent(rule, dtype=np.float64):
    """Return a learner that moves by ``rule(windows, gradient, state)`` each step."""

    def learn_kernel(image, feature_map, kernel_size, steps):
        KH, KW = np.broadcast_to(kernel_size, 2)
        windows = sliding_window_view(image, (KH, KW)).reshape(-1, KH * KW)
        windows, target = windows.astype(dtype), feature_map.ravel().astype(dtype)
        kernel, state = np.zeros(KH * KW, dtype), {}
        for _ in range(steps):
            gradient = (windows @ kernel - target) @ windows
            if not gradient.any():
                break
            kernel = kernel - rule(windows, gradient, state)
        return kernel.reshape(KH, KW)

    return learn_kernel


def fixed(windows, gradient, state):
    return gradient / np.sum(windows**2)


def half_as_fast(windows, gradient, state):
    return gradient / np.sum(windows**2) / 2


def largest_curvature(windows, gradient, state):
    if "rate" not in state:
        state["rate"] = 1 / np.linalg.norm(windows, 2) ** 2
    return state["rate"] * gradient


def best_along_the_gradient(windows, gradient, state):
    change = windows @ gradient
    return gradient * np.sum(gradient**2) / max(np.sum(change**2), 1e-300)


def best_one_step_late(windows, gradient, state):
    rate = state.get("rate", 1 / np.sum(windows**2))
    change = windows @ gradient
    state["rate"] = np.sum(gradient**2) / max(np.sum(change**2), 1e-300)
    return rate * gradient


def momentum(windows, gradient, state):
    velocity = 0.8 * state.get("velocity", 0) + gradient / np.sum(windows**2)
    state["velocity"] = velocity
    return velocity


WAYS = {
    "fixed": descent(fixed),
    "fixed in float32": descent(fixed, np.float32),
    "half as fast": descent(half_as_fast),
    "largest curvature": descent(largest_curvature),
    "best along the gradient": descent(best_along_the_gradient),
    "best one step late": descent(best_one_step_late),
    "momentum": descent(momentum),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("seed", [0, 1])
def test_a_sound_rate_passes_every_check_without_a_diagnosis(judged, named, way, seed):
    result = judged(NAME, {"learn_kernel": way}, seed)

    assert (result.score, result.verdict) == (40, Verdict.PASS)
    assert named(result) == []


def test_the_wrong_implementation_without_a_switch_is_right(unswitched_mismatches):
    assert unswitched_mismatches(NAME) == []


@pytest.mark.parametrize("file", SUBMISSIONS, ids=lambda file: file.stem)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_submission_gets_its_verdict_and_its_cause(
    judged, named, expectation, functions_of, file
):
    result = judged(NAME, functions_of(file))

    assert (result.verdict.value, named(result)) == expectation(file)


def test_the_edge_known_by_heart_earns_nothing(judged):
    def learn_kernel(image, feature_map, kernel_size, steps):
        return np.array([[-1.0, 0, 1]] * 3)

    result = judged(NAME, {"learn_kernel": learn_kernel})

    assert [c.name for c in result.checks if c.score] == []
