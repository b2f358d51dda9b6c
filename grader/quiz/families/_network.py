"""Small networks: their layers, and the sizes and parameters along the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from grader.quiz.families._layers import positions

if TYPE_CHECKING:
    from collections.abc import Callable


class Conv(NamedTuple):
    """A convolution with square filters, each with one bias."""

    filters: int
    kernel: int
    stride: int = 1
    padding: int = 0


class Pool(NamedTuple):
    """Max pooling without padding."""

    window: int
    stride: int


class Dense(NamedTuple):
    """A dense layer, each neuron with one bias; it takes a volume as a flat vector."""

    neurons: int


Layer: TypeAlias = "Conv | Pool | Dense"
Place: TypeAlias = "tuple[int, int]"


class Rules(NamedTuple):
    """How sizes and parameters are counted; a belief changes one of these."""

    size: Callable[[int, int, int, int], int] = positions
    pooled_size: Callable[[int, int, int], int] = positions
    depth: Callable[[Conv, int], int] = lambda conv, _: conv.filters
    pooled_depth: Callable[[Pool, int], int] = lambda _, depth: depth
    conv_parameters: Callable[[Conv, int], int] = lambda conv, depth: (
        (conv.kernel**2 * depth + 1) * conv.filters
    )
    pool_parameters: Callable[[Pool, int], int] = lambda _, __: 0
    dense_parameters: Callable[[int, int], int] = lambda inputs, neurons: (
        (inputs + 1) * neurons
    )


RIGHT = Rules()


class Step(NamedTuple):
    """What a layer gives: its output, and how many numbers it learns."""

    size: int
    depth: int
    parameters: int


def trace(
    size: int, depth: int, layers: tuple[Layer, ...], rules: Rules = RIGHT
) -> tuple[Step, ...]:
    """Return the output and the parameters of every layer, one after the other.

    Examples
    --------
    >>> trace(32, 1, (Conv(6, 5), Pool(2, 2), Dense(10)))[0]
    Step(size=28, depth=6, parameters=156)
    """
    steps = []
    for layer in layers:
        match layer:
            case Conv(filters=_, kernel=kernel, stride=stride, padding=padding):
                parameters = rules.conv_parameters(layer, depth)
                size = rules.size(size, kernel, stride, padding)
                depth = rules.depth(layer, depth)
            case Pool(window=window, stride=stride):
                parameters = rules.pool_parameters(layer, depth)
                size = rules.pooled_size(size, window, stride)
                depth = rules.pooled_depth(layer, depth)
            case Dense(neurons=neurons):
                parameters = rules.dense_parameters(size * size * depth, neurons)
                size, depth = 1, neurons
        steps.append(Step(size, depth, parameters))
    return tuple(steps)


BELIEFS: tuple[tuple[str, Rules], ...] = (
    (
        "output-size-without-plus-one",
        Rules(
            size=lambda n, k, s, p: positions(n, k, s, p) - 1,
            pooled_size=lambda n, k, s: positions(n, k, s) - 1,
        ),
    ),
    (
        "padding-counted-once",
        Rules(size=lambda n, k, s, p: (n + p - k) // s + 1),
    ),
    ("padding-left-out-of-size", Rules(size=lambda n, k, s, _: positions(n, k, s))),
    ("stride-left-out-of-size", Rules(size=lambda n, k, _, p: positions(n, k, 1, p))),
    ("output-size-equals-input-size", Rules(size=lambda n, *_: n)),
    ("pooling-window-size-taken-as-stride", Rules(pooled_size=lambda n, k, _: n // k)),
    ("pooling-size-rounded-up", Rules(pooled_size=lambda n, k, s: -((k - n) // s) + 1)),
    ("output-depth-equals-input-depth", Rules(depth=lambda _, depth: depth)),
    (
        "output-depth-filters-times-channels",
        Rules(depth=lambda conv, depth: conv.filters * depth),
    ),
    ("pooling-depth-one", Rules(pooled_depth=lambda _, __: 1)),
    (
        "pooling-depth-divided",
        Rules(pooled_depth=lambda pool, depth: max(1, depth // pool.stride)),
    ),
    (
        "parameters-without-bias",
        Rules(
            conv_parameters=lambda conv, depth: conv.kernel**2 * depth * conv.filters,
            dense_parameters=lambda inputs, neurons: inputs * neurons,
        ),
    ),
    (
        "parameters-without-channels",
        Rules(conv_parameters=lambda conv, _: (conv.kernel**2 + 1) * conv.filters),
    ),
    (
        "parameters-without-filters",
        Rules(conv_parameters=lambda conv, depth: conv.kernel**2 * depth + 1),
    ),
    (
        "parameters-kernel-not-squared",
        Rules(conv_parameters=lambda c, depth: (c.kernel * depth + 1) * c.filters),
    ),
    (
        "parameters-bias-per-channel",
        Rules(conv_parameters=lambda c, depth: (c.kernel**2 + 1) * depth * c.filters),
    ),
    (
        "pooling-has-weights",
        Rules(pool_parameters=lambda pool, depth: pool.window**2 * depth),
    ),
    ("dense-neurons-counted", Rules(dense_parameters=lambda _, neurons: neurons)),
    (
        "dense-inputs-and-outputs-added",
        Rules(dense_parameters=lambda inputs, neurons: inputs + 2 * neurons),
    ),
    (
        "dense-bias-per-input",
        Rules(dense_parameters=lambda inputs, neurons: inputs * (neurons + 1)),
    ),
)
"""The misconceptions that show in such a table, each with the rules it follows."""
