"""Connections are what PyTorch's gradients reach."""

import re

import pytest

from grader.quiz import audit, registry

VARIANTS = 1_000


def drawn(name):
    """Return questions of a family, as pairs of parameters and question."""
    questions = audit.sample(registry.load(name), VARIANTS)
    return [(question.parameters, question) for question in questions]


@pytest.fixture(scope="module")
def reached(torch):
    """Return the cells, counted from 1, that one output's gradient reaches."""

    def run(layer, shape, *output):
        image = torch.ones(1, 1, *shape, requires_grad=True)
        layer(image)[(0, 0, *output)].backward()
        return [n + 1 for n in image.grad.flatten().nonzero().flatten().tolist()]

    return run


@pytest.fixture(scope="module")
def window(torch):
    """Return a layer of ones along as many axes as its input has."""

    def layer(kernel, axes, **options):
        functional = torch.nn.functional
        slide = {1: functional.conv1d, 2: functional.conv2d}[axes]
        weights = torch.ones(1, 1, *(kernel,) * axes)
        return lambda image: slide(image, weights, **options)

    return layer


def test_choices_are_right_where_the_gradient_reaches(reached, window):
    for p, question in drawn("connected-inputs"):
        layer = window(p["kernel"], 2, stride=p["stride"])
        shape = (p["height"], p["width"])
        cells = reached(layer, shape, p["row"] - 1, p["column"] - 1)

        for choice in question.choices:
            assert choice.correct == (int(choice.text) in cells)


def test_the_second_neuron_of_the_lectures_reads_3_4_7_and_8(draft):
    made = draft("connected-inputs", 4, 4, 2, 2, 1, 2)
    beliefs = {value: belief for belief, value, _ in made.wrong}

    assert made.answer == ("3", "4", "7", "8")
    assert beliefs["2"] == "connected-stride-ignored"


def test_fields_are_as_many_cells_as_the_gradient_reaches(reached, window, torch):
    for p, question in drawn("receptive-field-of-a-stack"):
        layers = [
            window(e.kernel, 1, stride=e.stride, padding=e.padding) for e in p["layers"]
        ]

        def stack(image, layers=layers):
            for layer in layers:
                image = layer(image)
            return image

        size = 4 * question.answer
        middle = stack(torch.ones(1, 1, size)).shape[-1] // 2

        assert len(reached(stack, (size,), middle)) == question.answer


def test_two_layers_three_wide_see_five_cells(draft):
    cases = registry.load("receptive-field-of-a-stack").cases(1)
    case = next(c for c in cases if [e.kernel for e in c.layers] == [3, 3])

    assert draft("receptive-field-of-a-stack", *case).answer == 5


def test_connections_are_those_of_torch(torch):
    for p, question in drawn("sparse-against-dense"):
        image = torch.empty(1, 1, p["size"], p["size"], device="meta")
        windows = torch.nn.functional.unfold(image, p["kernel"], stride=p["stride"])
        shape = (1, p["filters"], p["kernel"])
        layer = torch.nn.Conv2d(*shape, stride=p["stride"], bias=False, device="meta")
        neurons = layer(image).numel()
        dense = torch.nn.Linear(image.numel(), neurons, bias=False, device="meta")
        sparse = windows.numel() * p["filters"]

        assert question.answer == (
            dense.weight.numel(),
            sparse,
            layer.weight.numel(),
        )


def test_the_layers_of_the_lectures_have_64_and_16_connections(draft):
    assert draft("sparse-against-dense", 4, 2, 2, 1).answer == (64, 16, 4)


def truth(statement, p, torch, reached, window):
    """Tell whether a statement about the two layers holds, by PyTorch."""
    size, kernel, step = p["size"], p["kernel"], p["step"]
    layers = {
        "S": window(kernel, 1, stride=step),
        "D": window(kernel, 1, dilation=step),
    }
    numbers = [int(number) for number in re.findall(r"\d+", statement)]
    name = next(iter(re.findall(r"\b[SD]\b", statement)), "D")
    if "reads" in statement:
        output, *cells = numbers
        return reached(layers[name], (size,), output - 1) == cells
    if "outputs" in statement:
        return layers[name](torch.ones(1, 1, size)).numel() == numbers[0]
    if "covers" in statement:
        cells = reached(layers[name], (size,), 0)
        return cells[-1] - cells[0] + 1 == numbers[0]
    return numbers == [kernel]


def test_statements_about_dilation_and_stride_hold_when_marked(torch, reached, window):
    for p, question in drawn("dilation-against-stride"):
        for choice in question.choices:
            assert choice.correct == truth(choice.text, p, torch, reached, window)
