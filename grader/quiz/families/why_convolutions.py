"""Why images are given to convolutions rather than to dense layers."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Volume, Volumes
from grader.quiz.family import Draft, Wrong, family, wrong
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

# The statements of each level: those that are true, those that are false.
LEVELS = {
    1: (("reads", "weights", "wider", "edge"), ("dense", "own", "same", "grow")),
    2: (("edge", "learned", "moves"), ("hand", "stays", "turned", "scrambled")),
    3: (("shuffled", "corners", "reads"), ("never", "beside", "channels", "own")),
}


class Case(NamedTuple):
    """An image, a convolution, a dense layer, and which statements are offered."""

    size: int
    depth: int
    filters: int
    kernel: int
    neurons: int
    truths: tuple[str, ...]
    falsehoods: tuple[str, ...]


def cases(level: int) -> Iterator[Case]:
    """Yield every pair of layers with two or three true statements of five."""
    true, false = LEVELS[level]
    sizes = (28, 32, 50, 100, 1000)
    for layers in product(sizes, (3,), (8, 10), (3, 5), (10, 20)):
        for count in (2, 3):
            for truths in combinations(true, count):
                for falsehoods in combinations(false, 5 - count):
                    yield Case(*layers, truths, falsehoods)


@family(
    title="Why convolutions",
    type="multiple",
    concept="why convolutions",
    levels=("connections and weights", "shifts and learning", "what flattening loses"),
    cases=cases,
)
def why_convolutions(case: Case) -> Draft:
    """Tell what a convolution has over a dense layer on images."""
    size, depth, filters, kernel, neurons, truths, falsehoods = case
    true, false = _true(case), _false(case)
    right = tuple(true[name] for name in truths)
    return Draft(
        prompt=(
            f"A {size} × {size} × {depth} image is given to two layers: a convolution "
            f"with {filters} filters of size {kernel} × {kernel} × {depth} (stride 1, "
            f"no padding), and a dense layer with {neurons} neurons that reads the "
            "flattened image. Leave biases aside. Tick every true statement.",
        ),
        answer=right,
        wrong=tuple(false[name] for name in falsehoods),
        solution=(
            "A convolution rests on three ideas. Local connections: an output reads "
            f"its window of {kernel}·{kernel}·{depth} = {kernel * kernel * depth} "
            "numbers, so neighbours stay together. Shared weights: a filter is the "
            "same at every position, so a feature is found wherever it is. And the "
            "weights of the filters are learned, like those of any other layer.",
            f"True: {'; '.join(right)}.",
        ),
        figure=Volumes(
            (Volume(size, size, depth, "image"), Volume("?", "?", filters, "maps")),
            (f"{filters} filters {kernel} × {kernel} × {depth}",),
        ),
    )


def _true(case: Case) -> dict[str, str]:
    size, depth, filters, kernel, neurons, _, _ = case
    window, image = kernel * kernel * depth, size * size * depth
    moved = f"If an object moves by {kernel} pixels in the image"
    return {
        "reads": f"An output of the convolution reads {window} numbers, a dense neuron "
        f"reads {show(image)}",
        "weights": f"The convolution has {show(filters * window)} weights, the dense "
        f"layer {show(image * neurons)}",
        "wider": "An image twice as wide needs twice as many weights in the dense "
        "layer, and no more in the convolution",
        "edge": "A filter that responds to an edge in one place responds in the same "
        "way to that edge in any other place",
        "learned": f"The weights of the {filters} filters are learned by gradient "
        "descent, like those of the dense layer",
        "moves": f"{moved}, its responses in the maps move by {kernel} cells",
        "shuffled": "If the pixels of all images were rearranged in one fixed way, "
        "the dense layer could learn as well as before",
        "corners": "Pixels in opposite corners do not meet in this convolution, but "
        "they can in later layers",
    }


def _false(case: Case) -> dict[str, Wrong]:
    size, depth, filters, kernel, _, _, _ = case
    window, image = kernel * kernel * depth, size * size * depth
    positions = (size - kernel + 1) ** 2
    moved = f"If an object moves by {kernel} pixels in the image"
    return {
        "dense": wrong(
            "connected-to-every-input",
            f"Every output of the convolution depends on all {show(image)} numbers of "
            "the image",
        ),
        "own": wrong(
            "parameters-not-shared",
            f"Each of the {show(positions)} positions of a map has {window} weights "
            "of its own",
        ),
        "same": wrong(
            "sharing-across-filters",
            f"All {filters} maps come from one set of {window} weights",
        ),
        "grow": wrong(
            "parameters-depend-on-image-size",
            "An image twice as wide needs twice as many weights in the convolution",
        ),
        "hand": wrong(
            "kernels-designed-by-hand",
            f"The {filters} filters are edge detectors that a person writes down "
            "before training",
        ),
        "stays": wrong(
            "equivariance-taken-as-invariance",
            f"{moved}, all {filters} maps stay as they are",
        ),
        "turned": wrong(
            "convolution-invariant-to-rotation",
            "If the image is turned by 90 degrees, every map is turned by 90 degrees "
            "and otherwise unchanged, whatever the filters",
        ),
        "scrambled": wrong(
            "shift-lost-in-convolution",
            f"{moved}, its responses in the maps change beyond recognition",
        ),
        "never": wrong(
            "distant-pixels-never-meet",
            f"Pixels more than {kernel - 1} cells apart never act together, however "
            "many convolutions follow",
        ),
        "beside": wrong(
            "dense-layer-knows-neighbours",
            "The dense layer knows before training which pixels lie side by side",
        ),
        "channels": wrong(
            "sharing-between-channels",
            f"A filter uses the same {kernel * kernel} weights for each of the {depth} "
            "channels",
        ),
    }
