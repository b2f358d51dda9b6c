"""Counts agree with PyTorch's layers, with counting one by one, and the lectures."""

import itertools

import numpy as np
import pytest


@pytest.fixture(scope="module")
def parameters(solution):
    return solution("parameters")


def numel(layer):
    return sum(p.numel() for p in layer.parameters())


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (5, 3), (784, 10)])
def test_a_dense_layer_counts_as_in_torch(parameters, torch, inputs, outputs, bias):
    expected = numel(torch.nn.Linear(inputs, outputs, bias=bias))

    assert parameters.dense_parameters(inputs, outputs, bias=bias) == expected


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("kernel_size", [1, 3, (2, 5)])
@pytest.mark.parametrize(("C", "K"), [(1, 1), (3, 6), (4, 2)])
def test_a_convolution_counts_as_in_torch(parameters, torch, C, K, kernel_size, bias):
    expected = numel(torch.nn.Conv2d(C, K, kernel_size, bias=bias))

    assert parameters.conv_parameters(C, K, kernel_size, bias=bias) == expected


def windows(size, kernel, stride, padding):
    """List the top left corners of all windows."""
    sides = []
    for length, taps in zip(size, kernel, strict=True):
        last = length + padding - taps
        sides.append(range(-padding, last + 1, stride))
    return list(itertools.product(*sides))


@pytest.mark.parametrize("seed", range(20))
def test_products_and_unshared_weights_are_counted_one_by_one(parameters, seed):
    rng = np.random.default_rng(seed)
    C, K = (int(v) for v in rng.integers(1, 4, 2))
    size = tuple(int(v) for v in rng.integers(4, 9, 2))
    kernel = tuple(int(v) for v in rng.integers(1, 5, 2))
    stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 3))
    products = biases = 0
    for _filter, _corner in itertools.product(
        range(K), windows(size, kernel, stride, padding)
    ):
        products += len(list(itertools.product(range(C), *map(range, kernel))))
        biases += 1
    layer = (C, size, K, kernel, stride, padding)

    assert parameters.conv_macs(*layer) == products
    assert parameters.unshared_parameters(*layer, bias=False) == products
    assert parameters.unshared_parameters(*layer) == products + biases


def test_an_int_is_a_square(parameters):
    assert parameters.conv_parameters(3, 6, 5) == parameters.conv_parameters(
        3, 6, (5, 5)
    )
    assert parameters.conv_macs(3, 9, 6, 5, 2, 1) == parameters.conv_macs(
        3, (9, 9), 6, (5, 5), 2, 1
    )
    assert parameters.unshared_parameters(3, 9, 6, 5, 2, 1) == (
        parameters.unshared_parameters(3, (9, 9), 6, (5, 5), 2, 1)
    )


def test_the_counts_of_the_lectures(parameters):
    assert parameters.dense_parameters(3_000_000, 20, bias=False) == 60_000_000
    assert parameters.dense_parameters(3_000_000, 20) == 60_000_020
    assert parameters.dense_parameters(16, 4, bias=False) == 64
    assert parameters.conv_parameters(1, 1, 2, bias=False) == 4
    assert parameters.conv_parameters(3, 2, 3) == 56
    assert parameters.conv_parameters(3, 96, 11) == 34_944
    assert parameters.conv_parameters(3, 96, 11, bias=False) == 34_848
    assert parameters.conv_parameters(3, 6, 5) == 456
    assert parameters.unshared_parameters(3, 227, 96, 11, stride=4) == 105_705_600
    assert parameters.conv_macs(3, 227, 96, 11, stride=4) == 290_400 * 363
    assert parameters.conv_macs(1, (13, 8), 1, 3) == 66 * 9


def test_counts_are_plain_ints(parameters):
    assert {
        type(parameters.dense_parameters(2, 3)),
        type(parameters.conv_parameters(2, 3, (1, 2))),
        type(parameters.unshared_parameters(2, 5, 3, 2)),
        type(parameters.conv_macs(2, 5, 3, 2)),
    } == {int}
