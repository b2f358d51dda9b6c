"""Shapes and parameters of a small network, layer by layer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import BLANK, Math, Volume, Volumes, table
from grader.quiz.families._layers import a, positions_formula
from grader.quiz.families._network import BELIEFS, Conv, Dense, Pool, Step, trace
from grader.quiz.family import Draft, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block, Cell, Table
    from grader.quiz.families._network import Layer


class Case(NamedTuple):
    """A square input and the layers it passes through."""

    name: str
    size: int
    depth: int
    layers: tuple[Layer, ...]


def cases(level: int) -> Iterator[Case]:
    """Yield every network of a level."""
    if level == 1:
        sizes, depths, filters = range(10, 33, 2), (1, 3), (4, 5, 6, 8, 10)
        for size, depth, count, kernel in product(sizes, depths, filters, (3, 5)):
            for padding in (0, kernel // 2):
                layers = (Conv(count, kernel, 1, padding), Pool(2, 2))
                yield Case("A network", size, depth, layers)
    elif level == 2:
        yield from _small()
    else:
        yield from _known()


def _small() -> Iterator[Case]:
    """Yield networks of two convolutions, pooling and a dense layer."""
    kernels = ((3, 3), (5, 3), (5, 5))
    for size, depth, (first, second) in product(range(14, 37, 2), (1, 3), kernels):
        for few, many, classes in product((4, 5, 6, 8), (8, 10, 12), (2, 3, 5, 10)):
            for padding, stride in ((0, 1), (1, 1), (0, 2)):
                layers = (
                    Conv(few, first, 1, padding),
                    Pool(2, 2),
                    Conv(many, second, stride, 0),
                    Dense(classes),
                )
                if (size - first + 2 * padding + 1) // 2 > second:
                    yield Case("A network", size, depth, layers)


def _known() -> Iterator[Case]:
    """Yield LeNet-5, the first layers of AlexNet, VGG blocks, and relatives."""
    layers: tuple[Layer, ...]
    for size, depth, classes in product((28, 32, 36, 40), (1, 3), (10, 26, 36, 47)):
        layers = (
            *(Conv(6, 5), Pool(2, 2), Conv(16, 5), Pool(2, 2)),
            *(Dense(120), Dense(84), Dense(classes)),
        )
        lenet = size == 32 and depth == 1 and classes == 10
        name = "LeNet-5" if lenet else "A relative of LeNet-5"
        yield Case(name, size, depth, layers)
    for size, filters, then in product((195, 211, 227, 243), (48, 64, 96), (128, 256)):
        layers = (Conv(filters, 11, 4), Pool(3, 2), Conv(then, 5, 1, 2), Pool(3, 2))
        alexnet = (size, filters, then) == (227, 96, 256)
        start = "AlexNet" if alexnet else "a relative of AlexNet"
        yield Case(f"The start of {start}", size, 3, layers)
    blocks = product((28, 32, 56, 64, 112, 224), (3, 16, 32, 64, 128), (32, 64, 128))
    for size, depth, filters in blocks:
        for count in (2, 3) if depth > 3 else (2,):
            layers = (*(Conv(filters, 3, 1, 1),) * count, Pool(2, 2))
            yield Case("A VGG block", size, depth, layers)


@family(
    title="Trace a network",
    type="cloze",
    concept="counting",
    levels=("a convolution and pooling", "two convolutions", "known networks"),
    cases=cases,
)
def trace_a_network(case: Case) -> Draft:
    """Find the shapes and the parameters of a network, layer by layer."""
    name, size, depth, layers = case
    steps = trace(size, depth, layers)
    flat = any(isinstance(layer, Dense) for layer in layers)
    dense = (
        " A dense neuron has one bias, too; the first dense layer takes the volume "
        "before it as a flat vector."
        if flat
        else ""
    )
    wrongs = []
    for belief, rules in BELIEFS:
        believed = trace(size, depth, layers, rules)
        if all(step.size > 0 for step in believed):
            wrongs.append(wrong(belief, _filled(layers, believed)))
    return Draft(
        prompt=(
            f"{name} reads {a(size, size, depth)} input. Filters span the "
            "depth of their input and have one bias each. Pooling has no padding, and "
            f"windows that do not fit are dropped.{dense} Fill in the size (height "
            "and width are equal), the depth and the number of parameters after each "
            "layer.",
            _table(case, [[BLANK] * (2 + (not isinstance(e, Dense))) for e in layers]),
        ),
        answer=_filled(layers, steps),
        wrong=tuple(wrongs),
        solution=(
            *_worked(case, steps),
            _table(case, [_row(*pair) for pair in zip(layers, steps, strict=True)]),
        ),
        figure=_figure(case),
    )


def _figure(case: Case) -> Volumes:
    """Return the volumes, their sizes unknown but the input's."""
    arrows = []
    for layer in case.layers:
        match layer:
            case Conv(filters, kernel):
                arrows.append(f"{filters} of {kernel} × {kernel}")
            case Pool(window):
                arrows.append(f"pool {window} × {window}")
            case Dense():
                break
    start = Volume(case.size, case.size, case.depth, "input")
    return Volumes((start, *(Volume("?", "?", "?") for _ in arrows)), tuple(arrows))


def _row(layer: Layer, step: Step) -> tuple[int, ...]:
    """Return what is asked of a layer; a dense layer has no height and width."""
    return step[1:] if isinstance(layer, Dense) else step


def _filled(layers: Sequence[Layer], steps: Sequence[Step]) -> tuple[int, ...]:
    pairs = zip(layers, steps, strict=True)
    return tuple(number for pair in pairs for number in _row(*pair))


def _table(case: Case, rows: Sequence[Sequence[Cell]]) -> Table:
    """Return the table of the layers with the cells of `rows`."""
    start: tuple[Cell, ...] = ("input", case.size, case.depth, "")
    lines = [start]
    for layer, cells in zip(case.layers, rows, strict=True):
        gap: tuple[Cell, ...] = ("–",) if isinstance(layer, Dense) else ()
        lines.append((_words(layer), *gap, *cells))
    return table(("layer", "height = width", "depth", "parameters"), lines)


def _words(layer: Layer) -> str:
    match layer:
        case Conv(filters, kernel, stride, padding):
            return (
                f"{filters} filters {kernel} × {kernel}, stride {stride}, "
                f"padding {padding}"
            )
        case Pool(window, stride):
            return f"max pooling {window} × {window}, stride {stride}"
        case Dense(neurons):
            return f"dense, {neurons} neurons"


def _worked(case: Case, steps: Sequence[Step]) -> Iterator[Block | str]:
    """Yield the formulas, layer by layer."""
    size, depth = case.size, case.depth
    for layer, step in zip(case.layers, steps, strict=True):
        total = show(step.parameters)
        match layer:
            case Conv(filters, kernel, stride, padding):
                yield f"{_words(layer)}: size, then parameters."
                yield Math(positions_formula(size, kernel, stride, padding))
                yield Math(f"{filters}·({kernel}·{kernel}·{depth} + 1) = {total}")
            case Pool(window, stride):
                yield f"{_words(layer)}: the depth stays, nothing is learned."
                yield Math(positions_formula(size, window, stride))
            case Dense(neurons):
                inputs = show(size * size * depth)
                of = f" ({size}·{size}·{depth})" if size > 1 else ""
                yield f"{_words(layer)} on {inputs} inputs{of}:"
                yield Math(f"{neurons}·({inputs} + 1) = {total}")
        size, depth = step.size, step.depth
