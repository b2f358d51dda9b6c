"""How far one neuron sees through a stack of layers."""

from __future__ import annotations

from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Layers, Math, table
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block
    from grader.quiz.family import Wrong


class Layer(NamedTuple):
    """A layer of the stack."""

    kind: str
    kernel: int
    stride: int
    padding: int


class Case(NamedTuple):
    """The layers from the input on."""

    layers: tuple[Layer, ...]


POOL = Layer("max pooling", 2, 2, 0)


def cases(level: int) -> Iterator[Case]:
    """Yield every stack of a level."""
    if level == 1:
        for count in (2, 3, 4):
            for kernels in product(
                (2, 3, 5) if count > 2 else (2, 3, 4, 5, 7), repeat=count
            ):
                yield Case(tuple(Layer("convolution", k, 1, 0) for k in kernels))
    elif level == 2:
        kernels, strides = (2, 3, 5), (1, 2, 3)
        # A stride longer than the window would leave cells that nobody sees.
        options = tuple((k, s) for k, s in product(kernels, strides) if s <= k)
        for count in (2, 3):
            for chosen in product(options, repeat=count):
                if any(stride > 1 for _, stride in chosen[:-1]):
                    yield Case(tuple(Layer("convolution", *o, 0) for o in chosen))
    else:
        yield from _pooled()


def _pooled() -> Iterator[Case]:
    """Yield stacks with pooling, with and without padding."""
    for first, second, third in product((3, 5, 7), (3, 5), (1, 3, 5)):
        for stride, padded in product((1, 2), (0, 1)):
            layers = [
                Layer("convolution", k, s, padded * (k // 2))
                for k, s in ((first, stride), (second, 1), (third, 1))
            ]
            yield Case((layers[0], POOL, *layers[1:]))
            if third == 1:
                yield Case((layers[0], POOL, layers[1], POOL))
            yield Case((layers[0], layers[1], POOL, layers[2]))
            yield Case((layers[0], POOL, layers[1], POOL, layers[2]))


@family(
    title="Receptive field of a stack",
    type="numeric",
    concept="connectivity",
    levels=("stride 1", "strides", "pooling and padding"),
    cases=cases,
)
def receptive_field_of_a_stack(case: Case) -> Draft:
    """Find how many input cells one neuron sees through a stack of layers."""
    layers = case.layers
    field = _field(layers)
    return Draft(
        prompt=(
            "An image passes through these layers, one after the other:",
            table(
                ("layer", "window", "stride", "padding"),
                [
                    (f"{n}. {e.kind}", f"{e.kernel} × {e.kernel}", e.stride, e.padding)
                    for n, e in enumerate(layers, 1)
                ],
            ),
            "How many cells of the image, counted along one axis, does a neuron of "
            "the last layer see (far from the border)?",
        ),
        answer=field,
        wrong=tuple(_wrong(layers)),
        solution=(
            "Without a layer a neuron sees 1 cell. Each layer adds (window - 1) "
            "steps, and a step is worth the strides of all layers before it, "
            "multiplied; padding does not matter:",
            *_steps(layers),
            *_drawing(layers),
            f"A neuron of the last layer sees {field} cells along each axis.",
        ),
    )


def _field(layers: Sequence[Layer]) -> int:
    """Return the field along one axis.

    >>> _field([Layer("", 3, 2, 0), Layer("", 3, 1, 0)])
    7
    """
    field = step = 1
    for layer in layers:
        field += (layer.kernel - 1) * step
        step *= layer.stride
    return field


def _steps(layers: Sequence[Layer]) -> Iterator[Math]:
    field = step = 1
    for layer in layers:
        wider = field + (layer.kernel - 1) * step
        yield Math(f"{field} + ({layer.kernel} - 1)·{step} = {wider}")
        field, step = wider, step * layer.stride


def _wrong(layers: Sequence[Layer]) -> Iterator[Wrong]:
    kernels = [layer.kernel for layer in layers]
    strides = [layer.stride for layer in layers]
    grown = [kernel - 1 for kernel in kernels]
    before = [prod(strides[:index]) for index in range(len(layers))]
    field = _field(layers)
    yield wrong("receptive-field-kernels-added", sum(kernels))
    yield wrong("receptive-field-strides-ignored", 1 + sum(grown))
    yield wrong(
        "receptive-field-own-stride",
        1 + sum(g * b * s for g, b, s in zip(grown, before, strides, strict=True)),
    )
    convolutions = [layer for layer in layers if layer.kind == "convolution"]
    yield wrong("receptive-field-pooling-ignored", _field(convolutions))
    yield wrong(
        "receptive-field-padding-added", field + sum(2 * e.padding for e in layers)
    )
    yield wrong("receptive-field-kernels-multiplied", prod(kernels))
    yield wrong("receptive-field-without-first-cell", field - 1)
    yield wrong(
        "receptive-field-previous-stride-only",
        kernels[0] + sum(g * s for g, s in zip(grown[1:], strides, strict=False)),
    )
    yield wrong(
        "receptive-field-strides-added",
        kernels[0] + sum(g * sum(strides[:n]) for n, g in enumerate(grown[1:], 1)),
    )
    yield wrong("receptive-field-layers-reversed", _field(layers[::-1]))
    yield wrong("receptive-field-last-layer-only", kernels[-1])
    yield wrong("receptive-field-largest-kernel", max(kernels))
    yield wrong("receptive-field-squared", field**2)


def _drawing(layers: Sequence[Layer], widest: int = 11) -> tuple[Block, ...]:
    """Return the cells that one neuron sees, layer by layer, if there is room."""
    if _field(layers) > widest:
        return ()
    counts = [_field(layers[start:]) for start in range(len(layers) + 1)]
    edges = [
        (depth, i * layer.stride + tap, i)
        for depth, (layer, (_, above)) in enumerate(
            zip(layers, pairwise(counts), strict=True)
        )
        for i in range(above)
        for tap in range(layer.kernel)
    ]
    units = tuple(
        tuple(f"{'xabcde'[depth]}{n}" for n in range(1, count + 1))
        for depth, count in enumerate(counts)
    )
    labels = ("image", *(f"layer {n}" for n in range(1, len(layers) + 1)))
    return (Layers(units, tuple(edges), ((len(layers), 0),), labels),)
